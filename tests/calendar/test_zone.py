"""From the wall clock to UTC, by itself: gap, fold and the edges of a date."""

from datetime import UTC, date, datetime

import pytest

from sla.calendar import BusinessCalendar, CalendarFileError
from sla.calendar.zone import Zone

HAVANA = Zone("America/Havana")  # on 3 November 2024 at 1:00 back to 0:00; on 10 March 2024 from 0:00 to 1:00


def at(day: int, hour: int, minute: int = 0, second: int = 0, *, month: int = 11) -> int:
    return int(datetime(2024, month, day, hour, minute, second, tzinfo=UTC).timestamp())


def test_midnight_and_a_date_s_end_are_first_instants_even_where_they_come_twice() -> None:
    sunday = date(2024, 11, 3)
    assert HAVANA.opening(sunday, 0) == HAVANA.closing(sunday, 0) == HAVANA.midnight(sunday) == at(3, 4)
    assert HAVANA.closing(date(2024, 11, 2), 86_400) == at(3, 4)
    assert HAVANA.day(sunday) == (at(3, 4), at(4, 5))


def test_of_a_repeated_time_an_opening_is_the_first_and_a_closing_the_second() -> None:
    sunday = date(2024, 11, 3)
    assert (HAVANA.opening(sunday, 1800), HAVANA.closing(sunday, 1800)) == (at(3, 4, 30), at(3, 5, 30))
    assert (HAVANA.opening(sunday, 1), HAVANA.closing(sunday, 1)) == (at(3, 4, 0, 1), at(3, 5, 0, 1))


def test_a_skipped_time_is_the_instant_of_the_change() -> None:
    sunday = date(2024, 3, 10)
    assert HAVANA.midnight(sunday) == HAVANA.closing(sunday, 1800) == at(10, 5, month=3)
    assert {HAVANA.opening(sunday, second) for second in range(3600)} == {at(10, 5, month=3)}


def test_a_closure_from_midnight_on_takes_the_whole_of_a_date_whose_midnight_comes_twice() -> None:
    data = {
        "zone": "America/Havana",
        "weekly": {"sat": ["00:00-24:00"], "sun": ["00:00-24:00"]},
        "closures": [{"start": "2024-11-03T00:00", "end": "2024-11-04T00:00", "label": "Cyclone"}],
    }
    desk = BusinessCalendar.from_data(data)
    assert not desk.open_day(date(2024, 11, 3))
    assert desk.next_close(datetime(2024, 11, 2, 12, tzinfo=UTC)) == datetime(2024, 11, 3, 4, tzinfo=UTC)


def closing_on(**closure: str) -> list[tuple[str, str]]:
    """What is left of Sunday 25 October 2026 in Paris, open all day, when 3:00 becomes 2:00 again; in UTC."""
    data = {"zone": "Europe/Paris", "weekly": {"sun": ["00:00-24:00"]}, "closures": [{**closure, "label": "Panne"}]}
    desk = BusinessCalendar.from_data(data)
    spans = desk.spans(datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC))
    return [(f"{start:%H:%M:%S}", f"{end:%H:%M:%S}") for start, end in spans]


def test_a_closure_without_an_offset_is_the_desk_s_wall_clock_to_the_second() -> None:
    assert closing_on(start="2026-10-25T10:15:30", end="2026-10-25T11:20:40") == [
        ("22:00:00", "09:15:30"), ("10:20:40", "23:00:00")
    ]  # fmt: skip


def test_a_closure_in_the_repeated_hour_closes_the_second_time_and_opens_the_first() -> None:
    assert closing_on(start="2026-10-25T02:30", end="2026-10-25T05:00")[0] == ("22:00:00", "01:30:00")
    assert closing_on(start="2026-10-25T01:00", end="2026-10-25T02:30")[1] == ("00:30:00", "23:00:00")


def test_a_closure_with_an_offset_of_its_own_is_that_instant() -> None:
    assert closing_on(start="2026-10-25T10:00:00-03:00", end="2026-10-25T15:00:00+00:00") == [
        ("22:00:00", "13:00:00"), ("15:00:00", "23:00:00")
    ]  # fmt: skip


def test_a_closure_that_ends_before_it_begins_is_told_in_the_desk_s_time() -> None:
    with pytest.raises(CalendarFileError) as refused:
        closing_on(start="2026-06-02T10:00:00+00:00", end="2026-06-02T09:00:00+00:00")
    assert "2026-06-02 12:00+02:00 – 2026-06-02 11:00+02:00" in str(refused.value)


@pytest.mark.parametrize(
    "ends",
    [
        {"first_day": "2026-06-02", "start": "2026-06-02T10:00"},
        {"first_day": "2026-06-02", "end": "2026-06-02T10:00"},
        {"start": "2026-06-02T10:00", "end": "2026-06-02T11:00", "last_day": "2026-06-02"},
        {"last_day": "2026-06-02"},
        {},
    ],
)
def test_a_closure_is_by_the_day_or_by_the_instant(ends: dict[str, str]) -> None:
    with pytest.raises(CalendarFileError) as refused:
        closing_on(**ends)
    assert f"“{', '.join([*ends, 'label'])}” is not a period" in str(refused.value)
