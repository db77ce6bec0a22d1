"""An edit of the calendar with all that it would change, in one transaction that writes nothing; and which editions
there were."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from sla.calendar import BusinessCalendar, CalendarError, closures_from_ics
from sla.desk.calendar_edits import AddPeriod, CalendarEdit, Data, Several, edited
from sla.desk.calendar_typed import Typed, edit_typed
from sla.desk.edit_calendar import current_data
from sla.desk.impact import Impact, impact_of
from sla.desk.office import Tx
from sla.desk.typed import instant_typed
from sla.errors import Both, Invalid, Missing, Refused
from sla.store.tables import CalendarVersion

LARGEST_FILE = 200_000  # bytes
MOST_CLOSURES = 200
AHEAD = timedelta(days=730)
"""How far the closures of a file are taken."""
SHOWN = 50

Unused = tuple[str, str]
"""An event of a file that gives no closure: its name, and why (French)."""


class BadFile(Refused):
    code = "bad_file"
    fr = "Ce fichier ne peut pas servir : {why}."
    en = "This file can’t be used: {why}."

    def __init__(self, french: str, english: str) -> None:
        super().__init__("file", why=Both(french, english))


@dataclass(frozen=True, slots=True)
class Previewed:
    """`number`, `data`: the edition in force, that it would edit. `before`, `after`: the calendar as it is and as it
    would be."""

    edit: CalendarEdit
    number: int
    data: Data
    before: BusinessCalendar
    after: BusinessCalendar
    impact: Impact
    unused: Sequence[Unused] = ()


@dataclass(frozen=True, slots=True)
class InForce:
    """`number` 0: the file's, never edited. `editions`: the latest, the newest first."""

    number: int
    data: Data
    hours: BusinessCalendar
    editions: Sequence[CalendarVersion]


def editions_kept(tx: Tx) -> InForce:
    number, data = current_data(tx)
    latest = select(CalendarVersion).order_by(CalendarVersion.number.desc()).limit(SHOWN)
    return InForce(number, data, tx.hours, tx.session.scalars(latest).all())


def previewed(tx: Tx, edit: CalendarEdit, unused: Iterable[Unused] = ()) -> Previewed:
    number, data = current_data(tx)
    new = edited(data, edit)[1]
    return Previewed(edit, number, data, tx.hours, tx.hours.until(tx.now, new), impact_of(tx, new), tuple(unused))


def preview_typed(tx: Tx, kind: str, typed: Typed) -> Previewed:
    """Of a form; see `edit_typed`."""
    return previewed(tx, edit_typed(tx, kind, typed))


def preview_file(tx: Tx, file: bytes) -> Previewed:
    """Of the closures of an .ics file that are still to come and aren't there yet, saved as one edition."""
    if not file:
        raise Missing("file", label=Both("Fichier", "File"), rule=Both("choisissez un fichier", "choose a file"))
    if len(file) > LARGEST_FILE:
        raise BadFile("il dépasse 200 ko", "it is larger than 200 kB")
    try:
        found = closures_from_ics(file, tx.settings.zone.key, last=(tx.now + AHEAD).date())
    except CalendarError as error:
        raise BadFile(error.french.rstrip("."), str(error).rstrip(".")) from error
    unused = [((each.summary or each.uid or "Sans titre")[:120], each.message_fr) for each in found.unusable]
    given = tx.hours.given_within(tx.now, tx.now + AHEAD)
    known = {(period.start, period.end) for kind, period in given if kind == "closure"}
    new: list[AddPeriod] = []
    for start, end, label in found.closures:
        name = " ".join(str(label).split())[:120]
        if end <= tx.now:
            unused.append((name, "Elle est passée : rien ne change avant maintenant."))
        elif (int(start.timestamp()), int(end.timestamp())) in known:
            unused.append((name, "Elle est déjà au calendrier."))
        else:
            new.append(AddPeriod("closures", start, end, name))
    if not new:
        raise BadFile(f"aucune fermeture à ajouter{_told(unused)}", f"no closure to add{_told(unused)}")
    if len(new) > MOST_CLOSURES:
        raise BadFile(f"plus de {MOST_CLOSURES} fermetures", f"more than {MOST_CLOSURES} closures")
    return previewed(tx, Several(new), unused)


def _told(unused: Sequence[Unused]) -> str:
    shown = [f"« {name} », {why[:1].lower()}{why[1:].rstrip('.')}" for name, why in unused[:10]]
    return f" ({' ; '.join(shown)}{' …' if len(unused) > len(shown) else ''})" if shown else ""


def repairs_typed(tx: Tx, chosen: Mapping[int, tuple[str, str]]) -> dict[int, datetime | None]:
    """By appointment: « cancel », « other » and the desk's time as typed, or an instant that was proposed."""
    reproaches: list[Refused] = []
    read: dict[int, datetime | None] = {}
    for appointment, (choice, other) in chosen.items():
        at = other if choice == "other" else choice
        try:
            read[appointment] = None if choice == "cancel" else instant_typed(tx, f"repairs.{appointment}", at)
        except Refused as refused:
            reproaches.append(refused)
    if reproaches:
        raise Invalid(reproaches)
    return read
