"""`config/calendar.toml`: the booklet's desk, and how a wrong file is refused."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sla.calendar import BusinessCalendar, CalendarFileError

CONFIG = Path(__file__).parents[2] / "config" / "calendar.toml"
PARIS = ZoneInfo("Europe/Paris")


def written(folder: Path, text: str) -> Path:
    path = folder / "calendar.toml"
    path.write_text(text, encoding="utf-8")
    return path


def hours(desk: BusinessCalendar, day: date) -> list[str]:
    return [f"{start:%H:%M}-{end:%H:%M}" for start, end in desk.hours_of(day)]


def test_the_configuration_is_the_booklet_s_desk() -> None:
    """Booklet, Le service support: 35 hours a week, closed on public holidays."""
    desk = BusinessCalendar.load(CONFIG)
    week = desk.between(datetime(2026, 6, 1, tzinfo=PARIS), datetime(2026, 6, 8, tzinfo=PARIS))
    assert week.total_seconds() == 35 * 3600
    assert hours(desk, date(2026, 6, 2)) == ["09:00-12:30", "13:30-17:00"]
    assert not desk.open_day(date(2026, 7, 14))


def test_its_commented_examples_can_be_uncommented(tmp_path: Path) -> None:
    text = CONFIG.read_text(encoding="utf-8")
    examples = text[text.index("# A bridge day") :]
    lines = [line.removeprefix("# ") if "=" in line or "[[" in line else line for line in examples.splitlines()]
    desk = BusinessCalendar.load(written(tmp_path, text + "\n".join(lines)))
    assert desk.closed_days(date(2026, 5, 15), 1) == [(date(2026, 5, 15), "Pont de l'Ascension")]
    assert hours(desk, date(2026, 6, 18)) == ["09:00-12:30"]
    assert hours(desk, date(2026, 9, 18)) == ["09:00-12:30"]
    assert hours(desk, date(2026, 12, 24)) == hours(desk, date(2027, 12, 31)) == ["09:00-12:00"]
    assert hours(desk, date(2026, 11, 21)) == ["09:00-12:00"]


def test_a_closure_s_days_are_midnights_of_the_stated_zone_the_last_included(tmp_path: Path) -> None:
    text = """zone = "Europe/Paris"
[weekly]
sun = ["00:00-24:00"]
[[closures]]
first_day = 2026-10-25
last_day = 2026-10-25
label = "Travaux"
"""
    desk = BusinessCalendar.load(written(tmp_path, text))
    stretch = desk.explain(datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC))
    assert [(told.label, told.seconds) for told in stretch] == [("Travaux", 25 * 3600)]


def test_all_mistakes_are_told_at_once_by_file_line_and_key(tmp_path: Path) -> None:
    text = """zone = "Europe/Pari"
regio = 1

[weekly]
mon = ["09:00-12:30", "12:00-17:00"]
lundi = []
tue = ["9h-17h"]

[holidays]
region = "GES"

[[closures]]
first_day = 2026-05-15

[[closures]]
start = 2026-06-18T17:00:00
end = 2026-06-18T13:30:00
label = "Séminaire"

[[special_hours]]
day = "2026-12-24"
hours = "09:00-12:00"
"""
    path = written(tmp_path, text)
    with pytest.raises(CalendarFileError) as refused:
        BusinessCalendar.load(path)
    assert [(mistake.line, mistake.key) for mistake in refused.value.mistakes] == [
        (1, "zone"),
        (2, "regio"),
        (5, "weekly.mon"),
        (6, "weekly.lundi"),
        (7, "weekly.tue"),
        (10, "holidays.region"),
        (12, "closures[0].label"),
        (15, "closures[1]"),
        (21, "special_hours[0].day"),
        (22, "special_hours[0].hours"),
    ]
    assert all(mistake.file == str(path) for mistake in refused.value.mistakes)
    assert "« GES »".replace(" ", "\u00a0") in refused.value.french
    assert f"{path}:2: regio: Unknown key" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("zone = Europe/Paris", 1),
        ("zone = 'Europe/Paris'\nzone = 'UTC'", 2),
        ("zone = 'Europe/Paris'\n[weekly]\n", 2),
        ("[weekly]\nmon = ['09:00-17:00']", 1),
        ("zone = 3\nweekly = 4", 1),
        ("zone = 'UTC'\nclosures = 4\n[weekly]\nmon = ['09:00-17:00']", 2),
        ("zone = 'UTC'\n[weekly]\nmon = [9]", 3),
        ("zone = 'UTC'\n[weekly]\nmon = ['09:00-17:00']\n[holidays]\ngood_friday = 'no'", 5),
        ("zone = 'UTC'\n[weekly]\nmon = ['09:00-17:00']\n[[openings]]\nstart = 2026-01-01\nlabel = 'x'", 4),
    ],
)
def test_a_wrong_file_is_refused_at_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(CalendarFileError) as refused:
        BusinessCalendar.load(written(tmp_path, text))
    assert refused.value.mistakes[0].line == line


def test_a_file_whose_desk_never_opens_or_that_is_missing_is_refused_alike(tmp_path: Path) -> None:
    closed = "[[closures]]\nfirst_day = 2026-01-01\nlast_day = 2029-01-01\nlabel = 'x'"
    with pytest.raises(CalendarFileError):
        BusinessCalendar.load(written(tmp_path, f"zone = 'UTC'\n[weekly]\nmon = ['09:00-17:00']\n{closed}"))
    with pytest.raises(CalendarFileError):
        BusinessCalendar.load(tmp_path / "nowhere.toml")
