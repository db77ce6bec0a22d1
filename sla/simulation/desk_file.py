"""A simulated desk written down in a file, with every mistake at once; see bench/desks/."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sla.calendar import BusinessCalendar
from sla.contract.config_table import MISSING, ConfigTable
from sla.contract.mistakes import ConfigFile
from sla.queue.jobs import Hand
from sla.simulation.capacity import capacity
from sla.simulation.simulated_desk import Arrivals, Line, Severity, SimulatedDesk, Stress, Work

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
WEEK_S = 5 * 7 * 3600.0
SHORTEST, MOST_MINUTES = 0.1, 100_000.0


def read_simulated_desk(path: Path) -> SimulatedDesk:
    """Raises ConfigError with every mistake of the file."""
    file = ConfigFile.read(path)
    top = ConfigTable(file)
    calendar = _calendar(top.table("hours"))
    hands = _hands(top)
    work = top.table("work")
    sigma = number(work, "resolution_sigma", 0, 5)
    lines = _lines(top.table("lines"), sigma)
    severities = _severities(top.table("severities"))
    stress = _stress(top.table("stress"))
    desk = SimulatedDesk(
        calendar,
        hands,
        lines,
        severities,
        Work(minutes(work, "first_response_minutes", SHORTEST), number(work, "first_response_sigma", 0, 5)),
        number(work, "needs_resolution", 0, 1),
        number(work, "waits", 0, 1),
        minutes(work, "wait_minutes"),
        Arrivals(0.0, (), ()),
        stress,
        number(work, "resolution_weight", 0, 100),
        minutes(work, "hand_over_minutes"),
    )
    work.close()
    arrivals = top.table("arrivals")
    shares = numbers(arrivals, "weekday_share", 7), numbers(arrivals, "hour_share", 24)
    by_load = arrivals.has("load")
    said = number(arrivals, "load" if by_load else "per_week", 0, 5 if by_load else 1e6)
    arrivals.close()
    top.close()
    file.finish()
    for line in lines:
        if not any(hand.pace(line.code, line.skill) for hand in hands):
            top.mistake("lines", f"personne ne maîtrise « {line.code} »")
    file.finish()
    return replace(desk, arrivals=Arrivals(said * capacity(desk, WEEK_S) if by_load else said, *shares))


def _calendar(table: ConfigTable) -> BusinessCalendar:
    zone, spans = table.text("zone"), table.take("weekdays")
    table.close()
    try:
        return BusinessCalendar(zone, dict.fromkeys(WORKDAYS, [] if spans is MISSING else spans))
    except ValueError as error:
        table.mistake("weekdays", str(error))
        return BusinessCalendar("Europe/Paris", {"mon": [("09:00", "17:00")]})


def _hands(top: ConfigTable) -> list[Hand]:
    found = []
    for count, table in enumerate(top.tables("technicians"), 1):
        table.text("name")
        skills = table.table("skills")
        found.append(Hand(count, {key: number(skills, key, 1, 100) for key in skills.data}))
        table.close()
    return found


def _lines(table: ConfigTable, sigma: float) -> list[Line]:
    found = []
    for code in table.data:
        line = table.table(code)
        found.append(Line(code, code, number(line, "share", 0, 1e6), Work(minutes(line, "minutes", SHORTEST), sigma)))
        line.close()
    _shared(table, found)
    return found


def _severities(table: ConfigTable) -> list[Severity]:
    found = []
    for code in table.data:
        line = table.table(code)
        share, weight = number(line, "share", 0, 1e6), number(line, "weight", 0, 1e6)
        targets = [round(minutes(line, key)) for key in ("first_response", "resolution")]
        more = [round(minutes(line, key)) if line.has(key) else None for key in ("next_response", "workaround")]
        found.append(Severity(code, share, weight, *targets, *more))
        line.close()
    _shared(table, found)
    return found


def _shared(table: ConfigTable, found: Sequence[Line] | Sequence[Severity]) -> None:
    if not any(each.share for each in found):
        table.mistake("", "au moins une part doit être au-dessus de zéro")


def _stress(table: ConfigTable) -> Stress:
    found = Stress(
        number(table, "absence_chance", 0, 1),
        _days(table),
        table.integer("absences_at_once", 0, 1000),
        1 / number(table, "burst_every_days", 1, 1e6),
        table.integer("burst_tickets", 0, 10_000),
        minutes(table, "burst_minutes"),
    )
    table.close()
    return found


def _days(table: ConfigTable) -> tuple[int, ...]:
    """As long as absences last, one at least."""
    found = table.whole_numbers("absence_days", 1, 250)
    if not table.data.get("absence_days"):
        table.mistake("absence_days", "au moins une durée d’absence est attendue")
    return found or (1,)


def number(table: ConfigTable, key: str, least: float, most: float) -> float:
    """A number between two bounds, both allowed."""
    value: Any = table.take(key)
    if value is MISSING:
        return max(least, 1.0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        table.mistake(key, f"un nombre entre {least:g} et {most:g} est attendu, pas {value}")
        return max(least, 1.0)
    return float(value)


def minutes(table: ConfigTable, key: str, least: float = 0.0) -> float:
    """Minutes as seconds."""
    return 60 * number(table, key, least, MOST_MINUTES)


def numbers(table: ConfigTable, key: str, count: int) -> tuple[float, ...]:
    value: Any = table.take(key)
    if not isinstance(value, list) or len(value) != count or not all(_share(each) for each in value) or not any(value):
        table.mistake(key, f"{count} nombres positifs ou nuls sont attendus, l’un au moins au-dessus de zéro")
        return (1.0,) * count
    return tuple(float(each) for each in value)


def _share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9
