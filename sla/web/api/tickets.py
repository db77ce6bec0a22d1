"""Tickets: deposit, the list within sight, one with its clocks, its history, and why a deadline is what it is."""

from typing import Any, Literal

from flask import url_for
from pydantic import Field

from sla.desk.deposit import deposit
from sla.desk.permits import require
from sla.desk.ticket_list import MOST, tickets
from sla.desk.ticket_view import TicketView, see_ticket, why
from sla.errors import NotFound
from sla.ticket.clock import ClockName
from sla.ticket.states import OPEN, State
from sla.web.api import asked
from sla.web.api.blueprint import NUMBER, pages
from sla.web.api.doubted import once_sure
from sla.web.api.misshapen import Misshapen
from sla.web.api.told import (
    AppointmentTold,
    ClockTold,
    EstimateTold,
    EventTold,
    StretchTold,
    TicketTold,
    WhyTold,
    ticket_facts,
)
from sla.web.api.told_expected import ExpectedTold
from sla.web.api.typed_json import GivenDay, QueryNumber, Searched, Told, Wanted
from sla.web.turn import actor, turn

StateCode = Literal[
    "new",
    "assigned",
    "in_progress",
    "waiting_client",
    "waiting_publisher",
    "planned",
    "resolved",
    "closed",
    "reopened",
    "to_deployment",
    "declined",
    "merged",
]


class TicketsWanted(Wanted):
    state: StateCode | None = None
    open: bool | None = Field(None, description="true: what still goes on; false: what has ended")
    text: Searched = Field("", description="words to be found, or a number; the first 200 characters count")
    before: QueryNumber | None = Field(None, description="only smaller numbers: the `following` of the page before")
    limit: QueryNumber = Field(50, description=f"at most {MOST}")


GOING_ON = OPEN | {State.RESOLVED, State.TO_DEPLOYMENT}
"""What a client doesn't call closed."""


class TicketsTold(Told):
    tickets: list[TicketTold]
    total: int
    following: int | None


class WorkedTold(Told):
    technician: str
    day: GivenDay
    minutes: int
    consumed_quarters: int


class TicketWhole(TicketTold):
    description: str
    item_label: str
    company: str
    requester: str
    technician: str | None
    clocks: list[ClockTold]
    appointments: list[AppointmentTold]
    estimate: EstimateTold | None
    worked: list[WorkedTold]
    expected: ExpectedTold | None


class HistoryTold(Told):
    events: list[EventTold]


@pages.post("/tickets")
@pages.input(asked.Deposit)
@pages.output(TicketTold, status_code=201)
@pages.doc(operation_id="deposit")
def add(json_data: asked.Deposit) -> Any:
    """Deposit a ticket; support says for whom."""
    require(actor(), "deposit")
    if json_data.requester_id is None and not actor().is_client:
        raise Misshapen("requester_id", kind="missing", value=None)
    ticket = turn().do(deposit, **once_sure(json_data))
    return TicketTold.of(ticket), 201, {"Location": url_for("api.ticket", number=ticket.id)}


@pages.get("/tickets")
@pages.input(TicketsWanted, location="query")
@pages.output(TicketsTold)
def listed(query_data: TicketsWanted) -> Any:
    """The tickets in sight, the last deposited first."""
    wanted = set(State) if query_data.state is None else {State(query_data.state)}
    if query_data.open is not None:
        wanted &= GOING_ON if query_data.open else set(State) - GOING_ON
    page = turn().see(
        tickets, states=sorted(wanted), text=query_data.text, before=query_data.before, limit=query_data.limit
    )
    return TicketsTold(tickets=[TicketTold.of(each) for each in page.rows], total=page.total, following=page.following)


@pages.get(f"/tickets/<{NUMBER}:number>")
@pages.output(TicketWhole)
def ticket(number: int) -> Any:
    """One ticket with its clocks, appointments, last estimate, work, and what to expect."""
    return _whole(turn().see(see_ticket, number))


def _whole(view: TicketView) -> TicketWhole:
    row = view.ticket
    return TicketWhole(
        **ticket_facts(row),
        description=row.description,
        item_label=view.item.label,
        company=row.company.name,
        requester=row.requester.name,
        technician=row.technician.name if row.technician else None,
        clocks=[ClockTold.of(each) for each in view.clocks],
        appointments=[AppointmentTold.of(each) for each in view.appointments],
        estimate=EstimateTold.of(view.estimate) if view.estimate else None,
        worked=[WorkedTold.model_validate(each) for each in view.worked],
        expected=ExpectedTold.of(view.expected) if view.expected else None,
    )


@pages.get(f"/tickets/<{NUMBER}:number>/history")
@pages.output(HistoryTold)
def history(number: int) -> Any:
    """What happened, in order; a client sees what is public."""
    return HistoryTold(events=[EventTold.of(each) for each in turn().see(see_ticket, number).events])


@pages.get(f"/tickets/<{NUMBER}:number>/clocks/<clock>/why")
@pages.output(WhyTold)
def explained(number: int, clock: str) -> Any:
    """Why this deadline: every stretch from the clock's start, counted or skipped; those of `spent` sum to what it has
    spent, those of `ahead` lead to the deadline."""
    if clock not in set(ClockName):
        raise NotFound("clock", value=clock[:60])
    seen, found = turn().see(why, number, clock)
    spent, ahead = ([StretchTold.model_validate(each) for each in part] for part in (found.spent, found.ahead))
    return WhyTold(clock=ClockTold.of(seen), spent=spent, ahead=ahead)
