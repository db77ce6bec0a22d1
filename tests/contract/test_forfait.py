"""Hours by the quarter: what work costs, which forfait pays, what is owed."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla.contract.forfait import (
    Debit,
    NegativeAmount,
    debit,
    last_day,
    low_levels_crossed,
    quarters,
    quarters_left,
    settle,
    valid_on,
)

DAY = date(2026, 6, 15)


@dataclass(frozen=True)
class Pack:
    id: int
    first_day: date
    last_day: date
    balance_quarters: int


def pack(number: int, expires: date, balance: int, begins: date = date(2026, 1, 1)) -> Pack:
    return Pack(number, begins, expires, balance)


packs = st.lists(
    st.builds(
        lambda begins, length, balance: (DAY + timedelta(begins), length, balance),
        st.integers(-40, 5),
        st.integers(0, 60),
        st.integers(0, 80),
    ),
    max_size=6,
).map(lambda rows: [Pack(i, day, day + timedelta(length), left) for i, (day, length, left) in enumerate(rows)])


@pytest.mark.parametrize(
    ("minutes", "consumed"), [(0, 0), (1, 15), (15, 15), (16, 30), (105, 105), (106, 120), (230, 240), (240, 240)]
)
def test_a_quarter_of_an_hour_that_is_started_is_consumed(minutes: int, consumed: int) -> None:
    """Booklet, Consommation des heures."""
    assert quarters(minutes) * 15 == consumed


def test_no_work_lasts_less_than_nothing() -> None:
    with pytest.raises(NegativeAmount):
        quarters(-1)
    with pytest.raises(NegativeAmount):
        debit([], DAY, -1)


def test_the_forfait_that_expires_first_pays_first() -> None:
    late, soon = pack(1, date(2026, 12, 31), 40), pack(2, date(2026, 6, 30), 3)
    assert debit([late, soon], DAY, 7) == Debit(takes=((2, 3), (1, 4)), owed=0)


def test_of_two_that_expire_together_the_older_pays_first() -> None:
    assert debit([pack(9, DAY, 40), pack(4, DAY, 40)], DAY, 2).takes == ((4, 2),)


def test_the_first_and_the_last_day_are_days_of_validity() -> None:
    one = pack(1, date(2026, 6, 30), 4, begins=date(2026, 6, 1))
    days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [bool(valid_on([one], day)) for day in days] == [False, True, True, False]


def test_what_exceeds_the_balance_is_owed() -> None:
    assert debit([pack(1, DAY, 5)], DAY, 7) == Debit(takes=((1, 5),), owed=2)


def test_without_a_valid_forfait_all_is_owed() -> None:
    assert debit([pack(1, date(2026, 6, 14), 40)], DAY, 7) == Debit(takes=(), owed=7)


def test_work_typed_late_is_paid_by_the_forfait_of_its_day() -> None:
    """Two forfaits across an expiry: the work of the last day falls on the one that has since expired."""
    old, new = pack(1, date(2026, 6, 30), 10), pack(2, date(2027, 6, 30), 40, begins=date(2026, 7, 1))
    assert debit([old, new], date(2026, 6, 30), 12) == Debit(takes=((1, 10),), owed=2)
    assert debit([old, new], date(2026, 7, 1), 12) == Debit(takes=((2, 12),), owed=0)


@given(packs, st.integers(0, 400))
def test_debits_never_overdraw_and_sum_to_what_was_worked(some: list[Pack], worked: int) -> None:
    paid = debit(some, DAY, worked)
    balances = {each.id: each.balance_quarters for each in some}
    assert sum(taken for _, taken in paid.takes) + paid.owed == worked
    assert all(0 < taken <= balances[number] for number, taken in paid.takes)
    assert len({number for number, _ in paid.takes}) == len(paid.takes)


@given(packs, st.integers(1, 400))
def test_nothing_is_owed_while_a_valid_forfait_has_hours(some: list[Pack], worked: int) -> None:
    assert debit(some, DAY, worked).owed == max(worked - quarters_left(some, DAY), 0)


@given(st.lists(st.integers(0, 40), max_size=4), st.permutations([3, 17, 8, 30]))
def test_any_order_of_closings_leaves_the_same_total_left_and_owed(balances: list[int], closings: list[int]) -> None:
    left = dict(enumerate(balances))
    owed = 0
    for worked in closings:
        paid = debit([pack(number, DAY, balance) for number, balance in left.items()], DAY, worked)
        owed += paid.owed
        for number, taken in paid.takes:
            left[number] -= taken
    assert (sum(left.values()), owed) == (max(sum(balances) - 58, 0), max(58 - sum(balances), 0))


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_two_interventions_never_cost_less_than_the_same_work_in_one(one: int, other: int) -> None:
    assert quarters(one) + quarters(other) >= quarters(one + other)


def test_a_morning_and_an_afternoon_of_one_day_are_rounded_once() -> None:
    """3 h 30 and 20 min on one day: one intervention, 4 h 00 consumed; apart they would cost the same or more."""
    assert quarters(210 + 20) * 15 == 240


@pytest.mark.parametrize(("owed", "bought", "taken"), [(0, 40, 0), (3, 40, 3), (50, 40, 40)])
def test_what_is_owed_comes_first_off_the_next_forfait(owed: int, bought: int, taken: int) -> None:
    assert settle(owed, bought) == taken


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 3, 1), 12, date(2027, 2, 28)),
        (date(2027, 3, 1), 12, date(2028, 2, 29)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2026, 11, 24), 12, date(2027, 11, 23)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
    ],
)
def test_the_last_day_is_the_eve_of_the_anniversary(first: date, months: int, last: date) -> None:
    assert last_day(first, months) == last


def test_a_validity_lasts_a_month_at_least() -> None:
    with pytest.raises(NegativeAmount):
        last_day(DAY, 0)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 120))
def test_a_forfait_begun_later_never_ends_earlier(first: date, months: int) -> None:
    assert first < last_day(first, months) <= last_day(first + timedelta(days=1), months)


@pytest.mark.parametrize(
    ("before", "after", "crossed"),
    [
        (40, 11, ()),
        (11, 10, (25,)),
        (10, 9, ()),
        (40, 4, (25, 10)),
        (5, 0, (10, 0)),
        (40, 0, (25, 10, 0)),
        (0, 0, ()),
        (4, 40, ()),
        (10, 10, ()),
    ],
)
def test_each_low_balance_is_said_once_on_the_way_down(before: int, after: int, crossed: tuple[int, ...]) -> None:
    """Ten hours are 40 quarters: 25 % is 10 of them, 10 % is 4."""
    assert low_levels_crossed(40, before, after) == crossed
