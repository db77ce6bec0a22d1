"""What the people of the demonstration write: requests.toml, typeset and with its names drawn for each ticket."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

SPACING = (
    (re.compile(r" ([;!?])"), "\u202f\\1"),
    (re.compile(r" ([:»%€])"), "\u00a0\\1"),
    (re.compile(r"« "), "«\u00a0"),
    (re.compile(r"(\d) (?=h\b|\d{3}\b|lignes\b|Go\b)"), "\\1\u00a0"),
    (re.compile(r"'"), "’"),
)
USERS = ("Mme Picard", "M. Lebrun", "M. Sanchez", "Mme Noël", "Mme Traoré", "M. Guyot", "M. Da Costa", "Mme Blin")


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that clients ask, with what is said about it. `minutes` is the real work; `story` its only course."""

    item: str
    severity: str
    minutes: int
    title: str
    description: str
    answer: str
    resolution: str
    story: str = ""
    question: str = ""
    reply: str = ""
    note: str = ""
    workaround: str = ""
    perimeter: str = ""
    verdict: str = ""
    deployment: str = ""

    def drawn(self, chance: Random) -> "Request":
        """This request about some order, article and person."""
        names = {
            "of": f"OF {chance.randint(20100, 21990)}",
            "article": f"{chance.randint(10, 48)}-{chance.randint(1000, 4999)}",
            "order": f"CC-{chance.randint(3100, 4890)}",
            "user": chance.choice(USERS),
        }
        texts = {each.name: getattr(self, each.name) for each in fields(self)}
        named: dict[str, Any] = {key: _named(text, names) for key, text in texts.items() if isinstance(text, str)}
        return replace(self, **named)


def _named(text: str, names: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: names[found[1]], text)


def typeset(text: str) -> str:
    """French spacing and apostrophes."""
    for pattern, instead in SPACING:
        text = pattern.sub(instead, text)
    return text


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "requests.toml").read_text("utf-8"))


@cache
def requests() -> tuple[Request, ...]:
    """Every request, typeset, in the order of the file."""
    return tuple(Request(**{key: _typeset(value) for key, value in each.items()}) for each in _file()["request"])


@cache
def phrases(kind: str) -> tuple[str, ...]:
    """What is said when a request has no words of its own for it."""
    return tuple(typeset(text) for text in _file()["phrases"][kind])


def _typeset(value: Any) -> Any:
    return typeset(value) if isinstance(value, str) else value
