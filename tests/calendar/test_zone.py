"""From the wall clock to UTC, by itself: gap, fold and the edges of a date."""

from datetime import UTC, date, datetime

from sla.calendar import BusinessCalendar
from sla.calendar.zone import Zone

HAVANA = Zone("America/Havana")  # on 3 November 2024 at 1:00 back to 0:00; on 10 March 2024 from 0:00 to 1:00
PARIS = Zone("Europe/Paris")


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
    assert HAVANA.midnight(sunday) == HAVANA.opening(sunday, 1800) == HAVANA.closing(sunday, 1800) == at(10, 5, month=3)


def test_a_closure_from_midnight_on_takes_the_whole_of_a_date_whose_midnight_comes_twice() -> None:
    data = {
        "zone": "America/Havana",
        "weekly": {"sat": ["00:00-24:00"], "sun": ["00:00-24:00"]},
        "closures": [{"start": "2024-11-03T00:00", "end": "2024-11-04T00:00", "label": "Cyclone"}],
    }
    desk = BusinessCalendar.from_data(data)
    assert not desk.open_day(date(2024, 11, 3))
    assert desk.next_close(datetime(2024, 11, 2, 12, tzinfo=UTC)) == datetime(2024, 11, 3, 4, tzinfo=UTC)
