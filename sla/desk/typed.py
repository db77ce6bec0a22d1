"""What people type, checked field by field: every mistake of a form is found before anything is refused."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from sla.contract.worked_time import BadDuration as Unreadable
from sla.contract.worked_time import checked_minutes, parse_worked
from sla.desk.office import Tx
from sla.errors import BadDuration, BadInstant, BadText, Invalid, Missing, Refused, Secret, TooLong, Unknown

TITLE, LINE, BODY = 200, 120, 20_000

LABELS: Mapping[str, tuple[str, str]] = {
    "title": ("En une phrase", "dites en une phrase ce qui se passe"),
    "description": ("Ce que vous faites, ce que vous voyez", "décrivez ce que vous faites et ce que vous voyez"),
    "item": ("De quoi s’agit-il ?", "choisissez une ligne de la liste"),
    "severity": ("Quelle gêne ?", "dites à quel point vous êtes gêné"),
    "text": ("Message", "écrivez un message"),
    "reason": ("Raison", "dites pourquoi"),
    "perimeter": ("Périmètre", "décrivez ce que le temps estimatif couvre"),
    "name": ("Nom", "donnez un nom"),
    "email": ("Adresse électronique", "donnez une adresse"),
    "note": ("Note", "écrivez une note"),
    "label": ("Libellé", "donnez un libellé"),
    "code": ("Code", "donnez un code"),
    "minutes": ("Durée réelle", "donnez la durée du travail"),
    "technician": ("Technicien", "choisissez un technicien"),
    "level": ("Qui paie", "choisissez une couverture"),
    "condition": ("Condition", "choisissez une condition"),
}

ALLOWED_CONTROLS = "\n\t"
INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
TELLS_SECRET = re.compile(
    r"\b(mot\s+de\s+passe|mdp|password|passwd|code\s+d.acc[eè]s|code\s+superviseur)\s*(est|is|[:=])\s*\S+",
    re.IGNORECASE,
)


def label_of(field: str) -> str:
    return LABELS.get(field, (field, ""))[0]


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
            self.reproaches.append(BadText(field, label=label_of(field), value=f"U+{ord(bad):04X}"))
        elif required and not any(c.isprintable() and not c.isspace() for c in clean):
            self.reproaches.append(Missing(field, label=label_of(field), rule=LABELS.get(field, ("", "à remplir"))[1]))
        elif len(clean) > limit:
            self.reproaches.append(TooLong(field, label=label_of(field), length=len(clean), limit=limit))
        return clean

    def line(self, field: str, value: object, limit: int = LINE, *, required: bool = True) -> str:
        """A text on one line."""
        return " ".join(self.text(field, value, limit, required=required).split())

    def choice(self, field: str, value: object, choices: Collection[str]) -> str:
        if not value:
            self.reproaches.append(Missing(field, label=label_of(field), rule=LABELS.get(field, ("", "choisissez"))[1]))
            return ""
        if not isinstance(value, str) or value not in choices:
            shown = str(value)[:60]
            self.reproaches.append(
                Unknown(field, label=label_of(field), value=shown, choices=", ".join(sorted(choices)))
            )
            return ""
        return value

    def no_secret(self, field: str, value: str) -> None:
        """A note that gives a password is refused: the booklet's code SUPERVISEUR must be ready, never written."""
        if TELLS_SECRET.search(value):
            self.reproaches.append(Secret(field, label=label_of(field)))

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
    if read.tzinfo is None:
        read = read.replace(tzinfo=tx.settings.zone)
        back = read.astimezone(UTC).astimezone(tx.settings.zone)
        if back.replace(tzinfo=None) != read.replace(tzinfo=None):
            raise BadInstant(field, value=value, rule="cette heure n’existe pas ce jour-là (changement d’heure)")
    return read.astimezone(UTC)


def _parsed(field: str, value: object) -> datetime:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?", value):
        raise BadInstant(
            field, value=str(value)[:60], rule="écrivez une date et une heure, par exemple 2026-11-24T14:00"
        )
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise BadInstant(field, value=value, rule="cette date n’existe pas") from error


def typed_minutes(value: int | str) -> int:
    """Minutes from a JSON integer or a person's text; BadDuration names the value and what would do."""
    try:
        return parse_worked(value) if isinstance(value, str) else checked_minutes(value)
    except Unreadable as error:
        raise BadDuration("minutes", value=str(value)[:60], rule=error.french) from error
