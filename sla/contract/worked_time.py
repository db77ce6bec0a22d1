"""Typed time → whole minutes: « 105 », « 1,75 », « 1h45 » are the same hour and three quarters."""

import re
from fractions import Fraction
from typing import ClassVar

LONGEST = 1440
"""Minutes in one entry: an entry is the work of one day."""

_HOUR = 60
_LONGEST_SHOWN = 60

_SPACES = " \u00a0\u202f"
_MINUTES = re.compile(r"([0-9]{1,15})(?:[ \u00a0\u202f]?(?:min|mn))?")
_DECIMAL_HOURS = re.compile(r"([0-9]{1,15})[.,]([0-9]{1,4})(?:[ \u00a0\u202f]?h)?")
_HOURS = re.compile(r"([0-9]{1,15})[ \u00a0\u202f]?h(?:[ \u00a0\u202f]?([0-9]{1,2})(?:[ \u00a0\u202f]?(?:min|mn))?)?")


class BadDuration(ValueError):
    """A duration that can't be kept; `value` is what came, `str()` the English sentence, `.french` the French one."""

    english: ClassVar[str] = "“{value}” is not a duration."
    french_rule: ClassVar[str] = "« {value} » n’est pas une durée."

    def __init__(self, value: object) -> None:
        self.value = value
        super().__init__(self.english.format(value=_shown(value)))

    @property
    def french(self) -> str:
        """The same sentence in French."""
        return self.french_rule.format(value=_shown(self.value))


class UnreadableDuration(BadDuration):
    """Neither whole minutes, nor decimal hours, nor hours and minutes."""

    english = "“{value}” is not a duration: type minutes (105), decimal hours (1,75) or hours and minutes (1h45)."
    french_rule = (
        "« {value} » n’est pas une durée\u00a0: tapez des minutes (105), des heures décimales (1,75) "
        "ou des heures et minutes (1h45)."
    )


class NotPositive(BadDuration):
    """Zero or less."""

    english = "“{value}” is not a duration above zero."
    french_rule = "« {value} » n’est pas une durée supérieure à zéro."


class TooLong(BadDuration):
    """More than the 24 hours of a day."""

    english = "“{value}” is more than 24 hours, the most that one entry can hold."
    french_rule = "« {value} » dépasse 24 heures, le plus qu’une saisie puisse contenir."


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def parse_worked(text: str, longest: int = LONGEST) -> int:
    """Minutes of real work from what a person typed: an integer is minutes, a decimal is hours, « 1 h 45 » is itself.

    Decimal hours go to the nearest minute, half a minute up: two decimals can't say 20 minutes but by « 0,33 ».
    Only the ASCII digits count, and no sign, exponent or thousands separator. Raises a BadDuration.
    """
    typed = text.strip(_SPACES)
    if typed.startswith(("-", "\u2212")):
        raise NotPositive(text)
    exact = _exact(typed.lower())
    if exact is None:
        raise UnreadableDuration(text)
    return _bounded(text, int(exact + Fraction(1, 2)), longest)


def checked_minutes(value: object) -> int:
    """The same bounds for minutes that come as a JSON number: an int and nothing that merely looks like one."""
    if type(value) is not int:
        raise UnreadableDuration(value)
    return _bounded(value, value, LONGEST)


def _exact(typed: str) -> Fraction | None:
    if minutes := _MINUTES.fullmatch(typed):
        return Fraction(int(minutes[1]))
    if decimal := _DECIMAL_HOURS.fullmatch(typed):
        return Fraction(f"{decimal[1]}.{decimal[2]}") * _HOUR
    hours = _HOURS.fullmatch(typed)
    if hours is None or int(hours[2] or 0) >= _HOUR:
        return None
    return Fraction(_HOUR * int(hours[1]) + int(hours[2] or 0))


def _bounded(value: object, minutes: int, longest: int) -> int:
    if minutes <= 0:
        raise NotPositive(value)
    if minutes > longest:
        raise TooLong(value)
    return minutes
