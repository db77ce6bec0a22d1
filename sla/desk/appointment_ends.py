"""How an appointment ends: held, missed, taken back by someone, or let go with its ticket."""

from collections.abc import Sequence

from sqlalchemy import select

from sla import wording
from sla.desk.actor import SYSTEM
from sla.desk.altered_hours import Altered
from sla.desk.appointments import FACTS, OWED, close_appointment, owed_by_number, tell_both
from sla.desk.beginning import begin, begin_work
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.tell import having, person, tell
from sla.desk.typed import Reading, one_text
from sla.errors import Both, StillAhead
from sla.store.tables import Appointment, Ticket


def hold(tx: Tx, appointment: int, kind: str, text: str) -> Appointment:
    """It took place; for the client that is an answer."""
    reading = Reading()
    text = reading.text("text", text, required=False)
    reading.finish()
    made, ticket = owed_by_number(tx, appointment, kind, *OWED)
    close_appointment(tx, made, "held")
    (begin_work if kind == "session" else begin)(tx, ticket)
    record(tx, ticket, FACTS[kind].held, text=text, appointment=made.id)
    return made


def miss(tx: Tx, appointment: int, kind: str, text: str) -> Appointment:
    """It did not take place, which nobody knows before its instant: raised to the dispatcher, and still owed."""
    reading = Reading()
    text = reading.text("text", text, 500, required=False)
    reading.finish()
    made, ticket = owed_by_number(tx, appointment, kind, "booked")
    if tx.now < made.starts_at:
        raise StillAhead(
            at=Both(*(wording.promise(made.starts_at, tx.settings.zone, tx.now, lang) for lang in ("fr", "en")))
        )
    close_appointment(tx, made, "missed")
    record(tx, ticket, FACTS[kind].missed, text=text, public=False, appointment=made.id)
    who = person(tx, made.technician_id)
    key = f"call_missed:{made.id}" + (f":moved{made.sequence}" if made.sequence else "")
    tell(tx, [*having(tx, "dispatcher"), who], "call_missed", key=key, ticket=ticket, call=made, who=who)
    return made


def take_back(tx: Tx, appointment: int, kind: str, reason: str, *, altered: Sequence[Altered] = ()) -> Appointment:
    """Cancelled, and both are told why."""
    reason = one_text("reason", reason, 500)
    made, ticket = owed_by_number(tx, appointment, kind, *OWED)
    _cancel(tx, ticket, made, Both(reason, reason), over=False, altered=altered)
    return made


def let_go(tx: Tx, ticket: Ticket, reason: Both) -> None:
    """The ticket leaves support or ends: nothing is owed at an instant any more, and nobody is reminded of it."""
    owed = select(Appointment).where(Appointment.ticket_id == ticket.id, Appointment.state.in_(OWED))
    for made in tx.session.scalars(owed.order_by(Appointment.id).with_for_update()):
        _cancel(tx.as_actor(SYSTEM), ticket, made, reason, over=True)


def _cancel(
    tx: Tx, ticket: Ticket, made: Appointment, reason: Both, *, over: bool, altered: Sequence[Altered] = ()
) -> None:
    """`over`: because its ticket leaves support or ends."""
    close_appointment(tx, made, "cancelled")
    made.sequence += 1
    record(tx, ticket, FACTS[made.kind].cancelled, text=reason.fr, appointment=made.id)
    facts = {"reason": reason.fr, "reason_en": reason.en, "over": over, "altered": altered}
    tell_both(tx, ticket, made, "call_cancelled", key=f"call_cancelled:{made.id}", invite="CANCEL", **facts)


def raise_missed_call(tx: Tx, appointment: int) -> Appointment | None:
    """Effect of the timer after its instant: missed, unless it was held, moved, taken back or missed already."""
    made = tx.session.get(Appointment, appointment)
    due = made is not None and made.state == "booked" and made.starts_at <= tx.now
    return miss(tx, appointment, made.kind, "") if made is not None and due else None
