"""More than 400 days without an opening are refused, to the second, whatever closes them; 400 are not."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sla.calendar import AlwaysOpen, BusinessCalendar, NeverOpen

EDIT = datetime(2026, 6, 1, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
OPEN = AlwaysOpen()
MONDAYS = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(57)]
MONDAY = {"mon": [("09:00", "17:00")]}


def closed(start: datetime, end: datetime) -> BusinessCalendar:
    return OPEN.without([(start, end, "Fermeture")])


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def test_400_days_are_let_through_and_a_second_more_is_not() -> None:
    closed(EDIT, EDIT + 400 * DAY)
    with pytest.raises(NeverOpen):
        closed(EDIT, EDIT + 400 * DAY + SECOND)


def test_a_closure_is_seen_whole_however_many_years_it_touches() -> None:
    """From 1 December 2026 to 1 February 2028; and to the end of the years that are known."""
    for start, end in ((datetime(2026, 12, 1, tzinfo=UTC), datetime(2028, 2, 1, tzinfo=UTC)),
                       (datetime(2198, 6, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))):  # fmt: skip
        with pytest.raises(NeverOpen):
            closed(start, end)


def test_57_mondays_are_refused_be_they_closed_by_the_hour_or_by_their_own_hours() -> None:
    closures = [(at(day, 9), at(day, 17), "Fermé") for day in MONDAYS]
    BusinessCalendar("UTC", MONDAY, closures=closures[:56])
    with pytest.raises(NeverOpen):
        BusinessCalendar("UTC", MONDAY, closures=closures)
    with pytest.raises(NeverOpen):
        BusinessCalendar("UTC", MONDAY, overrides={day: [] for day in MONDAYS})


def test_many_days_closed_every_year_are_no_reason_to_refuse() -> None:
    """21 days in June, and a half-day."""
    yearly: dict[str, list[tuple[str, str]]] = {f"06-{day:02}": [] for day in range(1, 22)}
    desk = BusinessCalendar("UTC", MONDAY, yearly={**yearly, "12-28": [("09:00", "12:00")]})
    assert desk.next_opening(at(date(2026, 6, 1), 8)) == at(date(2026, 6, 22), 9)


def test_a_desk_without_a_week_needs_one_opening_or_one_date_with_hours() -> None:
    opening = [(at(date(2026, 6, 6), 9), at(date(2026, 6, 6), 12), "Salon")]
    assert BusinessCalendar("UTC", {}, MONDAYS, openings=opening).open_day(date(2026, 6, 6))
    assert BusinessCalendar("UTC", {}, overrides={date(2026, 6, 6): [("09:00", "12:00")]}).open_day(date(2026, 6, 6))
    with pytest.raises(NeverOpen):
        BusinessCalendar("UTC", {})
    with pytest.raises(NeverOpen):
        BusinessCalendar("UTC", {}, overrides={date(2026, 6, 6): []})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (closed(EDIT - 400 * DAY, EDIT), closed(EDIT, EDIT + SECOND)),
        (closed(EDIT - SECOND, EDIT), closed(EDIT, EDIT + 400 * DAY)),
    ],
    ids=["most of it before", "most of it after"],
)
def test_an_edit_joins_what_was_closed_before_it_with_what_is_closed_after(
    before: BusinessCalendar, after: BusinessCalendar
) -> None:
    with pytest.raises(NeverOpen):
        before.until(EDIT, after)
    assert before.until(EDIT, OPEN).next_open(EDIT) == EDIT
    assert OPEN.until(EDIT, after).prev_open(EDIT) == EDIT


def test_400_days_across_an_edit_are_let_through() -> None:
    closed(EDIT - 200 * DAY, EDIT).until(EDIT, closed(EDIT, EDIT + 200 * DAY))


def test_of_each_version_only_its_own_time_counts_before_an_edit() -> None:
    """Open in the last ten days by a second version; or closed by it, though the first was open."""
    after = closed(EDIT, EDIT + 200 * DAY)
    reopened = closed(EDIT - 300 * DAY, EDIT).until(EDIT - 10 * DAY, OPEN)
    assert reopened.until(EDIT, after).next_opening(EDIT) == EDIT + 200 * DAY
    shut = OPEN.until(EDIT - 300 * DAY, closed(EDIT - 300 * DAY, EDIT))
    with pytest.raises(NeverOpen):
        shut.until(EDIT, after)


def test_of_each_version_only_its_own_time_counts_after_an_edit() -> None:
    before = closed(EDIT - 200 * DAY, EDIT)
    later = closed(EDIT + 10 * DAY, EDIT + 310 * DAY)
    assert before.until(EDIT, OPEN.until(EDIT + 10 * DAY, later)).is_open(EDIT)
    with pytest.raises(NeverOpen):
        before.until(EDIT, closed(EDIT, EDIT + 20 * DAY).until(EDIT + 10 * DAY, later))


def test_however_long_an_absence_an_edit_is_not_refused_for_it() -> None:
    away = OPEN.minus([(EDIT - 500 * DAY, EDIT + 500 * DAY, "Congé sabbatique")])
    assert away.until(EDIT, OPEN).is_open(EDIT)
    assert OPEN.until(EDIT, away).next_opening(EDIT) == EDIT + 500 * DAY
