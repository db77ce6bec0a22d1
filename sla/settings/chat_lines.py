"""The [[chats]] of config/desk.toml: what goes to Teams, Slack or a telephone beside the mails."""

import re
from collections.abc import Iterable
from importlib.util import find_spec

from sla.contract.config_table import ConfigTable
from sla.contract.mistakes import Mistake
from sla.settings.desk_rules import ChatLine
from sla.settings.environment import Environment

NAME = re.compile(r"[A-Za-z0-9_-]{1,30}")
KINDS = frozenset(
    {
        # promises and calls
        "sla_level",
        "sla_breach",
        "call_reminder",
        "call_missed",
        # what a client has done
        "client_wrote",
        "reopened",
        "acceptance",
        "estimate_asked",
        "estimate_decided",
        "report_asked",
        "report_awaited",
        # who pays, and from which hours
        "no_contract",
        "hours_asked",
        "hours_awaited",
        # the work, and where it goes on
        "near_limit",
        "estimate_passed",
        "report_due",
        "transferred",
        "publisher_follow_up",
        "publisher_open",
        # the service itself
        "timer_failed",
        "endpoint_disabled",
    }
)
"""What support is told; nothing that is written to a client goes to a chat."""


def read_chats(top: ConfigTable) -> tuple[ChatLine, ...]:
    return tuple(_chat(table) for table in (top.tables("chats") if top.has("chats") else ()))


def _chat(table: ConfigTable) -> ChatLine:
    kinds = table.texts("kinds")
    for unknown in sorted(set(kinds) - KINDS):
        table.mistake("kinds", f"« {unknown} » n’est pas une annonce ; choisissez parmi {', '.join(sorted(KINDS))}")
    line = ChatLine(table.text("name"), frozenset(kinds))
    if not NAME.fullmatch(line.name):
        table.mistake("name", f"« {line.name} » : au plus 30 lettres sans accent, chiffres ou tirets sont attendus")
    table.close()
    return line


def unreachable_chats(chats: Iterable[ChatLine], environment: Environment) -> list[Mistake]:
    """What is asked for and can't be done as this machine stands."""
    chats = tuple(chats)
    missing = [
        Mistake("desk.toml", 0, "chats.name", f"CHAT_URLS ne donne pas d’adresse à « {chat.name} »")
        for chat in chats
        if chat.name not in environment.chat_urls
    ]
    if chats and find_spec("apprise") is None:
        missing.append(
            Mistake("desk.toml", 0, "chats", "il y faut le supplément « chat » : pip install 'sla[chat]', ou ôtez-les")
        )
    return missing
