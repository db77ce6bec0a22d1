"""Who was first: what somebody else has done meanwhile, said to whoever comes second."""

from collections.abc import Collection

from sqlalchemy import select

from sla import wording
from sla.desk.both_tongues import instant_said
from sla.desk.office import Tx
from sla.errors import AlreadyDone, Both
from sla.store.tables import Event
from sla.ticket.facts import Kind


def already_done(tx: Tx, ticket: int, kinds: Collection[Kind], **data: object) -> AlreadyDone | None:
    """The refusal that names the last of these facts (with `data`, of what carries it), its author and its instant;
    None where there was none."""
    query = select(Event).where(Event.ticket_id == ticket, Event.kind.in_(kinds)).order_by(Event.seq.desc())
    told = (each for each in tx.session.scalars(query) if data.items() <= each.data.items())
    last = next(told, None)
    if last is None:
        return None
    act = Both(*(wording.label("event", last.kind, lang) for lang in ("fr", "en")))
    at = instant_said(tx, last.at)
    french = f"{act.fr[:1].lower()}{act.fr[1:]} par {last.author}, {at.fr}"
    return AlreadyDone(what=Both(french, f"{act.en[:1].lower()}{act.en[1:]} by {last.author}, {at.en}"))
