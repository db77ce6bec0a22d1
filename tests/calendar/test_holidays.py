"""French public holidays: the State's official dates for metropolitan France and Alsace-Moselle."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sla.calendar import BusinessCalendar, FrenchHolidays, UnknownRegion, YearOutOfReach

OFFICIAL = json.loads(Path(__file__).with_name("official_holidays.json").read_text(encoding="utf-8"))
DESK = {day: [("09:00", "12:30"), ("13:30", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}


def official(area: str, year: str) -> set[date]:
    return {date.fromisoformat(f"{year}-{day}") for day in OFFICIAL[area][year]}


@pytest.mark.parametrize("year", OFFICIAL["metropole"])
def test_metropolitan_dates_are_the_official_ones(year: str) -> None:
    assert set(FrenchHolidays("metropole").of(int(year))) == official("metropole", year)


@pytest.mark.parametrize("code", ["57", "6AE"])
@pytest.mark.parametrize("year", OFFICIAL["alsace-moselle"])
def test_both_codes_of_alsace_moselle_have_its_official_dates(year: str, code: str) -> None:
    assert set(FrenchHolidays(code).of(int(year))) == official("alsace-moselle", year)


@pytest.mark.parametrize("code", ["57", "6AE"])
def test_good_friday_is_a_choice_of_the_site(code: str) -> None:
    without = set(FrenchHolidays(code, good_friday=False).of(2026))
    assert set(FrenchHolidays(code).of(2026)) - without == {date(2026, 4, 3)}


def test_whit_monday_may_be_the_day_of_solidarity_on_which_the_desk_works() -> None:
    worked = BusinessCalendar("Europe/Paris", DESK, FrenchHolidays(whit_monday_worked=True))
    assert worked.open_day(date(2026, 5, 25))
    assert not BusinessCalendar("Europe/Paris", DESK, FrenchHolidays()).open_day(date(2026, 5, 25))


def test_holidays_bear_their_french_names_and_two_on_one_day_both() -> None:
    assert FrenchHolidays().of(2026)[date(2026, 1, 1)] == "Jour de l’an"
    assert FrenchHolidays().of(2008)[date(2008, 5, 1)] == "Ascension et Fête du Travail"


def test_ges_is_no_code() -> None:
    with pytest.raises(UnknownRegion) as refused:
        FrenchHolidays("GES")
    assert refused.value.value == "GES"


def test_years_whose_holidays_are_not_known_are_refused_loudly() -> None:
    """The package answers with no holiday at all after 2100; a deadline then would be silently early."""
    calendar = BusinessCalendar("Europe/Paris", DESK, FrenchHolidays())
    assert calendar.is_open(datetime(2100, 12, 31, 9, tzinfo=UTC))
    with pytest.raises(YearOutOfReach) as refused:
        calendar.is_open(datetime(2101, 1, 3, 9, tzinfo=UTC))
    assert refused.value.value == 2101
    with pytest.raises(YearOutOfReach):
        calendar.next_opening(datetime(2100, 12, 31, 16, tzinfo=UTC))
