"""What the desk answers about tickets. A client is told what is public; what only support sees is null for it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Self

from sla import wallclock
from sla.desk.ticket_view import ClockView
from sla.web.api.typed_json import GivenDay, Moment, Told
from sla.web.frame import language
from sla.web.turn import actor, the_desk
from sla.wording.reasons import reason

INTERNAL = ("reasons", "expected_start", "expected_end")
"""What a public fact holds for support alone: they tell of the queue, where other companies' tickets stand."""
UTC_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+\+00:00")


class TicketTold(Told):
    """`due_clock`, `due_at`: the nearest deadline; `left_s`: working seconds left while its clocks are paused.
    `pinned` and `seq` are for support: null to a client."""

    number: int
    title: str
    state: str
    waiting_for: str | None
    waiting_until: Moment | None
    merged_into: int | None
    item: str
    severity: str
    level: str
    company_id: int
    requester_id: int
    technician_id: int | None
    deposited_at: Moment
    answered_at: Moment | None
    resolved_at: Moment | None
    accept_until: Moment | None
    worked_minutes: int
    due_clock: str | None
    due_at: Moment | None
    left_s: int | None
    pinned: bool | None
    seq: int | None

    @classmethod
    def of(cls, ticket: Any) -> Self:
        return cls(**ticket_facts(ticket))


def ticket_facts(ticket: Any) -> dict[str, Any]:
    """The fields of TicketTold, from a ticket's row."""
    facts = {name: getattr(ticket, name, None) for name in TicketTold.model_fields if name != "number"}
    if actor().is_client:
        facts |= {"pinned": None, "seq": None}
    return {"number": ticket.id, **facts}


class EventTold(Told):
    """One fact of a ticket's history; `data` holds what its kind needs, without the queue's reasons for a client. Each
    of these reasons has its sentence, in the language asked for."""

    ticket: int
    seq: int
    at: Moment
    kind: str
    author: str
    public: bool
    text: str
    data: dict[str, Any]

    @classmethod
    def of(cls, event: Any) -> Self:
        facts = {name: getattr(event, name) for name in ("seq", "at", "kind", "author", "public", "text")}
        hidden = INTERNAL if actor().is_client else ()
        data = {key: in_z(value) for key, value in (event.data or {}).items() if key not in hidden}
        if "reasons" in data:
            data["reasons"] = sentences(data["reasons"])
        return cls(ticket=event.ticket_id, data=data, **facts)


def sentences(reasons: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Why a technician: each reason's code and facts as they are kept, and `text`, which says them."""
    zone, now, lang = the_desk().settings.zone, wallclock.now(), language()
    return [{**in_z(dict(each)), "text": reason(each["code"], each, zone, now, lang).text} for each in reasons]


def in_z(value: Any) -> Any:
    """Instants kept in a fact's data, written as everywhere in the API."""
    if isinstance(value, dict):
        return {key: in_z(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [in_z(inner) for inner in value]
    return value[:-6] + "Z" if isinstance(value, str) and UTC_INSTANT.fullmatch(value) else value


class ClockTold(Told):
    """`mark`: on_time, watch, late, paused, met, missed or void. `left_s`: negative when late."""

    name: str
    mark: str
    target_s: int
    spent_s: int
    left_s: int
    started_at: Moment | None
    due_at: Moment | None
    ended_at: Moment | None
    cause: str | None

    @classmethod
    def of(cls, clock: ClockView) -> Self:
        return cls.model_validate(clock)


class StretchTold(Told):
    """`reason`: open, opening, lunch, night, weekend, holiday, closure, special_hours, waiting_question,
    waiting_estimate, waiting_forfait, waiting_date, waiting_publisher, waiting_acceptance…"""

    start: Moment
    end: Moment
    counted: bool
    reason: str
    label: str


class WhyTold(Told):
    """`spent`: from the clock's start to now or to its end; `ahead`: from now to its deadline."""

    clock: ClockTold
    spent: list[StretchTold]
    ahead: list[StretchTold]


class OfTicket(Told):
    """What hangs on a ticket: its row's facts under their own names, the ticket by its number."""

    ticket: int

    @classmethod
    def of(cls, row: Any) -> Self:
        facts = {name: getattr(row, name) for name in cls.model_fields if name != "ticket"}
        return cls(ticket=row.ticket_id, **facts)


class AppointmentTold(OfTicket):
    id: int
    technician_id: int
    kind: str
    state: str
    starts_at: Moment
    minutes: int
    note: str


class SlotTold(Told):
    """`in_time`: a call held then still meets the first response that is promised; null where none is owed."""

    starts_at: Moment
    minutes: int
    technician_id: int
    technician: str
    in_time: bool | None


class EstimateTold(OfTicket):
    """`minutes` null: the perimeter is not defined."""

    id: int
    minutes: int | None
    perimeter: str
    state: str
    offered_at: Moment
    valid_until: Moment
    answered_at: Moment | None


class InterventionTold(OfTicket):
    """The work of one technician on one ticket on one day."""

    id: int
    technician_id: int
    day: GivenDay
    minutes: int
    consumed_quarters: int
