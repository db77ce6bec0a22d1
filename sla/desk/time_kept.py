"""Time entries as they stand: one that a later one corrects no longer counts, one taken back neither."""

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from sla.desk.office import Tx
from sla.store.tables import Intervention, Ticket, TimeEntry


def stands() -> ColumnElement[bool]:
    """The condition under which a time entry counts."""
    later = aliased(TimeEntry)
    return and_(TimeEntry.minutes > 0, ~exists().where(later.corrects_id == TimeEntry.id))


def charged_minutes(tx: Tx, intervention: Intervention) -> int:
    """Real minutes of an intervention that its coverage charges for: support bears its own errors."""
    own = _own_error().where(TimeEntry.intervention_id == intervention.id)
    return intervention.minutes - int(tx.session.scalar(own) or 0)


def bound_minutes(tx: Tx, ticket: Ticket) -> int:
    """Real minutes on a ticket that the four hours bind: putting support's own error right sends nobody elsewhere."""
    own = _own_error().join(Intervention, Intervention.id == TimeEntry.intervention_id)
    return ticket.worked_minutes - int(tx.session.scalar(own.where(Intervention.ticket_id == ticket.id)) or 0)


def _own_error() -> Select[int]:
    return select(func.coalesce(func.sum(TimeEntry.minutes), 0)).where(TimeEntry.own_error, stands())
