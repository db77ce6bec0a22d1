"""The bodies that verbs take. Names and meanings are the verbs' own; lengths and texts are checked by the verbs."""

from typing import Annotated, Literal

from pydantic import Field

from sla.web.api.typed_json import Asked, Day, Instant, Number

SeverityCode = Literal["blocking", "major", "minor", "question"]
LevelCode = Literal["maintenance", "tma", "excluded"]
Minutes = Annotated[int, Field(ge=1, le=1440)]


class Written(Asked):
    """With a text that somebody else reads."""

    sure: bool = Field(False, description="true: send a text although it seems to contain a code or a password")


class Deposit(Written):
    item: str
    severity: SeverityCode
    title: str
    description: str
    requester_id: Number | None = Field(None, description="for support, who deposits for a caller")
    contest: str = Field("", description="why the client disagrees with who pays")
    once: str | None = Field(
        None, max_length=200, description="the sender's key: sent twice with it, one ticket; another one under it, 409"
    )


class Said(Written):
    text: str


class Noted(Asked):
    text: str


class SaidPerhaps(Written):
    text: str = ""


class Reasoned(Written):
    reason: str


class Nothing(Asked):
    """An empty object."""


class Take(Asked):
    seen_seq: Number | None = Field(None, description="the ticket's seq as it was read: refused if it has changed")


class Assign(Take):
    technician: Number
    reason: str = ""
    pinned: bool = True


class WaitForPublisher(Written):
    reference: str
    text: str = ""


class WaitUntil(Written):
    day: Day = Field(description="the day on which it goes on, after today and within a year")
    text: str = ""


class Merge(Written):
    into: Number = Field(description="the ticket of the same company that goes on for both")
    reason: str


class MoveAppointment(Written):
    starts_at: Instant
    technician: Number | None = Field(None, description="for support, who gives it to a colleague")
    reason: str = ""


class WorkAround(Written):
    text: str = Field(description="the workaround, or why there is none")
    possible: bool = True


class Work(Asked):
    minutes: Minutes
    started_at: Instant | None = Field(None, description="by default, so many minutes ago")
    note: str = ""
    own_error: bool = Field(False, description="an adjustment that support bears itself: it consumes nothing")
    reason: str = Field("", description="why, if own_error")


class Qualify(Written):
    reason: str
    item: str | None = None
    severity: SeverityCode | None = None
    level: LevelCode | None = None


class SetCondition(Written):
    condition: str
    met: bool
    reason: str


class CallBack(Asked):
    starts_at: Instant
    technician: Number | None = None
    note: str = ""


class BookSession(CallBack):
    minutes: Annotated[int, Field(ge=1, le=480)] = 60


class OfferEstimate(Written):
    perimeter: str
    minutes: Annotated[int, Field(ge=1, le=100_000)] | None = Field(description="null: the perimeter is not defined")
    transfer: bool = Field(True, description="beyond the limit it goes to deployment; false: refuse, to ask first")


class Report(Asked):
    done: str
    remaining: str = ""
    perimeter: str = ""
    interim: bool = Field(False, description="true: the work goes on")


class Accept(Written):
    text: str = ""
    reservations: bool = False


class BuyHours(Asked):
    hours: Number
    first_day: Day | None = None


class AskHours(Asked):
    hours: Number


class CorrectHours(Asked):
    quarters: Annotated[int, Field(ge=-4000, le=4000)] = Field(description="quarter-hours: negative ones are taken off")
    reason: str
