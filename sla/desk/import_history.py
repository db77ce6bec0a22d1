"""`import_history`: tickets of another tool's log, taken in with their past; nobody is told and nothing is planned.

Each history is folded once. What is stored is what `sla.desk.history.record` would have stored fact by fact, except for
the timers that would have been due before the import.
"""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from sqlalchemy import select

from sla.desk.acceptance import await_acceptance, await_no_more
from sla.desk.first_answers import keep_first_answer
from sla.desk.history import copy, store
from sla.desk.log_moves import Merger, Scribe
from sla.desk.log_rows import Log, LogTicket, Outcome
from sla.desk.office import Tx
from sla.desk.people import add_company, add_person
from sla.desk.promises import keep_promises
from sla.desk.publisher_errors import link
from sla.desk.timers import TimerKind, cancel
from sla.desk.typed import searchable
from sla.desk.verdicts import keep_verdicts
from sla.errors import AlreadyDone
from sla.store.tables import ClockRow, Company, Event, Person, Ticket
from sla.ticket.clock import Clock, ClockName, Mark
from sla.ticket.facts import Kind
from sla.ticket.life import Life
from sla.ticket.states import State


def import_history(tx: Tx, log: Log, tickets: Sequence[LogTicket]) -> list[Outcome]:
    """One batch, in order of deposit. A ticket known by its reference gains what comes after its history."""
    tx = replace(tx, silent_before=tx.now)
    requester = _requester(tx, log)
    scribe = Scribe(log, _technicians(tx, log, tickets), tx.rules)
    known = _known(tx, log, tickets)
    past = _histories(tx, known)
    outcomes: list[Outcome] = []
    grown: list[tuple[Ticket, Merger]] = []
    for each in tickets:
        ticket = known.get(log.reference(each.number)) or _new(log, each, requester)
        merger = Merger(scribe, past.get(ticket.id, ()))
        outcomes += merger.take(each.rows)
        if merger.added:
            grown.append((ticket, merger))
    _keep(tx, grown)
    return outcomes


def _new(log: Log, each: LogTicket, requester: Person) -> Ticket:
    title = log.title.replace("{ticket}", each.number)
    ticket = Ticket(company_id=requester.company_id or 0, requester_id=requester.id, title=title, description=title)
    ticket.reference, ticket.search, ticket.seq = log.reference(each.number), searchable(title, each.number), 0
    return ticket


def _keep(tx: Tx, grown: Sequence[tuple[Ticket, Merger]]) -> None:
    """Columns first, for the new tickets' numbers; then events and clocks in one go; then what is still due."""
    for ticket, merger in grown:
        store(ticket, merger.life)
    tx.session.add_all(ticket for ticket, _ in grown)
    tx.session.flush()
    clocks = _clocks(tx, [ticket.id for ticket, merger in grown if merger.history])
    for ticket, merger in grown:
        for event in merger.added:
            ticket.seq += 1
            event.ticket_id, event.seq = ticket.id, ticket.seq
        tx.session.add_all(merger.added)
        _store_clocks(tx, ticket, merger, clocks)
        keep_verdicts(tx, ticket, merger.before, merger.life)
        keep_first_answer(tx, ticket, merger.before, merger.life)
    tx.session.flush()
    for ticket, merger in grown:
        _keep_timers(tx, ticket, merger)


def _store_clocks(tx: Tx, ticket: Ticket, merger: Merger, rows: dict[tuple[int, str], ClockRow]) -> None:
    for name in ClockName:
        clock = merger.life.clock(name)
        if clock == merger.before.clock(name):
            continue
        row = rows.get((ticket.id, name))
        if row is None:
            row = ClockRow(ticket_id=ticket.id, name=name)
            tx.session.add(row)
        copy(clock, row)


def _keep_timers(tx: Tx, ticket: Ticket, merger: Merger) -> None:
    """Only what falls due from now on: an SLA level or an acceptance that was over before the import stays silent."""
    for name in ClockName:
        old, new = merger.before.clock(name), merger.life.clock(name)
        if old == new:
            continue
        if new.overdue_at is None or new.mark is not Mark.RUNNING:
            keep_promises(tx, ticket, old, new)
        elif old != Clock(name):
            cancel(tx, TimerKind.SLA_LEVEL, ticket.id, clock=name)
    _keep_acceptance(tx, ticket, merger.before, merger)
    if merger.life.state is State.WAITING_PUBLISHER is not merger.before.state:
        link(tx, ticket, ticket.reference or f"Ticket {ticket.id}")  # a log names no error: its ticket stands for it


def _keep_acceptance(tx: Tx, ticket: Ticket, before: Life, merger: Merger) -> None:
    """As `resolve` leaves it: a reminder, then the end of the acceptance window."""
    if before.state is State.RESOLVED:
        await_no_more(tx, ticket.id)
    life = merger.life
    if life.state is not State.RESOLVED or life.resolved_at is None or life.accept_until is None:
        return
    history = (*merger.history, *merger.added)
    seq = max((event.seq for event in history if event.kind == Kind.RESOLVED), default=ticket.seq)
    await_acceptance(tx, ticket.id, resolved_at=life.resolved_at, until=life.accept_until, seq=seq)


def _known(tx: Tx, log: Log, tickets: Sequence[LogTicket]) -> dict[str, Ticket]:
    references = [log.reference(each.number) for each in tickets]
    found = tx.session.scalars(
        select(Ticket).where(Ticket.reference.in_(references)).order_by(Ticket.id).with_for_update()
    )
    return {ticket.reference or "": ticket for ticket in found}


def _histories(tx: Tx, known: dict[str, Ticket]) -> dict[int, list[Event]]:
    histories: dict[int, list[Event]] = {}
    numbers = [ticket.id for ticket in known.values()]
    query = select(Event).where(Event.ticket_id.in_(numbers)).order_by(Event.ticket_id, Event.seq)
    for event in tx.session.scalars(query):
        histories.setdefault(event.ticket_id, []).append(event)
    return histories


def _clocks(tx: Tx, numbers: Sequence[int]) -> dict[tuple[int, str], ClockRow]:
    found = tx.session.scalars(select(ClockRow).where(ClockRow.ticket_id.in_(numbers)))
    return {(row.ticket_id, row.name): row for row in found}


def _requester(tx: Tx, log: Log) -> Person:
    """The contact under whom the tickets go. One that the import has to make is inactive: it only stands in."""
    company = tx.session.scalars(select(Company).where(Company.name == log.company)).one_or_none()
    company = company or add_company(tx, name=log.company)
    person = tx.session.scalars(select(Person).where(Person.email == log.email)).one_or_none()
    if person is None:
        contact = {"name": log.requester, "email": log.email, "portal_role": "requester"}
        person = add_person(tx, role="client", company=company.id, **contact)
        person.active = False
    if person.company_id != company.id:
        raise AlreadyDone("email", what=f"l’adresse {log.email} est celle d’un compte hors de « {log.company} »")
    return person


def _technicians(tx: Tx, log: Log, tickets: Sequence[LogTicket]) -> dict[str, int]:
    """Those of the log by their name there: inactive people, made once and found again by their code."""
    names = sorted({row.technician for each in tickets for row in each.rows if row.technician})
    codes = {log.reference(name): name for name in names}
    found = {codes[p.code or ""]: p.id for p in tx.session.scalars(select(Person).where(Person.code.in_(codes)))}
    return found | {name: _technician(tx, log, name).id for name in names if name not in found}


def _technician(tx: Tx, log: Log, name: str) -> Person:
    code = log.reference(name)
    # An account needs an address; this one is nobody's.
    address = f"{log.source}-{sha256(code.encode()).hexdigest()[:12]}@import.invalid"
    person = add_person(tx, name=name, email=address, role="technician", code=code)
    person.active = False
    return person
