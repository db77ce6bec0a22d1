"""What differs from one machine to the next."""

import ipaddress
import json
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent.parent


class Environment(BaseSettings):
    """What differs from one machine to the next; each is read from the variable of the same name in capitals."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    sla_config: Path = ROOT / "config"
    sla_var: Path = ROOT / "var"
    database_url: str = Field(default="", repr=False)  # may hold a password
    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    secret_key: str = Field(default="", repr=False)
    smtp_host: str = ""
    smtp_port: int = Field(default=25, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: str = Field(default="", repr=False)
    smtp_starttls: bool = False
    mail_from: str = "support@example.test"
    proxies: int = Field(default=0, ge=0, le=10)
    webhook_networks: str = ""
    chat_urls: Annotated[dict[str, str], NoDecode] = Field(default={}, repr=False)  # they hold tokens

    @field_validator("webhook_networks")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        _networks(value)
        return value

    @field_validator("chat_urls", mode="before")
    @classmethod
    def _is_json(cls, value: object) -> object:
        return json.loads(value or "{}") if isinstance(value, str) else value

    @property
    def open_networks(self) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
        """Private networks that webhooks may reach, by plain http too."""
        return _networks(self.webhook_networks)

    @property
    def database(self) -> str:
        """The URL of the database: the one that is named, else a SQLite file's."""
        return self.database_url or f"sqlite:///{self.sla_var / 'sla.sqlite3'}"

    @property
    def url(self) -> str:
        """Where people reach the portal, without a closing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


def _networks(text: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(ipaddress.ip_network(each.strip()) for each in text.split(",") if each.strip())
