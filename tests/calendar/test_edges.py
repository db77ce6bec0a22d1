"""Where one year's table ends and the next is asked for, and the first and last instants of what is open."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from sla.calendar import (
    AlwaysOpen,
    BusinessCalendar,
    FrenchHolidays,
    NaiveInstant,
    WrongHours,
    WrongPeriod,
    YearOutOfReach,
)

PARIS = ZoneInfo("Europe/Paris")
DAYS = ("mon", "tue", "wed", "thu", "fri")
SECOND = timedelta(seconds=1)


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def a_desk() -> BusinessCalendar:
    """The booklet's, new: it has no year in its table yet."""
    week = {day: [("09:00", "12:30"), ("13:30", "17:00")] for day in DAYS}
    return BusinessCalendar("Europe/Paris", week, FrenchHolidays())


def every_night() -> BusinessCalendar:
    """Every evening from 22:00 to 6:00, New Year's too."""
    return BusinessCalendar("Europe/Paris", {day: [("22:00", "06:00")] for day in (*DAYS, "sat", "sun")})


def test_what_comes_before_the_year_s_first_opening_is_of_the_year_before() -> None:
    """1 January 2026 is a holiday: before Friday 2 January at 9:00, the desk was open on 31 December."""
    desk = a_desk()
    assert desk.prev_open(paris("2026-01-02 08:00")) == paris("2025-12-31 17:00")
    assert desk.prev_opening(paris("2025-01-01 10:00")) == paris("2024-12-31 13:30")


def test_what_comes_after_the_year_s_last_closing_is_of_the_year_after() -> None:
    desk = a_desk()
    assert desk.next_opening(paris("2026-12-31 16:00")) == paris("2027-01-04 09:00")
    assert desk.next_close(paris("2028-12-29 17:00")) == paris("2029-01-02 12:30")


def test_a_span_over_new_year_is_one_whichever_year_is_asked_first() -> None:
    nights = every_night()
    assert nights.prev_opening(paris("2026-01-01 02:00")) == paris("2025-12-31 22:00")
    assert nights.next_close(paris("2027-12-31 23:00")) == paris("2028-01-01 06:00")


def test_a_span_over_new_year_counts_whole_once_both_years_are_known() -> None:
    """From 20:00 on 31 December to 1 January at midnight's end: 22:00 to 6:00, and from 22:00 on."""
    nights = every_night()
    assert nights.is_open(paris("2027-06-01 23:00"))
    assert nights.between(paris("2027-12-31 20:00"), paris("2028-01-02 00:00")) == timedelta(hours=10)


def test_before_the_first_opening_of_a_year_added_later_lies_what_lay_before_it() -> None:
    desk = a_desk()
    assert desk.is_open(paris("2026-06-02 10:00"))
    assert desk.between(paris("2024-01-01 08:00"), paris("2024-01-02 10:00")) == timedelta(hours=1)


def test_just_before_an_opening_the_desk_is_closed_and_just_before_a_closing_it_is_open() -> None:
    desk = a_desk()
    assert desk.prev_open(paris("2026-06-02 09:00")) == paris("2026-06-01 17:00")
    assert desk.prev_open(paris("2026-06-02 13:30")) == paris("2026-06-02 12:30")
    assert desk.prev_open(paris("2026-06-02 17:00")) == paris("2026-06-02 17:00")
    assert desk.prev_open(paris("2026-06-02 16:59:59.5")) == paris("2026-06-02 16:59:59.5")
    assert desk.prev_open(paris("2026-06-02 17:00:01")) == paris("2026-06-02 17:00")


def test_nothing_and_a_second_in_bulk_at_the_year_s_end() -> None:
    """31 December 2026: in the last open span of the year, and exactly at its end."""
    desk = a_desk()
    at = np.array([int(paris(f"2026-12-31 {time}").timestamp()) for time in ("16:00", "17:00")])
    opened = int(paris("2027-01-04 09:00").timestamp())
    assert desk.add_many(at[:1], 0).tolist() == [at[0]]
    assert desk.add_many(at, 0).tolist() == [at[0], opened]


def test_single_seconds_in_bulk_beside_none() -> None:
    desk = a_desk()
    noon = int(paris("2026-06-02 12:30").timestamp())
    at, amounts = np.array([noon - 1, noon, noon, noon]), np.array([1, 1, 0, -1])
    assert desk.add_many(at, amounts).tolist() == [noon, noon + 3601, noon + 3600, noon - 1]


def test_working_time_is_counted_back_over_years_not_asked_before() -> None:
    """Monday 5 January 2026 at 10:00, less 15 h: 1 h that day, 7 h on Friday, and Wednesday 31 December from 9:00 on;
    less a year of work, and back again."""
    desk = a_desk()
    assert desk.add(paris("2026-01-05 10:00"), timedelta(hours=-15)) == paris("2025-12-31 09:00")
    year = timedelta(hours=7 * 250)
    for at in (paris("2026-01-05 10:00"), paris("2020-01-06 10:00")):
        past = desk.add(at, -year)
        assert past.year < at.year
        assert desk.between(past, at) == year
        assert a_desk().add(past, year) == at


def test_a_second_used_up_at_closing_is_due_at_closing() -> None:
    desk = a_desk()
    assert desk.add(paris("2026-06-02 16:59:59"), SECOND) == paris("2026-06-02 17:00")
    assert desk.add(paris("2026-06-02 17:00"), SECOND) == paris("2026-06-03 09:00:01")


def test_both_ends_of_time_are_named() -> None:
    for at, year in ((datetime.min, "1"), (datetime.max, "9999")):
        with pytest.raises(YearOutOfReach) as refused:
            a_desk().is_open(at.replace(tzinfo=UTC))
        assert str(refused.value.value) == year


@pytest.mark.parametrize(
    "wrong", [("10:60", "12:00"), ("10:00", "24:30"), ("10:00", "24:00:01"), ("09:00:60", "10:00")]
)
def test_times_that_no_clock_shows_are_refused(wrong: tuple[str, str]) -> None:
    with pytest.raises(WrongHours):
        BusinessCalendar("UTC", {"mon": [wrong]})


@pytest.mark.parametrize("wrong", ["09:00-12:00", 5, ["09:00-12:00"], [("09:00",)], [5]])
def test_hours_that_are_no_pairs_are_refused(wrong: Any) -> None:
    with pytest.raises(WrongHours):
        BusinessCalendar("UTC", {"mon": wrong})


def test_hours_are_kept_to_the_second_and_empty_ones_are_named() -> None:
    desk = BusinessCalendar("UTC", {"mon": [("09:05:30", "12:00")]})
    assert desk.to_data()["weekly"] == {"mon": ["09:05:30-12:00"]}
    assert desk.next_opening(datetime(2026, 6, 1, tzinfo=UTC)) == datetime(2026, 6, 1, 9, 5, 30, tzinfo=UTC)
    with pytest.raises(WrongHours) as refused:
        BusinessCalendar("UTC", {"mon": [("12:00", "24:00"), ("24:00", "12:00")]})
    assert refused.value.value == "24:00–12:00"


def test_a_period_is_two_instants_and_a_text() -> None:
    start, end = datetime(2026, 6, 2, tzinfo=UTC), datetime(2026, 6, 3, tzinfo=UTC)
    wrongs: list[Any] = [(start, end, 5), (start, "demain", "Travaux"), ("hier", end, "Travaux"), (start, end), "non"]
    for wrong in wrongs:
        with pytest.raises(WrongPeriod):
            AlwaysOpen().without([wrong])


def test_hours_of_a_date_or_of_every_year_without_a_name_are_special_hours() -> None:
    week, morning = {"thu": [("09:00", "17:00")]}, [("09:00", "12:00")]
    noon = datetime(2026, 12, 24, 12, tzinfo=UTC)
    for desk in (
        BusinessCalendar("UTC", week, yearly={"12-24": morning}),
        BusinessCalendar("UTC", week, overrides={date(2026, 12, 24): morning}),
    ):
        assert [told.label for told in desk.explain(noon, noon + timedelta(hours=1))] == ["Horaires spéciaux"]


def test_what_is_no_instant_is_named_even_where_it_is_an_amount() -> None:
    desk = a_desk()
    with pytest.raises(NaiveInstant) as refused:
        desk.between(paris("2026-06-02 09:00"), SECOND)  # type: ignore[arg-type]
    assert refused.value.value == SECOND


def test_two_desks_meet_in_the_years_that_both_know() -> None:
    """French holidays are known until 2100; desks in two zones don't begin their years at one instant."""
    week = {"fri": [("09:00", "17:00")]}
    french, anyone = BusinessCalendar("Europe/Paris", week, FrenchHolidays()), BusinessCalendar("Europe/Paris", week)
    there = BusinessCalendar("America/New_York", week, FrenchHolidays())
    for pair in (french.meet(anyone), anyone.meet(french)):
        assert pair.open_day(date(2100, 6, 4))
        with pytest.raises(YearOutOfReach):
            pair.open_day(date(2101, 6, 3))
    assert anyone.meet(there).open_day(date(2099, 6, 5))
    with pytest.raises(YearOutOfReach):
        anyone.meet(there).open_day(date(2100, 6, 4))


def test_what_only_touches_an_interval_is_not_given_within_it() -> None:
    closure = (datetime(2026, 6, 2, tzinfo=UTC), datetime(2026, 6, 3, tzinfo=UTC), "Travaux")
    desk = AlwaysOpen().without([closure])
    day = timedelta(days=1)
    assert desk.given_within(closure[0] - day, closure[0]) == []
    assert desk.given_within(closure[1], closure[1] + day) == []
    assert len(desk.given_within(closure[0] - day, closure[0] + SECOND)) == 1
