"""What stands at the top of every page: the ordinary week, and what will differ from it, from now on."""

from datetime import date

import pytest

from sla.calendar import BusinessCalendar
from sla.web.opening_hours import closures, weekly_hours
from tests.worlds import paris

WEEK = {day: [("09:00", "12:30"), ("13:30", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
TUESDAY, LATE = date(2026, 11, 24), date(2027, 1, 22)


@pytest.fixture
def hours() -> BusinessCalendar:
    """Closed on Tuesday from 14:00 to 16:00, on Christmas, and on 22 January, 59 days after Tuesday."""
    shut = [
        (paris("2026-11-24 14:00"), paris("2026-11-24 16:00"), "Inventaire"),
        (paris("2027-01-22 00:00"), paris("2027-01-23 00:00"), "Travaux"),
    ]
    return BusinessCalendar("Europe/Paris", WEEK, {date(2026, 12, 25): "Noël"}, closures=shut)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("10:20", "fermé de 14\u00a0h\u00a000 à 16\u00a0h\u00a000, Inventaire"),
        ("15:10", "fermé de 15\u00a0h\u00a010 à 16\u00a0h\u00a000, Inventaire"),
        ("16:00", None),
    ],
)
def test_what_is_left_of_a_closure_is_told_as_the_day_goes_on(
    hours: BusinessCalendar, at: str, told: str | None
) -> None:
    found = dict(closures(hours, paris(f"2026-11-24 {at}")))
    assert found.get(TUESDAY) == told
    assert found[date(2026, 12, 25)] == "férié, Noël"


def test_a_closure_is_told_sixty_days_ahead(hours: BusinessCalendar) -> None:
    assert dict(closures(hours, paris("2026-11-22 23:59"))).get(LATE) is None
    assert dict(closures(hours, paris("2026-11-23 00:01")))[LATE] == "fermé, Travaux"


def test_the_week_is_told_as_most_days_keep_it(hours: BusinessCalendar) -> None:
    told = weekly_hours(hours, paris("2026-11-24 10:20")).replace("\u00a0", " ")
    assert told == "Du lundi au vendredi, 9 h 00 – 12 h 30 et 13 h 30 – 17 h 00."
    assert weekly_hours(hours, paris("2026-11-24 10:20"), "en").startswith("Monday to Friday, ")
