"""Each rule of the calendar on the booklet's desk: Monday to Friday, 9:00–12:30 and 13:30–17:00, Europe/Paris."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pendulum
import pytest
from freezegun.api import FakeDatetime

from sla.calendar import (
    BusinessCalendar,
    CalendarError,
    FrenchHolidays,
    NaiveInstant,
    NeverOpen,
    UnknownWeekday,
    UnknownZone,
    WrongAmount,
    WrongDate,
    WrongHours,
    WrongPeriod,
    YearOutOfReach,
)

PARIS = ZoneInfo("Europe/Paris")
WEEK = {day: [("09:00", "12:30"), ("13:30", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
HOUR = timedelta(hours=1)
DESK = BusinessCalendar("Europe/Paris", WEEK, FrenchHolidays())


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def test_spans_are_half_open() -> None:
    """At 12:30:00 the desk is closed, a second before it is open."""
    assert DESK.is_open(paris("2026-06-02 09:00"))
    assert DESK.is_open(paris("2026-06-02 12:29:59"))
    assert not DESK.is_open(paris("2026-06-02 12:30"))


def test_instants_come_back_in_utc() -> None:
    assert DESK.add(paris("2026-06-02 09:00"), HOUR).tzinfo is UTC
    assert DESK.add(paris("2026-06-02 09:00"), HOUR) == datetime(2026, 6, 2, 8, tzinfo=UTC)


def test_a_duration_used_up_at_closing_is_due_at_closing() -> None:
    assert DESK.add(paris("2026-06-02 09:00"), 7 * HOUR) == paris("2026-06-02 17:00")
    assert DESK.add(paris("2026-06-02 09:00"), 7 * HOUR + timedelta(seconds=1)) == paris("2026-06-03 09:00:01")


def test_nothing_added_is_the_instant_if_open_else_the_next_opening() -> None:
    assert DESK.add(paris("2026-06-02 10:00:00.25"), 0 * HOUR) == paris("2026-06-02 10:00:00.25")
    assert DESK.add(paris("2026-06-02 17:00"), 0 * HOUR) == paris("2026-06-03 09:00")


def test_a_fraction_of_a_second_is_no_working_time() -> None:
    """A ticket of 09:00:00.4 with seven hours is due at closing, not at 09:00:00.4 on the morrow."""
    assert DESK.add(paris("2026-06-02 09:00:00.4"), 7 * HOUR) == paris("2026-06-02 17:00")
    assert DESK.between(paris("2026-06-02 09:00:00.9"), paris("2026-06-02 09:00:02.1")) == timedelta(seconds=2)
    assert DESK.prev_open(paris("2026-06-02 09:00:00.5")) == paris("2026-06-02 09:00:00.5")
    assert DESK.prev_open(paris("2026-06-02 17:00:00.5")) == paris("2026-06-02 17:00")


def test_a_ticket_of_friday_evening_starts_on_the_next_opening() -> None:
    """Friday 22 May 2026 at 18:00, before Whit Monday: two hours end on Tuesday at 11:00."""
    assert DESK.next_open(paris("2026-05-22 18:00")) == paris("2026-05-26 09:00")
    assert DESK.add(paris("2026-05-22 18:00"), 2 * HOUR) == paris("2026-05-26 11:00")


def test_a_negative_amount_counts_back_to_an_opening() -> None:
    assert DESK.add(paris("2026-06-02 11:00"), -2 * HOUR) == paris("2026-06-02 09:00")
    assert DESK.add(paris("2026-06-02 09:00"), -HOUR) == paris("2026-06-01 16:00")


def test_between_is_signed() -> None:
    assert DESK.between(paris("2026-06-02 16:00"), paris("2026-06-03 10:00")) == 2 * HOUR
    assert DESK.between(paris("2026-06-03 10:00"), paris("2026-06-02 16:00")) == -2 * HOUR


def test_touching_and_overlapping_spans_are_one() -> None:
    desk = BusinessCalendar("UTC", {"mon": [("13:00", "17:00"), ("09:00", "13:00"), ("10:00", "14:00")]})
    assert desk.next_close(datetime(2026, 6, 1, 9, tzinfo=UTC)) == datetime(2026, 6, 1, 17, tzinfo=UTC)


def test_an_opening_that_touches_the_hours_is_part_of_them() -> None:
    lunch = (paris("2026-06-02 12:30"), paris("2026-06-02 13:30"), "Permanence")
    desk = BusinessCalendar("Europe/Paris", WEEK, openings=[lunch])
    assert desk.next_close(paris("2026-06-02 10:00")) == paris("2026-06-02 17:00")


def test_midnight_is_24_00_and_the_year_s_end_is_no_closing() -> None:
    """A desk open around the clock on 31 December and 1 January, a Thursday and a Friday."""
    desk = BusinessCalendar("Europe/Paris", {"thu": [("00:00", "24:00")], "fri": [("00:00", "24:00")]})
    assert desk.next_close(paris("2026-12-31 23:00")) == paris("2027-01-02 00:00")
    assert desk.prev_opening(paris("2027-01-01 01:00")) == paris("2026-12-31 00:00")
    assert desk.add(paris("2026-12-31 23:00"), 2 * HOUR) == paris("2027-01-01 01:00")


def test_hours_over_midnight_belong_to_the_date_on_which_they_fall() -> None:
    """Monday 22:00 to 6:00: on a Tuesday that is a holiday the desk closes at midnight."""
    night = {"mon": [("22:00", "06:00")]}
    assert BusinessCalendar("UTC", night).next_close(datetime(2026, 6, 1, 23, tzinfo=UTC)).hour == 6
    closed = BusinessCalendar("UTC", night, [date(2026, 6, 2)])
    assert closed.next_close(datetime(2026, 6, 1, 23, tzinfo=UTC)) == datetime(2026, 6, 2, tzinfo=UTC)


def test_opening_over_closure_over_special_hours_over_holiday_over_weekly_hours() -> None:
    """Good day to try it: 14 July 2026, a Tuesday."""
    day, noon = date(2026, 7, 14), [("08:00", "12:00")]
    closure = (paris("2026-07-14 10:00"), paris("2026-07-14 18:00"), "Travaux")
    opening = (paris("2026-07-14 11:00"), paris("2026-07-14 11:30"), "Bascule")

    def open_hours(**rules: object) -> list[str]:
        desk = BusinessCalendar("Europe/Paris", WEEK, **rules)  # type: ignore[arg-type]  # rules by name
        return [f"{start:%H:%M}-{end:%H:%M}" for start, end in desk.hours_of(day)]

    assert open_hours() == ["09:00-12:30", "13:30-17:00"]
    assert open_hours(holidays=[day]) == []
    assert open_hours(holidays=[day], overrides={day: noon}) == ["08:00-12:00"]
    assert open_hours(overrides={day: noon}, closures=[closure]) == ["08:00-10:00"]
    assert open_hours(overrides={day: noon}, closures=[closure], openings=[opening]) == ["08:00-10:00", "11:00-11:30"]


@pytest.mark.parametrize(("sunday", "hours"), [("2026-03-29", 5), ("2026-10-25", 7), ("2026-11-01", 6)])
def test_a_desk_open_on_sunday_night_works_the_hours_that_pass(sunday: str, hours: int) -> None:
    """00:00–06:00: five hours when the clocks go forward, seven when they go back."""
    desk = BusinessCalendar("Europe/Paris", {"sun": [("00:00", "06:00")]})
    assert desk.between(paris(f"{sunday} 00:00"), paris(f"{sunday} 06:00")) == hours * HOUR
    assert desk.add(paris(f"{sunday} 00:00"), hours * HOUR) == paris(f"{sunday} 06:00")


def test_in_the_skipped_hour_the_desk_opens_and_closes_at_the_change() -> None:
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert BusinessCalendar("Europe/Paris", {"sun": [("02:30", "06:00")]}).next_opening(change - HOUR) == change
    assert BusinessCalendar("Europe/Paris", {"sun": [("00:00", "02:30")]}).next_close(change - HOUR) == change


def test_in_the_repeated_hour_the_desk_opens_the_first_time_and_closes_the_second() -> None:
    """2:30 comes at 00:30 UTC and again at 01:30 UTC on 25 October 2026."""
    eve = datetime(2026, 10, 24, 12, tzinfo=UTC)
    opens = BusinessCalendar("Europe/Paris", {"sun": [("02:30", "06:00")]})
    closes = BusinessCalendar("Europe/Paris", {"sun": [("00:00", "02:30")]})
    assert opens.next_opening(eve) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert closes.next_close(eve) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    at_two = BusinessCalendar("Europe/Paris", {"sun": [("00:00", "02:00")]})
    assert at_two.next_close(eve) == datetime(2026, 10, 25, 1, tzinfo=UTC)  # 2:00 comes twice: the second one closes


@pytest.mark.parametrize(
    ("at", "days", "then"),
    [
        ("2026-05-13 10:00", 1, "2026-05-15 10:00"),  # Ascension lies between
        ("2026-05-13 12:45", 1, "2026-05-15 13:30"),  # at lunch: moved to the next open instant
        ("2026-05-18 10:37", 1, "2026-05-19 10:37"),  # to the minute
        ("2026-05-15 18:00", 1, "2026-05-19 09:00"),  # after hours: the morning after the first open day
        ("2026-05-16 10:00", 5, "2026-05-22 10:00"),
        ("2026-05-16 10:00", 0, "2026-05-18 09:00"),
        ("2026-05-18 10:00", -1, "2026-05-15 10:00"),
    ],
)
def test_working_days_are_a_unit_of_their_own(at: str, days: int, then: str) -> None:
    assert DESK.add_days(paris(at), days) == paris(then)


def test_next_closed_days_are_told_with_their_reason() -> None:
    bridge = (paris("2026-05-15 00:00"), paris("2026-05-16 00:00"), "Pont de l’Ascension")
    found = DESK.without([bridge]).closed_days(date(2026, 5, 8), 20)
    assert found == [
        (date(2026, 5, 8), "Fête de la Victoire"),
        (date(2026, 5, 14), "Ascension"),
        (date(2026, 5, 15), "Pont de l’Ascension"),
        (date(2026, 5, 25), "Lundi de Pentecôte"),
    ]


def test_a_technician_s_calendar_is_the_desk_s_minus_the_absences() -> None:
    """An absence wins over an exceptional opening, a closure of the desk doesn't."""
    saturday = (paris("2026-06-06 09:00"), paris("2026-06-06 12:00"), "Bascule")
    away = (paris("2026-06-02 13:30"), paris("2026-06-08 00:00"), "Congés")
    desk = BusinessCalendar("Europe/Paris", WEEK, openings=[saturday])
    assert desk.minus([away]).add(paris("2026-06-02 12:00"), HOUR) == paris("2026-06-08 09:30")
    assert desk.without([away]).add(paris("2026-06-02 12:00"), HOUR) == paris("2026-06-06 09:30")
    assert desk.add(paris("2026-06-02 12:00"), HOUR) == paris("2026-06-02 14:00")


def test_a_calendar_closed_for_more_than_400_days_is_refused() -> None:
    start = paris("2026-06-01 17:00")
    with pytest.raises(NeverOpen) as refused:
        DESK.without([(start, start + timedelta(days=401), "Fermeture")])
    assert refused.value.value == "2026-06-01"
    shorter = DESK.without([(start, start + timedelta(days=399), "Fermeture")])
    assert shorter.next_open(start) == paris("2027-07-06 09:00")
    with pytest.raises(NeverOpen):
        DESK.without([(start, datetime(9999, 1, 1, tzinfo=UTC), "Fermeture")])
    with pytest.raises(NeverOpen):
        BusinessCalendar("UTC", {"mon": []})


@pytest.mark.parametrize("far", [datetime.max, datetime.min, datetime(2200, 1, 2), datetime(1899, 12, 30)])
def test_an_absurd_year_is_refused_and_nothing_loops(far: datetime) -> None:
    desk = BusinessCalendar("Europe/Paris", WEEK)
    with pytest.raises(YearOutOfReach):
        desk.next_open(far.replace(tzinfo=UTC))
    with pytest.raises(YearOutOfReach):
        desk.open_day(far.date())
    for amount in (timedelta.max, timedelta.min):
        with pytest.raises(YearOutOfReach):
            desk.add(paris("2026-06-01 10:00"), amount)


def test_naive_instants_are_refused_everywhere() -> None:
    naive, aware = datetime(2026, 6, 2, 10), paris("2026-06-02 10:00")
    asked = (DESK.is_open, DESK.next_open, DESK.prev_open, DESK.next_close, DESK.next_opening, DESK.prev_opening)
    for ask in asked:
        with pytest.raises(NaiveInstant):
            ask(naive)
    for pair in ((naive, aware), (aware, naive)):
        for measure in (DESK.between, DESK.spans, DESK.explain):
            with pytest.raises(NaiveInstant) as refused:
                measure(*pair)
            assert refused.value.value == naive
    with pytest.raises(NaiveInstant):
        DESK.add(naive, HOUR)
    with pytest.raises(WrongAmount):
        DESK.add(aware, 3600)  # type: ignore[arg-type]  # seconds or minutes? The calendar doesn't guess


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"zone": "Europe/Pari"}, UnknownZone),
        ({"zone": "../etc"}, UnknownZone),
        ({"weekly": {"lundi": []}}, UnknownWeekday),
        ({"weekly": {"mon": ["09:00-12:30"]}}, WrongHours),
        ({"weekly": {"mon": [("09:00", "25:00")]}}, WrongHours),
        ({"weekly": {"mon": [("09:60", "12:00")]}}, WrongHours),
        ({"weekly": {"mon": [("٠٩:00", "12:00")]}}, WrongHours),
        ({"weekly": {"mon": [("09:00", "09:00")]}}, WrongHours),
        ({"weekly": {"mon": [("24:00", "09:00")]}}, WrongHours),
        ({"weekly": {"mon": [(9, 12)]}}, WrongHours),
        ({"holidays": ["2026-07-14"]}, WrongDate),
        ({"holidays": [datetime(2026, 7, 14)]}, WrongDate),
        ({"overrides": {"2026-12-24": []}}, WrongDate),
        ({"closures": [(paris("2026-06-02 10:00"), paris("2026-06-02 10:00"), "x")]}, WrongPeriod),
        ({"closures": [(paris("2026-06-02 10:00"), paris("2026-06-02 11:00"))]}, WrongPeriod),
        ({"openings": [(datetime(2026, 6, 2, 10), paris("2026-06-02 11:00"), "x")]}, NaiveInstant),
    ],
)
def test_wrong_rules_are_refused_by_name(wrong: dict[str, object], error: type[CalendarError]) -> None:
    rules: dict[str, object] = {"zone": "Europe/Paris", "weekly": WEEK, **wrong}
    with pytest.raises(error) as refused:
        BusinessCalendar(**rules)  # type: ignore[arg-type]  # wrong on purpose
    assert isinstance(refused.value, ValueError)
    assert str(refused.value) != refused.value.french


def test_many_threads_growing_the_table_get_the_answers_of_one() -> None:
    def ask(desk: BusinessCalendar, year: int) -> timedelta:
        return desk.between(paris(f"{year}-03-01 00:00"), paris("2026-03-01 00:00"))

    years = [1990 + number * 7 % 80 for number in range(80)]
    shared = BusinessCalendar("Europe/Paris", WEEK, FrenchHolidays())
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda year: ask(shared, year), years))
    alone = BusinessCalendar("Europe/Paris", WEEK, FrenchHolidays())
    assert together == [ask(alone, year) for year in years]


def test_instants_of_pendulum_and_of_a_frozen_clock_are_read_as_the_instants_they_are() -> None:
    """Both override the subtraction of datetimes; pendulum's answers wrongly beside one of the standard library."""
    at, due = pendulum.datetime(2026, 6, 2, 16, tz="Europe/Paris"), paris("2026-06-03 10:00")
    assert DESK.add(at, 2 * HOUR) == due
    assert DESK.between(at, due) == 2 * HOUR
    frozen = FakeDatetime(2026, 6, 2, 14, tzinfo=UTC)
    assert DESK.between(frozen, due) == 2 * HOUR
