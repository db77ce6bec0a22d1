"""Rows of another tool's event log as the desk takes them in, and what becomes of each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sla.ticket.facts import Kind


class Fate(StrEnum):
    """What became of one row: taken in, known from an earlier import, or the reason why it was left out."""

    IMPORTED = "imported"
    KNOWN = "known"
    COLUMNS = "columns"
    BAD_TEXT = "bad_text"
    NO_TICKET = "no_ticket"
    TOO_LONG = "too_long"
    BAD_INSTANT = "bad_instant"
    GAP = "gap"
    OUT_OF_REACH = "out_of_reach"
    IN_THE_FUTURE = "in_the_future"
    UNKNOWN_ACTIVITY = "unknown_activity"
    IGNORED = "ignored"
    DUPLICATE = "duplicate"
    NO_TECHNICIAN = "no_technician"
    ILLEGAL = "illegal"
    TOO_LATE = "too_late"


TAKEN_IN = frozenset({Fate.IMPORTED, Fate.KNOWN})


@dataclass(frozen=True, slots=True)
class LogRow:
    """One readable row. `kind` is the fact that its activity stands for (None: the mapping leaves it out)."""

    line: int
    at: datetime
    activity: str
    technician: str
    kind: Kind | None
    severity: str | None = None

    @property
    def key(self) -> tuple[datetime, str, str]:
        """What makes a row of one ticket the same row in another file."""
        return self.at, self.activity, self.technician


@dataclass(frozen=True, slots=True)
class LogTicket:
    """A ticket's rows, in order of instant, then of line."""

    number: str
    rows: tuple[LogRow, ...]


@dataclass(frozen=True, slots=True)
class Log:
    """Where the rows come from, under whom their tickets go, and which facts a row implies beside its own.

    `first_is_deposit`: a ticket's first row stands for its deposit. `taken_answers`: taking in charge is a response.
    `taken_resumes`, `taken_reopens`: it ends a wait, or reopens what was resolved. `closed_resolves`: a ticket that is
    closed was resolved at that instant if nothing said so before.
    """

    source: str
    company: str
    requester: str
    email: str
    title: str
    item: str
    severity: str
    level: str
    first_is_deposit: bool
    taken_answers: bool
    taken_resumes: bool
    taken_reopens: bool
    closed_resolves: bool

    def reference(self, number: str) -> str:
        """What a ticket or a technician of the log is called here."""
        return f"{self.source}:{number}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`detail`: for an illegal row, the state that forbade it; for a late one, nothing."""

    line: int
    fate: Fate
    detail: str = ""


class Unfit(Exception):
    """A row that a history can't bear."""

    def __init__(self, fate: Fate, detail: str = "") -> None:
        self.fate, self.detail = fate, detail
        super().__init__(fate)
