"""The calendar against a walk, minute by minute, over random desks; and the laws of working time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla.calendar import BusinessCalendar, NeverOpen, changed_between
from tests.calendar.random_desks import CHANGES, DAY, DAYS, MINUTE, Desk, desks, examples, paint, periods, walk

minutes = st.lists(st.integers(DAY, 7 * DAY), min_size=4, max_size=4)


@examples()
@given(desks(), minutes)
def test_every_answer_is_that_of_a_walk_by_the_minute(desk: Desk, asked: list[int]) -> None:
    check_against(desk.calendar(), walk(desk), desk, asked)


def check_against(calendar: BusinessCalendar, walked: list[bool], desk: Desk, asked: list[int]) -> None:
    turned = [n for n in range(DAY, 7 * DAY) if walked[n] != walked[n - 1]]
    opened, closed = [n for n in turned if walked[n]], [n for n in turned if not walked[n]]
    for number in asked:
        at = desk.minute(number)
        assert calendar.is_open(at) == walked[number]
        if later := [n for n in opened if n > number]:
            assert calendar.next_opening(at) == desk.minute(later[0])
        if earlier := [n for n in opened if n < number]:
            assert calendar.prev_opening(at) == desk.minute(earlier[-1])
        if after := [n for n in closed if n > number]:
            assert calendar.next_close(at) == desk.minute(after[0])
        if walked[number - 1]:
            assert calendar.prev_open(at) == at
        elif ended := [n for n in closed if n <= number]:
            assert calendar.prev_open(at) == desk.minute(ended[-1])
    for low, high in ((min(a, b), max(a, b)) for a, b in zip(asked[:2], asked[2:], strict=True)):
        start, end, worked = desk.minute(low), desk.minute(high), sum(walked[low:high]) * MINUTE
        assert calendar.between(start, end) == worked == -calendar.between(end, start)
        assert sum((close - open_ for open_, close in calendar.spans(start, end)), timedelta()) == worked
        told = calendar.explain(start, end)
        assert sum((stretch.end - stretch.start for stretch in told if stretch.counted), timedelta()) == worked
        for stretch in told:
            assert walked[(stretch.start - desk.first) // MINUTE] == stretch.counted
        edges = [start, *(stretch.end for stretch in told)]
        assert [stretch.start for stretch in told] == edges[:-1]
        assert edges[-1] == end
        if worked:
            open_minutes = [n for n in range(low, high) if walked[n]]
            assert calendar.add(start, worked) == desk.minute(open_minutes[-1] + 1)
            assert calendar.add(end, -worked) == desk.minute(open_minutes[0])


@examples(100, 5000)
@given(desks(), st.data())
def test_calendars_made_of_others_answer_like_their_walks(desk: Desk, data: st.DataObject) -> None:
    """The meet of two, a calendar edited twice, one with absences; and what an edit changes."""
    there = (
        desk.zone,
        next(day for zone, day in CHANGES if zone == desk.zone and abs(day - desk.first.date()).days < 9),
    )
    others = [data.draw(desks(there)) for _ in range(2)]
    walks = [walk(one) for one in (desk, *others)]
    mine, second, third = (one.calendar() for one in (desk, *others))
    asked, away = data.draw(minutes), data.draw(periods(desk.first))
    met = [here and elsewhere for here, elsewhere in zip(walks[0], walks[1], strict=True)]
    check_against(mine.meet(second), met, desk, asked)
    one, two = sorted(asked[:2])
    edited = mine.until(desk.minute(one), second).until(desk.minute(two), third)
    versions = walks[0][:one] + walks[1][one:two] + walks[2][two:]
    check_against(edited, versions, desk, asked)
    paint(desk, versions, away, value=False)
    check_against(edited.minus(away), versions, desk, asked)
    changed = [False] * len(met)
    for change in changed_between(mine, second, desk.first, desk.minute(DAYS * DAY)):
        assert change.opens == second.is_open(change.start) != mine.is_open(change.start)
        paint(desk, changed, [(change.start, change.end, "")], value=True)
    assert changed == [here != there for here, there in zip(walks[0], walks[1], strict=True)]


zones = st.sampled_from([UTC, ZoneInfo("Europe/Paris")])
instants = st.datetimes(datetime(2023, 1, 1), datetime(2029, 12, 31), timezones=zones)
amounts = st.integers(0, 40 * 3600).map(lambda seconds: timedelta(seconds=seconds))


@examples()
@given(desks(), instants, instants, instants, amounts, amounts)
def test_the_laws_of_working_time(
    desk: Desk, a: datetime, b: datetime, c: datetime, d: timedelta, e: timedelta
) -> None:
    """Adding is undone by measuring, measures add up, and later or longer is never earlier."""
    calendar = desk.calendar()
    assert calendar.between(a, calendar.add(a, d)) == d
    assert calendar.between(calendar.add(a, -d), a) == d
    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)
    assert not e or calendar.add(calendar.add(a, d), e) == calendar.add(a, d + e)
    first, last = min(a, b, key=lambda at: at.timestamp()), max(a, b, key=lambda at: at.timestamp())
    assert calendar.add(first, d) <= calendar.add(last, d)
    assert calendar.add(a, d) <= calendar.add(a, d + e)
    assert calendar.add(a, d) >= a.astimezone(UTC)
    assert sum(stretch.seconds for stretch in calendar.explain_due(a, d) if stretch.counted) == d.total_seconds()


def test_a_desk_whose_every_opening_is_a_holiday_for_400_days_is_refused() -> None:
    """Mondays only, and 57 Mondays in a row are holidays; 56 are let through."""
    mondays = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(57)]
    BusinessCalendar("Europe/Paris", {"mon": [("09:00", "17:00")]}, mondays[:56])
    with pytest.raises(NeverOpen) as refused:
        BusinessCalendar("Europe/Paris", {"mon": [("09:00", "17:00")]}, mondays)
    assert refused.value.value == "2025-12-29"
