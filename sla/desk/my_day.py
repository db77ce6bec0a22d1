"""« Ma journée »: what a technician has in hand, what comes next and why, and the day that the plan expects."""

from collections.abc import Sequence
from dataclasses import dataclass

from sla.desk.board import BoardRow, Filters, board
from sla.desk.lanes import Lane, Lanes, lanes
from sla.desk.office import Tx
from sla.desk.owed_appointments import OwedAppointment, owed_appointments
from sla.desk.sight import ticket_in_sight
from sla.desk.take import next_for
from sla.queue.dispatch import Choice
from sla.store.tables import Ticket

SHOWN_DAYS = 2


@dataclass(frozen=True, slots=True)
class MyDay:
    """`in_hand`: begun, the most urgent first; `ahead`: given to me and not begun; `paused`: waiting for somebody else.
    `following` is what « au suivant » would give now, its reasons with it."""

    in_hand: Sequence[BoardRow]
    ahead: Sequence[BoardRow]
    paused: Sequence[BoardRow]
    following: tuple[Ticket, Choice] | None
    appointments: Sequence[OwedAppointment]
    plan: Lanes
    lane: Lane | None


def my_day(tx: Tx) -> MyDay:
    """The day of the technician who asks."""
    me = tx.actor.id or 0
    rows = board(tx, Filters(technician=me), with_plan=False).rows
    choice = next_for(tx, me)
    plan = lanes(tx, open_days=SHOWN_DAYS, technician=me)
    return MyDay(
        [row for row in rows if row.state in ("in_progress", "planned")],
        [row for row in rows if row.state in ("new", "assigned", "reopened")],
        [row for row in rows if row.state.startswith("waiting")],
        (ticket_in_sight(tx, choice.work.ticket), choice) if choice is not None else None,
        owed_appointments(tx, technician=me),
        plan,
        plan.lanes[0] if plan.lanes else None,
    )
