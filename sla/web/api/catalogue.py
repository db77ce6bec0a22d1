"""What can be asked for and who pays, what to expect of it before a deposit, and when the desk is open."""

from typing import Any

from pydantic import Field

from sla import wallclock
from sla.contract.service_item import ServiceItem
from sla.desk.foresee import expectation
from sla.desk.permits import require
from sla.web.api import asked
from sla.web.api.blueprint import pages
from sla.web.api.misshapen import Misshapen
from sla.web.api.told_expected import ExpectedTold
from sla.web.api.typed_json import GivenDay, Moment, QueryNumber, Told, Wanted
from sla.web.frame import language
from sla.web.turn import actor, the_desk, turn

AHEAD_DAYS = 90


class ItemTold(Told):
    code: str
    family: str
    label: str
    section: str
    coverage: str
    reason: str
    limit_minutes: int | None
    summary: bool
    conditions: list[str]


class ItemsTold(Told):
    items: list[ItemTold]


@pages.get("/items")
@pages.output(ItemsTold)
def items() -> Any:
    """Every line of the booklet's tables, in its order; a summary line stands for what no detailed line names."""
    return ItemsTold(items=[_item(each) for each in the_desk().settings.catalogue])


def _item(line: ServiceItem) -> ItemTold:
    french = language() == "fr"
    same = ("code", "family", "section", "coverage", "limit_minutes", "summary")
    return ItemTold(
        **{name: getattr(line, name) for name in same},
        label=line.label if french else line.label_en,
        reason=line.reason if french else line.reason_en,
        conditions=list(line.conditions),
    )


class ExpectationWanted(Wanted):
    item: str
    severity: asked.SeverityCode
    company: QueryNumber | None = Field(None, description="for support; a contact asks for its own company")


class ForetoldTold(Told):
    """`outcome`: accepted, waits_forfait, waits_dispatcher, excluded or to_deployment; `expected` is null where support
    answers at once or hands the request over."""

    coverage: str
    outcome: str
    reason: str
    expected: ExpectedTold | None


@pages.get("/expected")
@pages.input(ExpectationWanted, location="query")
@pages.output(ForetoldTold)
def expected(query_data: ExpectationWanted) -> Any:
    """What a ticket can expect, were it deposited now: who pays, when its clock starts, the guaranteed answer."""
    require(actor(), "deposit")
    company = query_data.company or actor().company_id
    if company is None:
        raise Misshapen("company", kind="missing", value=None)
    decision, told = turn().see(expectation, item=query_data.item, severity=query_data.severity, company=company)
    return ForetoldTold(
        coverage=decision.coverage,
        outcome=decision.outcome,
        reason=decision.reason_fr if language() == "fr" else decision.reason_en,
        expected=ExpectedTold.of(told) if told else None,
    )


class ClosedDay(Told):
    day: GivenDay
    label: str


class CalendarTold(Told):
    """`until`: when it closes if it is open, else when it opens."""

    now: Moment
    zone: str
    open: bool
    until: Moment
    next_opening: Moment
    closed_days: list[ClosedDay]


@pages.get("/calendar")
@pages.output(CalendarTold)
def calendar() -> Any:
    """Whether the desk is open, until when, and on which days within three months it stays closed, and why."""
    now, settings = wallclock.now(), the_desk().settings
    hours = the_desk().hours
    is_open = hours.is_open(now)
    closed = hours.closed_days(now.astimezone(settings.zone).date(), AHEAD_DAYS)
    return CalendarTold(
        now=now,
        zone=str(settings.zone),
        open=is_open,
        until=hours.next_close(now) if is_open else hours.next_open(now),
        next_opening=hours.next_opening(now),
        closed_days=[ClosedDay(day=day, label=label) for day, label in closed],
    )
