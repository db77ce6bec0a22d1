"""Old tickets come in by the rules of the desk, in batches, brought by a manager or by the service itself."""

import pytest
from sqlalchemy import select

from sla.desk.actor import SYSTEM
from sla.desk.import_history import import_history
from sla.desk.log_rows import Fate, Log, LogRow, LogTicket, Outcome
from sla.desk.publisher_errors import publisher_errors
from sla.desk.verify import differences
from sla.errors import Forbidden
from sla.store.tables import ClockRow, Event, Ticket
from sla.ticket.facts import Kind
from tests.worlds import World, paris

LOG = Log(
    source="vieux",
    company="Reprise",
    requester="Ancien demandeur",
    email="reprise@import.invalid",
    title="Ticket {ticket}",
    item="erreurs",
    severity="minor",
    level="maintenance",
    first_is_deposit=True,
    taken_answers=True,
    taken_resumes=False,
    taken_reopens=False,
    closed_resolves=False,
)


def row(line: int, at: str, kind: Kind, technician: str = "ana") -> LogRow:
    return LogRow(line, paris(at), kind.capitalize(), technician, kind)


TICKET = LogTicket(
    "7",
    (
        row(2, "2026-03-02 10:00", Kind.DEPOSITED),
        row(3, "2026-03-02 10:30", Kind.TAKEN),
        row(4, "2026-03-02 11:00", Kind.RESUMED),
        row(5, "2026-03-02 11:30", Kind.RESOLVED),
    ),
)


def test_each_row_of_a_batch_has_its_outcome(world: World) -> None:
    found = world.do(SYSTEM, "2026-11-24 10:00", import_history, LOG, [TICKET])
    imported = [Outcome(line, Fate.IMPORTED) for line in (2, 3)]
    assert found == [*imported, Outcome(4, Fate.ILLEGAL, "in_progress"), Outcome(5, Fate.IMPORTED)]
    assert {each.fate for each in world.do(SYSTEM, "2026-11-24 10:00", import_history, LOG, [TICKET])} == {
        Fate.KNOWN,
        Fate.ILLEGAL,
    }


def test_a_history_is_stored_as_the_desk_would_have_written_it(world: World) -> None:
    world.do("marc", "2026-11-24 10:00", import_history, LOG, [TICKET])
    with world.desk.database.reading() as session:
        ticket = session.scalars(select(Ticket)).one()
        events = session.scalars(select(Event).order_by(Event.seq)).all()
        clocks = session.scalars(select(ClockRow).order_by(ClockRow.name)).all()
    assert (ticket.reference, ticket.state, ticket.seq, ticket.awaiting) == ("vieux:7", "resolved", 4, False)
    assert [(each.seq, each.kind, each.at) for each in events] == [
        (1, "deposited", paris("2026-03-02 10:00")),
        (2, "taken", paris("2026-03-02 10:30")),
        (3, "answered", paris("2026-03-02 10:30")),
        (4, "resolved", paris("2026-03-02 11:30")),
    ]
    assert [(each.name, each.mark, each.spent_s) for each in clocks] == [
        ("first_response", "met", 1800),
        ("resolution", "met", 5400),
    ]


def test_a_ticket_that_waits_for_the_publisher_is_followed_from_its_import_on(world: World) -> None:
    """The log names no error: the ticket's own reference stands for it. What waits no more at its end is history."""
    waits = row(4, "2026-03-02 11:00", Kind.WAITING_PUBLISHER)
    still = LogTicket("9", (*TICKET.rows[:2], waits))
    over = LogTicket("10", (*TICKET.rows[:2], waits, row(5, "2026-03-02 12:00", Kind.RESUMED)))
    world.do("marc", "2026-11-24 10:00", import_history, LOG, [still, over])
    followed = world.see("diane", "2026-11-24 10:00", publisher_errors)
    assert [(each.error.reference, each.waiting, each.error.next_at) for each in followed] == [
        ("vieux:9", 1, paris("2026-12-01 10:00"))
    ]
    assert world.see(SYSTEM, "2026-11-24 10:00", differences) == []


def test_a_ticket_none_of_whose_rows_holds_is_not_made(world: World) -> None:
    alone = LogTicket("8", (row(2, "2026-03-02 10:00", Kind.TAKEN, technician=""),))
    found = world.do(SYSTEM, "2026-11-24 10:00", import_history, LOG, [alone])
    assert found == [Outcome(2, Fate.NO_TECHNICIAN)]
    with world.desk.database.reading() as session:
        assert session.scalars(select(Ticket)).all() == []


@pytest.mark.parametrize("who", ["julie", "clara", "diane", "paul"])
def test_only_a_manager_or_the_service_brings_a_history_in(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        world.do(who, "2026-11-24 10:00", import_history, LOG, [TICKET])
