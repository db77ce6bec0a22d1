"""`qualify` and `set_condition`: a dispatcher says again what a ticket is, with a reason; who pays and the clocks
follow."""

from typing import Any

from sqlalchemy import func, select

from sla.contract.decision import Outcome
from sla.contract.service_item import Coverage
from sla.contract.targets import Severity
from sla.desk.accounting import account_for
from sla.desk.appointment_ends import let_go
from sla.desk.coverage import coverage_decided
from sla.desk.four_hours import hand_over_if_worked_too_long, is_over, warn_near
from sla.desk.history import record
from sla.desk.hours_awaited import await_hours
from sla.desk.office import Tx
from sla.desk.queued_again import queue_again
from sla.desk.queueing import enqueue
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import clients_of, contacts, having, tell, tell_client
from sla.desk.time_kept import bound_minutes
from sla.desk.typed import Reading, one_text
from sla.desk.work_limits import warn_in_time
from sla.errors import AlreadyDone, Both, IllegalMove, Unknown
from sla.store.tables import Intervention, Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import LEFT, State

ENDED = LEFT | {State.CLOSED}
"""Where who pays can still be put right, and a severity means nothing any more."""

LEAVES = Both("Le support ne traite plus cette demande.", "Support does not treat this request any more.")


def qualify(
    tx: Tx, number: int, *, reason: str, item: str | None = None, severity: str | None = None, level: str | None = None
) -> Ticket:
    """Change the line, the severity or the coverage. A line given without a coverage brings its own."""
    reading = Reading()
    reason = reading.text("reason", reason, 2000)
    wanted = {
        "item": item and reading.choice("item", item, {each.code for each in tx.settings.catalogue}),
        "severity": severity and reading.choice("severity", severity, set(Severity)),
        "level": level and reading.choice("level", level, set(Coverage)),
    }
    reading.finish()
    ticket = ticket_in_sight(tx, number, lock=True)
    if item and not level:
        wanted["level"] = tx.settings.catalogue.get(item).coverage
    if severity and ticket.state in ENDED:
        raise IllegalMove(ticket=ticket.id, state=ticket.state, action=Kind.REQUALIFIED)
    changed: dict[str, Any] = {key: value for key, value in wanted.items() if value and value != getattr(ticket, key)}
    if not changed:
        raise AlreadyDone(what=Both("le ticket est déjà qualifié ainsi", "the ticket is qualified so already"))
    before = {key: getattr(ticket, key) for key in changed}
    record(tx, ticket, Kind.REQUALIFIED, text=reason, before=before, **changed)
    consumed = _consumed(tx, ticket)
    if "level" in changed:
        _follow_coverage(tx, ticket, reason)
    if not hand_over_if_worked_too_long(tx, ticket):
        warn_near(tx, ticket)
    warn_in_time(tx, ticket)
    _tell(tx, ticket, reason, consumed - _consumed(tx, ticket))
    return ticket


def _consumed(tx: Tx, ticket: Ticket) -> int:
    """Quarter-hours of all work on it."""
    query = select(func.coalesce(func.sum(Intervention.consumed_quarters), 0))
    return int(tx.session.scalar(query.where(Intervention.ticket_id == ticket.id)) or 0)


def _tell(tx: Tx, ticket: Ticket, reason: str, returned: int) -> None:
    """Its client; and who answers for the company's hours, where any moved. `returned`: quarter-hours of the work done
    before, below zero those that it now takes."""
    people = clients_of(tx, ticket)
    if returned:
        people += contacts(tx, ticket.company_id, "account", "approver")
    key = f"requalified:{ticket.id}:{ticket.seq}"
    tell(tx, people, "requalified", key=key, ticket=ticket, reason=reason, moved=returned)


def _follow_coverage(tx: Tx, ticket: Ticket, reason: str) -> None:
    """What was consumed is corrected by movements; what support may not treat is answered, what lacks hours waits."""
    for each in tx.session.scalars(select(Intervention).where(Intervention.ticket_id == ticket.id)):
        account_for(tx, ticket, each)
    if ticket.state in (State.RESOLVED, State.CLOSED):
        return
    if ticket.state in LEFT:
        _take_back(tx, ticket, reason)
        return
    if ticket.level == Coverage.EXCLUDED and tx.settings.catalogue.get(ticket.item).to_deployment:
        let_go(tx, ticket, LEAVES)
        record(tx, ticket, Kind.TRANSFERRED, text=reason, reason="coverage")
        key = f"transferred:{ticket.id}:{ticket.seq}"
        tell(tx, having(tx, "deployment"), "transferred", key=key, ticket=ticket, reason=reason)
    elif ticket.level == Coverage.EXCLUDED:
        let_go(tx, ticket, LEAVES)
        record(tx, ticket, Kind.DECLINED, text=reason, reason="excluded")
    elif ticket.level == Coverage.TMA and ticket.worked_minutes == 0:
        decision = coverage_decided(tx, ticket.company_id, ticket.item, ticket.level)
        if decision.outcome is Outcome.WAITS_FORFAIT:
            await_hours(tx, ticket, decision)
    elif ticket.state == "waiting_client" and ticket.waiting_for == "forfait":
        record(tx, ticket, Kind.RESUMED, public=False)
        if ticket.technician_id is None:
            enqueue(tx, ticket)


def _take_back(tx: Tx, ticket: Ticket, reason: str) -> None:
    """What support had not treated, or had handed on, is its own after all: a new cycle with its full targets. What
    has outgrown the four hours is deployment's, and goes or stays there."""
    over = is_over(tx, ticket, bound_minutes(tx, ticket))
    if ticket.level == Coverage.EXCLUDED or (over and ticket.state == State.TO_DEPLOYMENT):
        return
    record(tx, ticket, Kind.REOPENED, text=reason)
    if not over:
        queue_again(tx, ticket)


def set_condition(tx: Tx, number: int, *, condition: str, met: bool, reason: str) -> Ticket:
    """Support confirms or denies one of the booklet's footnotes. The client reads of one that is not met why it binds,
    and what is possible instead."""
    reason = one_text("reason", reason, 2000)
    ticket = ticket_in_sight(tx, number, lock=True)
    catalogue = tx.settings.catalogue
    known = catalogue.get(ticket.item).conditions
    if condition not in known:
        raise Unknown("condition", label="Condition", value=condition, choices=", ".join(known) or "aucune")
    event = record(tx, ticket, Kind.CONDITION_SET, text=reason, condition=condition, met=met)
    if not met:
        facts = {"condition": catalogue.conditions[condition], "offers": catalogue.offered_instead(condition)}
        tell_client(tx, ticket, "condition_unmet", key=f"condition_unmet:{number}:{event.seq}", reason=reason, **facts)
    return ticket
