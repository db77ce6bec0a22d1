"""What the calendar refuses: every error is a `ValueError` that carries the offending value and two sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


class CalendarError(ValueError):
    """A refusal. `value` is what was given; `str()` is the English sentence, `.french` the French one."""

    english: ClassVar[str] = "The calendar refuses {value}."
    french_rule: ClassVar[str] = "Le calendrier refuse {value}."

    def __init__(self, value: object) -> None:
        self.value = value
        super().__init__(self.english.format(value=_shown(value)))

    @property
    def french(self) -> str:
        """The same sentence in French."""
        return self.french_rule.format(value=_shown(value=self.value))


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= 120 else text[:117] + "…"


class NaiveInstant(CalendarError):
    """An instant without an offset, or something that is no instant at all."""

    english = "“{value}” is not an instant with its offset from UTC."
    french_rule = "« {value} » n’est pas un instant avec son décalage horaire."


class WrongAmount(CalendarError):
    english = "“{value}” is not an amount of working time (a timedelta)."
    french_rule = "« {value} » n’est pas une durée ouvrée."


class UnknownZone(CalendarError):
    english = "“{value}” is not the name of a time zone, such as Europe/Paris."
    french_rule = "« {value} » n’est pas le nom d’un fuseau horaire, tel que Europe/Paris."


class UnknownWeekday(CalendarError):
    english = "“{value}” is not a day of the week: mon, tue, wed, thu, fri, sat or sun."
    french_rule = "« {value} » n’est pas un jour de la semaine : mon, tue, wed, thu, fri, sat ou sun."


class WrongHours(CalendarError):
    """Hours that are no pair of times from 00:00 to 24:00, or that begin and end at the same time."""

    english = "“{value}” are not opening hours, such as 09:00 to 12:30."
    french_rule = "« {value} » ne sont pas des heures d’ouverture, telles que 09:00 à 12:30."


class WrongDate(CalendarError):
    english = "“{value}” is not a date."
    french_rule = "« {value} » n’est pas une date."


class WrongPeriod(CalendarError):
    """A closure, opening or absence that is no (start, end, label), or doesn't end after its start."""

    english = "“{value}” is not a period with a start, a later end and a label."
    french_rule = "« {value} » n’est pas une période avec un début, une fin postérieure et un libellé."


class UnknownRegion(CalendarError):
    english = "“{value}” is not a holiday region: metropole, 57 or 6AE (Alsace-Moselle)."
    french_rule = "« {value} » n’est pas une région de jours fériés : metropole, 57 ou 6AE (Alsace-Moselle)."


class WrongYears(CalendarError):
    """The solidarity day is neither every year, nor none, nor a list of years from 1900 to 2100."""

    english = "“{value}” is neither true, nor false, nor a list of years."
    french_rule = "« {value} » n’est ni true, ni false, ni une liste d’années."


class WrongFeed(CalendarError):
    """Bytes that are no iCalendar file (RFC 5545) at all."""

    english = "The file is not an iCalendar file (.ics): {value}."
    french_rule = "Le fichier n’est pas un fichier iCalendar (.ics), ou il est coupé : exportez-le de nouveau."


class NoSingleDesk(CalendarError):
    """A calendar made of several, or cut by absences, can't be written down as one desk's rules."""

    english = "This calendar ({value}) is made of others: there is no one desk to write down."
    french_rule = "Ce calendrier ({value}) est composé d’autres : aucun support unique n’est à écrire."


class YearOutOfReach(CalendarError):
    """A year that the calendar doesn't know: its public holidays aren't known, or it is absurd."""

    english = "The calendar knows nothing about the year {value}."
    french_rule = "Le calendrier ne connaît pas l’année {value}."


class NeverOpen(CalendarError):
    """More than 400 days without an opening. `value` is the day on which the desk closes, or the weekly hours."""

    english = "The desk would not open for more than 400 days: {value}."
    french_rule = "Le support n’ouvrirait pas pendant plus de 400 jours : {value}."


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake of a file: where, and a sentence in each language. `key` is a path such as `closures[2].end`."""

    file: str
    line: int
    key: str
    message_fr: str
    message_en: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.message_en}"


class CalendarFileError(CalendarError):
    """A calendar file with mistakes; all of them are in `mistakes`, in the order of the file."""

    def __init__(self, file: str, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = list(mistakes)
        ValueError.__init__(self, "\n".join(str(mistake) for mistake in mistakes))
        self.value = file

    @property
    def french(self) -> str:
        """One line a mistake."""
        return "\n".join(f"{found.file}:{found.line}: {found.key} : {found.message_fr}" for found in self.mistakes)
