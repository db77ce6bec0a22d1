"""`assign` and `unpin`: a dispatcher's choice, which the plan obeys until it is taken back."""

from sla import wording
from sla.desk.history import record, unchanged_since
from sla.desk.office import Tx
from sla.desk.queueing import enqueue
from sla.desk.sight import colleague, lock_diary, ticket_in_sight
from sla.desk.tell import tell
from sla.desk.typed import Reading
from sla.errors import Both, NotMastered
from sla.store.tables import Person, Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import QUEUED


def assign(
    tx: Tx, number: int, *, technician: int, reason: str = "", pinned: bool = True, seen_seq: int | None = None
) -> Ticket:
    """Give the ticket to a technician who masters it. `seen_seq`: as the page showed it, else Overtaken."""
    reading = Reading()
    reason = reading.text("reason", reason, 500, required=False)
    reading.no_secret("reason", reason)
    reading.finish()
    ticket = ticket_in_sight(tx, number, lock=True)
    lock_diary(tx, technician)  # whose account is being deactivated meanwhile gets nothing
    chosen = colleague(tx, technician, "technician")
    unchanged_since(tx, ticket, seen_seq)
    _mastered(tx, ticket, chosen)
    reasons = [{"code": "chosen_by", "who": tx.actor.name, "why": reason}]
    record(tx, ticket, Kind.ASSIGNED, public=False, technician=chosen.id, pinned=pinned, reasons=reasons)
    tell(tx, [chosen], "assigned", key=f"assigned:{ticket.id}:{ticket.seq}", ticket=ticket, reason=reason)
    return ticket


def unpin(tx: Tx, number: int) -> Ticket:
    """Give the ticket back to the plan, which chooses again if nobody has begun."""
    ticket = ticket_in_sight(tx, number, lock=True)
    record(tx, ticket, Kind.UNPINNED, public=False)
    if ticket.state in QUEUED:
        enqueue(tx, ticket)
    return ticket


def _mastered(tx: Tx, ticket: Ticket, chosen: Person) -> None:
    skill = tx.settings.catalogue.get(ticket.item).skill
    line = tx.settings.technician(chosen.code or "")
    if line is None or skill not in line.skills:
        able = [each.name for each in tx.settings.technicians if skill in each.skills]
        said = Both(*(wording.skill(skill, lang) for lang in ("fr", "en")))
        raise NotMastered("technician", technician=chosen.name, skill=said, choices=", ".join(able))
