"""Many at once: the same answers as one by one, from lists and from NumPy arrays."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla.calendar import BusinessCalendar, FrenchHolidays, NaiveInstant, WrongAmount, YearOutOfReach
from tests.calendar.random_desks import Desk, desks, examples

np = pytest.importorskip("numpy")

WEEK = {day: [("09:00", "12:30"), ("13:30", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
DESK = BusinessCalendar("Europe/Paris", WEEK, FrenchHolidays())
TUESDAY = datetime(2026, 6, 2, 8, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST, LAST = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2024, 2027))
seconds = st.integers(FIRST, LAST)
amounts = st.integers(-9 * 3600, 9 * 3600) | st.just(0)


@examples(100, 5000)
@given(desks(), st.lists(st.tuples(seconds, seconds, amounts), max_size=6))
def test_arrays_and_lists_answer_as_one_by_one(desk: Desk, asked: list[tuple[int, int, int]]) -> None:
    one_by_one, other = desk.calendar(), desk.calendar()
    starts, ends = ([EPOCH + timedelta(seconds=row[column]) for row in asked] for column in (0, 1))
    spent = [timedelta(seconds=amount) for _, _, amount in asked]
    due = [one_by_one.add(at, amount) for at, amount in zip(starts, spent, strict=True)]
    worked = [one_by_one.between(start, end) for start, end in zip(starts, ends, strict=True)]
    assert one_by_one.add_many(starts, spent) == due
    assert one_by_one.between_many(starts, ends) == worked
    columns = np.array(asked, np.int64).reshape(-1, 3).T
    assert other.add_many(columns[0], columns[2]).tolist() == [int(at.timestamp()) for at in due]
    assert other.between_many(columns[0], columns[1]).tolist() == [one.total_seconds() for one in worked]
    positive = np.abs(columns[2]) + 1
    later = [timedelta(seconds=amount) for amount in positive.tolist()]
    due = [one_by_one.add(at, amount) for at, amount in zip(starts, later, strict=True)]
    assert other.add_many(columns[0], positive).tolist() == [int(at.timestamp()) for at in due]


def test_one_amount_or_one_end_will_do_for_all() -> None:
    starts = [TUESDAY, TUESDAY + timedelta(hours=6)]
    array = np.array([int(at.timestamp()) for at in starts])
    assert DESK.add_many(starts, timedelta(hours=1)) == [DESK.add(at, timedelta(hours=1)) for at in starts]
    assert DESK.add_many(array, 3600).tolist() == [int(DESK.add(at, timedelta(hours=1)).timestamp()) for at in starts]
    assert DESK.add_many(array, 0).tolist() == [int(DESK.next_open(at).timestamp()) for at in starts]
    end = TUESDAY + timedelta(days=1)
    assert DESK.between_many(starts, end) == [DESK.between(at, end) for at in starts]
    assert DESK.between_many(array, int(end.timestamp())).tolist() == [
        DESK.between(at, end).total_seconds() for at in starts
    ]


def test_arrays_of_any_shape_and_of_any_whole_numbers_are_read() -> None:
    array = np.array([[int(TUESDAY.timestamp())] * 3] * 2, np.int32)
    assert DESK.add_many(array, np.array([60, 0, -60])).tolist() == [[1780387260, 1780387200, 1780387140]] * 2
    assert DESK.between_many(array, array.astype(np.uint32)).shape == (2, 3)


def test_nothing_asked_is_nothing_answered() -> None:
    none = np.array([], np.int64)
    assert DESK.add_many([], []) == DESK.between_many([], []) == []
    assert DESK.add_many(none, none).tolist() == DESK.between_many(none, none).tolist() == []
    assert DESK.add_many(none, 3600).tolist() == []


def test_what_one_by_one_refuses_is_refused_in_bulk() -> None:
    array = np.array([int(TUESDAY.timestamp())])
    with pytest.raises(NaiveInstant):
        DESK.add_many([datetime(2026, 6, 2)], timedelta(hours=1))
    with pytest.raises(NaiveInstant):
        DESK.between_many(array.astype("datetime64[s]"), array)
    with pytest.raises(NaiveInstant):
        DESK.between_many(array, array.astype(float))
    with pytest.raises(WrongAmount):
        DESK.add_many(array, np.array([1.5]))
    with pytest.raises(WrongAmount):
        DESK.add_many(array, timedelta(hours=1))
    with pytest.raises(YearOutOfReach):
        DESK.add_many(np.array([2**40]), 60)
    with pytest.raises(YearOutOfReach):
        DESK.add_many(array, 2**40)
    with pytest.raises(YearOutOfReach):
        DESK.add_many(array, -(2**40))
    for short in ([TUESDAY], [TUESDAY] * 3):
        with pytest.raises(ValueError, match="zip"):
            DESK.between_many([TUESDAY] * 2, short)
        with pytest.raises(ValueError, match="zip"):
            DESK.add_many([TUESDAY] * 2, [timedelta()] * len(short))


def test_the_calendar_works_without_numpy() -> None:
    """As it is installed without the extra: the import fails, the lists answer."""
    program = """
import sys
sys.modules["numpy"] = None
from datetime import UTC, datetime, timedelta
from sla.calendar import BusinessCalendar
desk = BusinessCalendar("UTC", {"tue": [("09:00", "17:00")]})
start = datetime(2026, 6, 2, 16, tzinfo=UTC)
due = desk.add_many([start], [timedelta(hours=2)])
assert due == [datetime(2026, 6, 9, 10, tzinfo=UTC)], due
assert desk.between_many([start], due) == [timedelta(hours=2)]
"""
    subprocess.run([sys.executable, "-c", program], check=True)
