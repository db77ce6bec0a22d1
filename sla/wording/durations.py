"""Lengths of time, balances and counts."""

NBSP = "\u00a0"
MINUS = "\u2212"


def duration(seconds: int) -> str:
    """Working time left or overdue, always as a magnitude: « 40 min » under an hour, « 3 h 05 » beyond, in English too.

    Whole minutes, rounded down so that nothing says more than is left; something under a minute is « < 1 min ».
    """
    size = abs(seconds)
    if 0 < size < 60:
        return f"<{NBSP}1{NBSP}min"
    if size < 3600:
        return f"{size // 60}{NBSP}min"
    return hours(size)


def hours(seconds: int) -> str:
    """Time worked or counted, in columns that compare: always with its hours, « 0 h 05 », « 18 h 15 »."""
    sign = MINUS if seconds < 0 else ""
    minutes = abs(seconds) // 60
    return f"{sign}{minutes // 60}{NBSP}h{NBSP}{minutes % 60:02}"


def amount(seconds: int) -> str:
    """A target or a pack in its shortest form: « 4 h », « 30 h », « 2 h 30 », « 45 min »."""
    if seconds % 3600 == 0:
        return f"{seconds // 3600}{NBSP}h"
    return duration(seconds)


def agreed(word: str, seconds: int) -> str:
    """A French participle with the time before it, feminine as « heure » and « minute » are: « 1 h ouvrée »,
    « 1 min ouvrée », « 1 h 20 ouvrées ». `word`: the feminine singular."""
    return word if abs(seconds) // 60 in (0, 1, 60) else f"{word}s"


def quarters(n: int) -> str:
    """A number of quarter-hours as a balance: 73 is « 18 h 15 », −3 is « −0 h 45 »."""
    return hours(n * 900)


def percent(share: float, lang: str = "fr") -> str:
    """« 67 % », “67%”: the nearest, a half up; but 0 and 100 are said of nothing and of all alone, so that one broken
    promise in a thousand is not told as none."""
    nearest = int(round(share * 100, 6) + 0.5)
    if 0 < share < 1:
        nearest = min(max(nearest, 1), 99)
    elif share > 1:
        nearest = max(nearest, 101)
    return f"{nearest}%" if lang == "en" else f"{nearest}{NBSP}%"


def times_in_ten(confidence: float, lang: str = "fr") -> str:
    """A confidence in 0..1 as people hear it, « 8 fois sur 10 », rounded down: never more than was found."""
    times = int(confidence * 10 + 1e-9)
    if lang == "en":
        return f"{times}{NBSP}times out of{NBSP}10"
    return f"{times}{NBSP}fois sur{NBSP}10"


def plural(n: int, one: str, many: str, lang: str = "fr") -> str:
    """« 1 ticket », « 3 tickets ». Zero is singular in French, plural in English."""
    single = abs(n) < 2 if lang == "fr" else abs(n) == 1
    return f"{n}{NBSP}{one if single else many}"
