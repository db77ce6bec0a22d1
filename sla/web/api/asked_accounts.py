"""The bodies of verbs on companies, people and their tokens."""

from typing import Annotated, Literal

from pydantic import Field

from sla.web.api.asked import Written
from sla.web.api.typed_json import Asked, Day, Instant, Number


class AddCompany(Asked):
    name: str


class SignContract(Asked):
    company: Number
    level: Literal["maintenance", "tma"] = "maintenance"
    first_day: Day | None = None
    last_day: Day | None = None


class MoveContractEnd(Written):
    last_day: Day
    reason: str


class AddPerson(Asked):
    name: str
    email: str
    role: Literal["client", "technician", "dispatcher", "manager", "deployment"]
    company: Number | None = None
    portal_role: Literal["requester", "approver", "account"] | None = None
    phone: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    language: Literal["fr", "en"] = "fr"


class ChooseLanguage(Asked):
    language: Literal["fr", "en"]


class BeAbsent(Asked):
    technician: Number
    starts_at: Instant
    ends_at: Instant
    label: str


class NewToken(Asked):
    label: Annotated[str, Field(min_length=1, max_length=80)]
    days: Annotated[int, Field(ge=1, le=3650)] | None = Field(
        None, description="valid for so long; null: until revoked"
    )
