"""Spans are half-open and stay sorted, apart and unempty, whatever is done to them."""

from hypothesis import given
from hypothesis import strategies as st

from sla.calendar import BusinessCalendar
from sla.calendar.spans import Span, clipped, common, merged, minus
from tests.calendar.random_desks import examples

spans = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=5)


def seconds(found: list[Span]) -> set[int]:
    return {second for start, end in found for second in range(start, end)}


def whole(found: list[Span]) -> bool:
    edges = [edge for span in found for edge in span]
    return edges == sorted(set(edges))


@examples()
@given(spans, spans)
def test_spans_are_the_sets_of_their_seconds(ones: list[Span], others: list[Span]) -> None:
    one, other = merged(ones), merged(others)
    assert seconds(one) == seconds(ones)
    assert seconds(minus(one, other)) == seconds(one) - seconds(other)
    assert seconds(common(one, other)) == seconds(one) & seconds(other)
    assert seconds(clipped(one, 3, 9)) == seconds(one) & set(range(3, 9))
    assert all(whole(found) for found in (one, minus(one, other), common(one, other), clipped(one, 3, 9)))


def test_touching_hours_are_one_span_when_they_are_written_too() -> None:
    assert merged([(9, 13), (13, 17)]) == [(9, 17)]
    desk = BusinessCalendar("UTC", {"mon": [("13:00", "17:00"), ("09:00", "13:00")]})
    assert desk.to_data()["weekly"] == {"mon": ["09:00-17:00"]}


def test_spans_that_only_touch_have_nothing_in_common() -> None:
    assert common([(0, 10), (20, 30)], [(10, 20), (30, 40)]) == []
    assert clipped([(0, 10), (20, 30)], 10, 20) == []
