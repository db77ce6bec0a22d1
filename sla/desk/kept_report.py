"""An intervention report as it was sent (booklet, « Un rapport d’intervention »)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from sla.desk.office import Tx
from sla.desk.report import Stretch, Worked
from sla.desk.sight import ticket_in_sight
from sla.documents import report_pdf
from sla.errors import NotFound
from sla.store.tables import Event, Ticket
from sla.ticket.facts import Kind


@dataclass(frozen=True, slots=True)
class KeptReport:
    """The figures are those of its instant, whatever was worked since; `left`, `owed` in quarter-hours. `kept`: all
    that the document says."""

    ticket: Ticket
    seq: int
    author: str
    at: datetime
    done: str
    remaining: str
    perimeter: str
    interim: bool
    worked: Sequence[Worked]
    left: int
    owed: int
    kept: Mapping[str, Any]

    @property
    def packs(self) -> list[tuple[int, date, int]]:
        """The forfaits that ran: hours sold, last day, quarter-hours left."""
        kept = self.kept.get("forfaits", ())
        return [(each["hours"], date.fromisoformat(each["last_day"]), each["left_quarters"]) for each in kept]

    @property
    def unconfirmed(self) -> int:
        """Minutes that were still to be confirmed, and are not among those told."""
        return int(self.kept.get("unconfirmed_minutes", 0))

    @property
    def minutes(self) -> int:
        return sum(each.minutes for each in self.worked)

    @property
    def consumed(self) -> int:
        return sum(each.consumed_quarters for each in self.worked)


def see_report(tx: Tx, number: int, seq: int) -> KeptReport:
    """NotFound when the ticket is out of sight or that fact of its history is no report."""
    ticket = ticket_in_sight(tx, number)
    query = select(Event).where(Event.ticket_id == number, Event.seq == seq, Event.kind == Kind.REPORTED)
    event = tx.session.scalars(query).one_or_none()
    if event is None:
        raise NotFound("report", value=f"{number}/{seq}")
    data = event.data
    worked = [_worked(each) for each in data.get("worked", [])]
    left, owed = int(data.get("left_quarters", 0)), max(0, int(data.get("owed_quarters", 0)))
    remaining, perimeter = str(data.get("remaining", "")), str(data.get("perimeter", ""))
    texts = event.author, event.at, event.text, remaining, perimeter
    return KeptReport(ticket, seq, *texts, bool(data.get("interim")), worked, left, owed, data)


def report_file(tx: Tx, number: int, seq: int, lang: str = "fr") -> bytes:
    """The same as PDF, the same bytes each time. A report that kept its line in French alone has it in English by the
    line's present name."""
    seen = see_report(tx, number, seq)
    english = {each.label: each.label_en for each in tx.settings.catalogue}
    kept = {"item_en": english.get(str(seen.kept.get("item"))), **seen.kept}
    return report_pdf(number, seen.at, seen.author, seen.done, kept, tx.settings.zone, lang)


def _worked(kept: dict[str, Any]) -> Worked:
    stretches = tuple(
        Stretch(datetime.fromisoformat(each[0]), datetime.fromisoformat(each[1]), each[2], "")
        for each in kept["stretches"]
    )
    day = date.fromisoformat(kept["day"])
    borne = tuple((int(minutes), str(reason)) for minutes, reason in kept.get("borne", ()))
    return Worked(kept["technician"], day, stretches, kept["minutes"], kept["consumed_quarters"], borne)
