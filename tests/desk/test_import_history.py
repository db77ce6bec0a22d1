"""Old tickets come in by the rules of the desk, in batches, brought by a manager or by the service itself."""

import pytest
from sqlalchemy import select

from sla.desk.actor import SYSTEM
from sla.desk.import_history import import_history
from sla.desk.log_rows import Fate, Log, LogRow, LogTicket, Outcome
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
