"""French public holidays: the State's official dates for metropolitan France and Alsace-Moselle."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from holidays.countries.france import France

from sla.calendar import (
    BusinessCalendar,
    FrenchHolidays,
    NeverOpen,
    UnknownRegion,
    WrongDate,
    WrongHours,
    WrongYears,
    YearOutOfReach,
    bridge_label,
)
from sla.calendar.words import holiday_in_english

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


def test_the_day_of_solidarity_is_chosen_year_by_year() -> None:
    """Whit Monday is 25 May in 2026, 17 May in 2027 and 5 June in 2028."""
    worked = BusinessCalendar("Europe/Paris", DESK, FrenchHolidays(whit_monday_worked=[2026, 2028]))
    days = (date(2026, 5, 25), date(2027, 5, 17), date(2028, 6, 5))
    assert [worked.open_day(day) for day in days] == [True, False, True]


@pytest.mark.parametrize("wrong", [2026, "2026", ["2026"], [2026, 26], [True], [2101], None])
def test_a_day_of_solidarity_in_anything_but_years_is_refused(wrong: object) -> None:
    with pytest.raises(WrongYears) as refused:
        FrenchHolidays(whit_monday_worked=wrong)  # type: ignore[arg-type]  # wrong on purpose
    assert refused.value.value == wrong


def half_days(**rules: object) -> BusinessCalendar:
    eve = {"12-24": [("09:00", "12:00")], "12-31": [("09:00", "12:00")]}
    labels = {"12-24": "Veille de Noël"}
    return BusinessCalendar("Europe/Paris", DESK, yearly=eve, yearly_labels=labels, **rules)  # type: ignore[arg-type]


def hours(desk: BusinessCalendar, day: date) -> list[str]:
    return [f"{start:%H:%M}-{end:%H:%M}" for start, end in desk.hours_of(day)]


def test_24_and_31_december_are_half_days_of_every_year() -> None:
    desk = half_days()
    for year in (2026, 2029):
        assert hours(desk, date(year, 12, 24)) == hours(desk, date(year, 12, 31)) == ["09:00-12:00"]
    assert hours(desk, date(2026, 12, 23)) == ["09:00-12:30", "13:30-17:00"]


def test_yearly_hours_open_neither_a_weekend_nor_a_holiday_and_yield_to_the_hours_of_a_date() -> None:
    """24 December 2022 is a Saturday."""
    assert hours(half_days(), date(2022, 12, 24)) == []
    assert hours(half_days(holidays=[date(2026, 12, 24)]), date(2026, 12, 24)) == []
    own = half_days(overrides={date(2026, 12, 24): [("10:00", "11:00")]})
    assert hours(own, date(2026, 12, 24)) == ["10:00-11:00"]


def test_a_half_day_is_told_by_its_label() -> None:
    def told(day: int) -> list[tuple[str, str]]:
        start, end = datetime(2026, 12, day, 11, tzinfo=UTC), datetime(2026, 12, day, 17, tzinfo=UTC)
        return [(stretch.reason, stretch.label) for stretch in half_days().explain(start, end)]

    assert told(24) == [("special_hours", "Veille de Noël"), ("night", "Nuit")]
    assert told(31) == [("special_hours", "Horaires spéciaux"), ("night", "Nuit")]


@pytest.mark.parametrize("wrong", ["24-12", "2026-12-24", "02-30", "12-24 ", 1224])
def test_a_day_of_the_year_is_month_and_day(wrong: object) -> None:
    with pytest.raises(WrongDate) as refused:
        BusinessCalendar("UTC", DESK, yearly={wrong: []})  # type: ignore[dict-item]  # wrong on purpose
    assert refused.value.value == wrong
    assert BusinessCalendar("UTC", DESK, yearly={"02-29": []}).open_day(date(2027, 3, 1))


def test_yearly_hours_end_on_their_day() -> None:
    with pytest.raises(WrongHours):
        BusinessCalendar("UTC", DESK, yearly={"12-24": [("22:00", "06:00")]})


def test_a_desk_closed_every_day_of_every_year_is_refused() -> None:
    every = [date(2024, 1, 1) + timedelta(days=number) for number in range(366)]
    most: dict[str, list[tuple[str, str]]] = {f"{day:%m-%d}": [] for day in every if day.day < 29}
    assert BusinessCalendar("UTC", DESK, yearly=most).open_day(date(2026, 6, 30))
    all_days = most | {f"{day:%m-%d}": [] for day in every}
    with pytest.raises(NeverOpen):
        BusinessCalendar("UTC", DESK, yearly=all_days)


def test_bridge_days_are_proposed_between_a_holiday_and_a_weekend() -> None:
    """2026: 1 January and Ascension are Thursdays, 14 July a Tuesday; the others leave no bridge."""
    desk = BusinessCalendar("Europe/Paris", DESK, FrenchHolidays())
    assert desk.bridges(2026) == [
        (date(2026, 1, 2), "Jour de l’an"),
        (date(2026, 5, 15), "Ascension"),
        (date(2026, 7, 13), "Fête nationale"),
    ]
    assert desk.bridges(date(2026, 5, 15), date(2026, 7, 12)) == [(date(2026, 5, 15), "Ascension")]
    assert desk.bridges(date(2026, 5, 15)) == [(date(2026, 5, 15), "Ascension")]
    with pytest.raises(YearOutOfReach):
        desk.bridges(26)


def test_a_bridge_that_is_closed_already_is_not_proposed_again() -> None:
    zone = BusinessCalendar("Europe/Paris", DESK).zone
    bridge = (datetime(2026, 5, 15, tzinfo=zone), datetime(2026, 5, 16, tzinfo=zone), "Pont")
    desk = BusinessCalendar("Europe/Paris", DESK, FrenchHolidays(), closures=[bridge])
    assert date(2026, 5, 15) not in dict(desk.bridges(2026))


def test_a_day_between_two_that_are_closed_for_no_holiday_is_no_bridge() -> None:
    assert BusinessCalendar("UTC", {"tue": [("09:00", "17:00")]}, FrenchHolidays()).bridges(2026) == []


def test_a_bridge_has_its_french_name() -> None:
    assert bridge_label("Ascension") == "Pont de l’Ascension"
    assert bridge_label("Fête nationale") == "Pont du 14 juillet"
    assert bridge_label("Fête du village") == "Pont (Fête du village)"


def test_holidays_are_listed_even_those_on_a_weekend() -> None:
    desk = BusinessCalendar("Europe/Paris", DESK, FrenchHolidays())
    assert desk.holidays(date(2026, 8, 15), date(2026, 11, 11)) == [
        (date(2026, 8, 15), "Assomption"),
        (date(2026, 11, 1), "Toussaint"),
        (date(2026, 11, 11), "Armistice"),
    ]


def test_every_holiday_has_an_english_name() -> None:
    codes = [code for code in France.subdivisions if not code.startswith("Zone")]
    names = {name for code in ["metropole", *codes] for year in (1930, 1945, 1975, 2008, 2026)
             for name in FrenchHolidays(code).of(year).values()}  # fmt: skip
    assert len(names) > 20
    assert not {name for name in names if holiday_in_english(name) == name and name != "Matāri’i"}
    assert holiday_in_english("Ascension et Fête du Travail") == "Ascension Day and Labour Day"


def test_holidays_bear_their_french_names_and_two_on_one_day_both() -> None:
    assert FrenchHolidays().of(2026)[date(2026, 1, 1)] == "Jour de l’an"
    assert FrenchHolidays().of(2008)[date(2008, 5, 1)] == "Ascension et Fête du Travail"


def test_ges_is_no_code() -> None:
    with pytest.raises(UnknownRegion) as refused:
        FrenchHolidays("GES")
    assert refused.value.value == "GES"
    assert "57" in str(refused.value)
    assert "6AE" in refused.value.french
    with pytest.raises(UnknownRegion):
        FrenchHolidays("Zone A")  # of school holidays: the package knows it too


def test_years_whose_holidays_are_not_known_are_refused_loudly() -> None:
    """The package answers with no holiday at all after 2100; a deadline then would be silently early."""
    calendar = BusinessCalendar("Europe/Paris", DESK, FrenchHolidays())
    assert calendar.is_open(datetime(2100, 12, 31, 9, tzinfo=UTC))
    with pytest.raises(YearOutOfReach) as refused:
        calendar.is_open(datetime(2101, 1, 3, 9, tzinfo=UTC))
    assert refused.value.value == 2101
    with pytest.raises(YearOutOfReach):
        calendar.next_opening(datetime(2100, 12, 31, 16, tzinfo=UTC))
