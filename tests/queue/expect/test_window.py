"""What a client reads: a window of the clock, within opening hours, never in the past."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sla.calendar import BusinessCalendar
from sla.queue.expect.grid import Grid
from sla.queue.expect.plain import certain
from sla.queue.expect.window import STEP, window
from tests.queue.desks import CALENDAR, paris

MONDAY = paris("2026-06-01 09:00")


def waits(first_minute: float, last_minute: float) -> Grid:
    """A distribution whose 10 % and 90 % are these."""
    steps = [first_minute + (last_minute - first_minute) * n / 8 for n in range(-1, 10)]
    return Grid((steps[0] * 60, steps[0] * 60, *(60 * step for step in steps[1:10]), steps[10] * 60, steps[10] * 60))


@pytest.mark.parametrize(
    ("now", "minutes", "low", "high"),
    [
        ("2026-06-01 09:00", (20, 125), "2026-06-01 09:20", "2026-06-01 11:05"),
        ("2026-06-01 09:00", (21, 124), "2026-06-01 09:20", "2026-06-01 11:05"),  # said by five minutes
        ("2026-06-01 12:00", (10, 60), "2026-06-01 12:10", "2026-06-01 14:00"),  # lunch is no wait
        ("2026-06-01 16:30", (10, 60), "2026-06-01 16:40", "2026-06-02 09:30"),
        ("2026-06-05 18:00", (15, 45), "2026-06-08 09:15", "2026-06-08 09:45"),  # a Friday evening
        ("2026-06-01 11:00", (60, 90), "2026-06-01 12:00", "2026-06-01 12:30"),  # ends by closing, not at the reopening
        ("2026-06-01 11:00", (90, 120), "2026-06-01 13:30", "2026-06-01 14:00"),  # begins when it opens
        ("2026-06-01 09:02", (0, 30), "2026-06-01 09:02", "2026-06-01 09:30"),  # from now, not from before
        ("2026-06-01 16:00", (59, 60), "2026-06-01 16:55", "2026-06-01 17:00"),  # not the day after
        ("2026-06-01 16:58", (1, 2), "2026-06-01 16:58", "2026-06-01 17:00"),
        ("2026-06-01 16:57", (0, 0), "2026-06-01 16:57", "2026-06-01 17:00"),  # nor are the last minutes of a day
        ("2026-06-01 12:20", (8, 10), "2026-06-01 12:25", "2026-06-01 12:30"),
    ],
)
def test_the_window_of(now: str, minutes: tuple[int, int], low: str, high: str) -> None:
    found = window(waits(*minutes), CALENDAR, paris(now))
    assert (found.low, found.high, found.confidence) == (paris(low), paris(high), 0.8)


def test_what_is_certain_is_still_said_as_a_window() -> None:
    found = window(certain(1800), CALENDAR, MONDAY)
    assert (found.low, found.high) == (paris("2026-06-01 09:30"), paris("2026-06-01 09:35"))


@given(
    st.datetimes(datetime(2026, 6, 1), datetime(2026, 12, 31)).map(lambda at: at.replace(tzinfo=MONDAY.tzinfo)),
    st.integers(0, 3000),
    st.integers(0, 3000),
)
def test_every_window_lies_within_opening_hours(now: datetime, first: int, length: int) -> None:
    """It begins at an open instant, ends at one or at a closing, lasts, and says what it was made of."""
    found = window(waits(first, first + length), CALENDAR, now)
    assert found.low >= now
    assert CALENDAR.is_open(found.low)
    assert CALENDAR.is_open(found.high - timedelta(seconds=1))
    assert CALENDAR.between(found.low, found.high) > timedelta()
    for told, minutes in ((found.low, first), (found.high, first + length)):
        assert abs(CALENDAR.between(told, CALENDAR.add(now, timedelta(minutes=minutes)))) < 2 * STEP


NIGHT = [("00:00", "06:00"), ("10:00", "10:04"), ("12:01", "12:28")]
NIGHTS = BusinessCalendar("Europe/Paris", {"sat": NIGHT, "sun": NIGHT, "mon": NIGHT})
"""Open where clocks go forward and back, and for less than the five minutes by which windows are said."""


@given(
    st.sampled_from((datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC))),
    st.integers(0, 3 * 24 * 3600),
    st.lists(st.integers(0, 90_000), min_size=1, max_size=9),
)
@example(datetime(2026, 3, 28, tzinfo=UTC), 5 * 3600 - 60, [260])
def test_windows_of_nights_in_which_the_clocks_change(day: datetime, second: int, found: list[int]) -> None:
    now = day + timedelta(seconds=second)
    told = window(Grid.of(found), NIGHTS, now)
    assert now <= told.low < told.high
    assert NIGHTS.is_open(told.low)
    assert NIGHTS.is_open(told.high - timedelta(seconds=1))
