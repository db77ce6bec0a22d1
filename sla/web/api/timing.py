"""A technician's timer, what it left to confirm, and typed time put right."""

from typing import Any, Self

from pydantic import Field

from sla.desk.correct_work import correct_work
from sla.desk.running_work import confirm_work, drop_work, start_work, stop_work
from sla.desk.sessions import start_session
from sla.desk.stints import Timed
from sla.desk.time_so_far import OwnTime, own_time
from sla.desk.unconfirmed import ToConfirm, unconfirmed
from sla.web.api import asked
from sla.web.api.blueprint import pages
from sla.web.api.moves import Move, open_to
from sla.web.api.told import InterventionTold
from sla.web.api.typed_json import Asked, Instant, Moment, QueryNumber, Told, Wanted
from sla.web.frame import language
from sla.web.turn import turn


class StartWork(Asked):
    instead: bool = Field(False, description="true: a timer that runs elsewhere is stopped first, its time logged")


class OwnError(Asked):
    own_error: bool = Field(False, description="an adjustment that support bears itself: it consumes nothing")
    reason: str = Field("", description="why, if own_error")


class StopWork(OwnError):
    note: str = ""


class ConfirmWork(Asked):
    """null: as it is, or as it was said when the timer stopped."""

    minutes: asked.Minutes | None = None
    started_at: Instant | None = None
    note: str | None = None
    own_error: bool | None = None
    reason: str | None = None


class CorrectWork(Asked):
    minutes: int = Field(ge=0, le=1440, description="0 takes the time back")
    reason: str = Field(description="why; the client reads it on its forfait")
    started_at: Instant | None = Field(None, description="within the same day")
    own_error: bool | None = Field(None, description="null: as it was")


class HandedBackTold(Told):
    """A text that does not stand as it was typed; `text` is not kept if it seems to give a code or a password."""

    field: str
    text: str
    code: str
    detail: str


class StintTold(Told):
    """A timer. `state`: running, to_confirm (it stopped by itself, or what was said of it is to be mended), logged or
    dropped; `intervention`: what its time has joined; `handed_back`: what is to be mended."""

    id: int
    ticket: int
    state: str
    started_at: Moment
    ended_at: Moment | None
    intervention: InterventionTold | None
    handed_back: list[HandedBackTold]

    @classmethod
    def of(cls, timed: Timed) -> Self:
        kept, joined, lang = timed.stint, timed.intervention, language()
        told = InterventionTold.of(joined) if joined is not None else None
        facts = {name: getattr(kept, name) for name in ("id", "state", "started_at", "ended_at")}
        back = [
            HandedBackTold(field=each.field, text=each.text, code=each.refusal.code, detail=each.refusal.sentence(lang))
            for each in timed.back
        ]
        return cls(ticket=kept.ticket_id, intervention=told, handed_back=back, **facts)


class RunningTold(Told):
    """The time on the ticket as if the timer stopped now: real minutes, quarter-hours consumed, left and owed."""

    ticket: int
    started_at: Moment
    stops_at: Moment
    real_minutes: int
    consumed_quarters: int
    left_quarters: int
    owed_quarters: int


class ToConfirmTold(Told):
    """`added_quarters`: what it would consume as it is; `note`, `own_error`, `reason`: as said when it stopped."""

    id: int
    ticket: int
    technician_id: int
    technician: str
    started_at: Moment
    ended_at: Moment
    minutes: int
    added_quarters: int
    note: str
    own_error: bool
    reason: str


class OwnTimeTold(Told):
    running: RunningTold | None
    to_confirm: list[ToConfirmTold]


STOPS = "It stops and its time is logged, whatever the ticket became. No text keeps it running: see handed_back."

open_to("tickets", Move(start_work, StartWork, StintTold, "The technician's timer begins on this ticket."))
open_to("tickets", Move(stop_work, StopWork, StintTold, STOPS))
open_to(
    "stints",
    Move(confirm_work, ConfirmWork, StintTold, "Count the time that a timer left; a dispatcher may, for whom it is."),
)
open_to("stints", Move(drop_work, asked.SaidPerhaps, StintTold, "Nothing was worked: set its time aside."))
open_to("entries", Move(correct_work, CorrectWork, InterventionTold, "Put typed time right; the forfait follows."))
open_to("appointments", Move(start_session, StartWork, StintTold, "The session begins, and the timer with it."))


@pages.get("/time")
@pages.output(OwnTimeTold)
def own() -> Any:
    """The technician's own: what runs, and what a timer left to confirm."""
    seen: OwnTime = turn().see(own_time)
    return OwnTimeTold(running=_running(seen), to_confirm=[_left(each) for each in seen.to_confirm])


def _running(seen: OwnTime) -> RunningTold | None:
    time = seen.running
    if time is None or time.mine is None:
        return None
    return RunningTold(
        ticket=time.ticket.id,
        started_at=time.mine.started_at,
        stops_at=time.mine.stops_at,
        real_minutes=time.real,
        consumed_quarters=time.consumed,
        left_quarters=time.left,
        owed_quarters=time.owed,
    )


def _left(each: ToConfirm) -> ToConfirmTold:
    return ToConfirmTold(
        id=each.stint,
        ticket=each.ticket.id,
        technician_id=each.technician_id,
        technician=each.technician,
        started_at=each.started_at,
        ended_at=each.ended_at,
        minutes=each.minutes,
        added_quarters=each.added,
        note=each.note,
        own_error=each.own_error,
        reason=each.reason,
    )


class LeftWanted(Wanted):
    ticket: QueryNumber | None = None
    technician: QueryNumber | None = None


class LeftTold(Told):
    to_confirm: list[ToConfirmTold]


@pages.get("/stints")
@pages.input(LeftWanted, location="query")
@pages.output(LeftTold)
def left_to_confirm(query_data: LeftWanted) -> Any:
    """Time that timers left and that nobody has confirmed, the oldest first."""
    return LeftTold(to_confirm=[_left(each) for each in turn().see(unconfirmed, **dict(query_data))])
