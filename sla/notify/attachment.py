"""The document that goes with a message, made when it leaves: the outbox keeps what it is, not its bytes."""

from dataclasses import dataclass

from sqlalchemy import select

from sla.documents import report_pdf
from sla.settings import Settings
from sla.store.database import Database
from sla.store.tables import Event, Message


@dataclass(frozen=True, slots=True)
class Attachment:
    """A PDF and the name that it is saved under."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Documents:
    """Makes the document of a message from the fact that it tells of: the same each time that it is sent."""

    database: Database
    settings: Settings

    def of(self, message: Message) -> Attachment | None:
        """None where nothing goes with it."""
        what = message.attached
        if what is None:
            return None
        query = select(Event).where(Event.ticket_id == what["ticket"], Event.seq == what["seq"])
        with self.database.reading() as session:
            event = session.scalars(query).one()
        lang, number = what["lang"], event.ticket_id
        content = report_pdf(number, event.at, event.author, event.text, event.data, self.settings.zone, lang)
        return Attachment(report_name(number, event.seq, lang), content)


def report_name(number: int, seq: int, lang: str) -> str:
    """« rapport-1476-12.pdf »: the ticket, then the report's place in its history."""
    return f"{'report' if lang == 'en' else 'rapport'}-{number}-{seq}.pdf"
