"""What people type, checked field by field: every mistake of a form is found before anything is refused."""

import re
import unicodedata
from collections.abc import Collection
from datetime import UTC, date, datetime

from sla.contract.worked_time import BadDuration as Unreadable
from sla.contract.worked_time import checked_minutes, parse_worked
from sla.desk.field_labels import label, missing
from sla.desk.office import Tx
from sla.desk.secret_words import gives_secret
from sla.errors import BadDuration, BadInstant, BadText, Both, Invalid, Refused, Secret, TooLong, UnfitInstant, Unknown

TITLE, LINE, BODY = 200, 120, 20_000
REACH_DAYS = 3653

NO_SUCH_TIME = Both(
    "cette heure n’existe pas ce jour-là (changement d’heure)", "that time does not exist on that day (clocks change)"
)
NO_SUCH_DATE = Both("cette date n’existe pas", "that date does not exist")
NO_SUCH_HOUR = Both("cette heure n’existe pas, elles vont de 00:00 à 23:59", "there is no such time, 00:00 to 23:59")
TOO_FAR = Both("c’est à plus de dix ans d’ici", "that is more than ten years away")
A_DATE = Both("écrivez une date, par exemple 2026-11-24", "write a date, for instance 2026-11-24")
DATE_AND_TIME = Both(
    "écrivez une date et une heure, par exemple 2026-11-24T14:00",
    "write a date and a time, for instance 2026-11-24T14:00",
)
ALLOWED_CONTROLS = "\n\t"
BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs that show nothing."""
WRITTEN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WRITTEN_INSTANT = re.compile(WRITTEN_DAY.pattern + r"[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?")
INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")


class Reading:
    """Collects reproaches; `finish()` raises one of them, or `Invalid` with all."""

    def __init__(self) -> None:
        self.reproaches: list[Refused] = []

    def text(self, field: str, value: object, limit: int = BODY, *, required: bool = True) -> str:
        """Trimmed, line ends unified, NFC; control characters and direction overrides are refused."""
        if not isinstance(value, str):
            value = "" if value is None else str(value)
        clean = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
        bad = next((c for c in clean if _unkeepable(c)), None)
        if bad is not None:
            self.reproaches.append(BadText(field, label=label(field), value=f"U+{ord(bad):04X}"))
        elif required and not any(c.isprintable() and not c.isspace() and c not in BLANK for c in clean):
            self.reproaches.append(missing(field))
        elif len(clean) > limit:
            self.reproaches.append(TooLong(field, label=label(field), length=len(clean), limit=limit))
        return clean

    def line(self, field: str, value: object, limit: int = LINE, *, required: bool = True) -> str:
        """A text on one line."""
        return " ".join(self.text(field, value, limit, required=required).split())

    def choice(self, field: str, value: object, choices: Collection[str]) -> str:
        if not value:
            self.reproaches.append(missing(field))
            return ""
        if not isinstance(value, str) or value not in choices:
            shown = str(value)[:60]
            self.reproaches.append(Unknown(field, label=label(field), value=shown, choices=", ".join(sorted(choices))))
            return ""
        return value

    def no_secret(self, field: str, value: str) -> None:
        """A note that gives a password is refused: the booklet's code SUPERVISEUR must be ready, never written."""
        if gives_secret(value):
            self.reproaches.append(Secret(field, label=label(field)))

    def finish(self) -> None:
        if len(self.reproaches) == 1:
            raise self.reproaches[0]
        if self.reproaches:
            raise Invalid(self.reproaches)


def _unkeepable(char: str) -> bool:
    if char in ALLOWED_CONTROLS:
        return False
    return unicodedata.category(char) in ("Cc", "Cs", "Cn") or INVISIBLE.match(char) is not None


def one_text(field: str, value: object, limit: int = BODY) -> str:
    """A single required text."""
    reading = Reading()
    clean = reading.text(field, value, limit)
    reading.finish()
    return clean


def searchable(*texts: str) -> str:
    """Lower case without accents, for a search column: the database folds ASCII only."""
    joined = unicodedata.normalize("NFKD", " ".join(texts)).casefold()
    return "".join(c for c in joined if not unicodedata.combining(c))


def instant_typed(tx: Tx, field: str, value: object) -> datetime:
    """An RFC 3339 instant with its offset, or a form's local `2026-11-24T14:00`, read in the desk's zone."""
    read = value if isinstance(value, datetime) else _parsed(field, value)
    within_reach(tx, field, read.date())
    if read.tzinfo is None:
        read = read.replace(tzinfo=tx.settings.zone)
        back = read.astimezone(UTC).astimezone(tx.settings.zone)
        if back.replace(tzinfo=None) != read.replace(tzinfo=None):
            raise UnfitInstant(field, value=value, rule=NO_SUCH_TIME)
    return read.astimezone(UTC)


def within_reach(tx: Tx, field: str, day: date) -> date:
    """A date within ten years of now, either way: beyond, it is a slip, or years that no holiday is known of."""
    if abs((day - tx.now.date()).days) > REACH_DAYS:
        raise UnfitInstant(field, value=day.isoformat(), rule=TOO_FAR)
    return day


def day_typed(tx: Tx, field: str, value: object) -> date:
    """A date as a form sends it, `2026-11-24`, within reach."""
    if isinstance(value, date):
        return within_reach(tx, field, value)
    text = _given(field, value)
    if not WRITTEN_DAY.fullmatch(text):
        raise BadInstant(field, value=text[:60], rule=A_DATE)
    return within_reach(tx, field, _existing(field, text))


def _parsed(field: str, value: object) -> datetime:
    text = _given(field, value)
    if not WRITTEN_INSTANT.fullmatch(text):
        raise BadInstant(field, value=text[:60], rule=DATE_AND_TIME)
    _existing(field, text)
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise UnfitInstant(field, value=text, rule=NO_SUCH_HOUR) from error


def _given(field: str, value: object) -> str:
    text = str(value).strip()
    if not text:
        raise missing(field)
    return text


def _existing(field: str, text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise UnfitInstant(field, value=text, rule=NO_SUCH_DATE) from error


def typed_minutes(value: int | str) -> int:
    """Minutes from a JSON integer or a person's text; BadDuration names the value and what would do."""
    if isinstance(value, str) and not value.strip():
        raise missing("minutes")
    try:
        return parse_worked(value) if isinstance(value, str) else checked_minutes(value)
    except Unreadable as error:
        raise BadDuration("minutes", value=str(value)[:60], rule=Both(error.french, str(error))) from error
