"""Drawings tell the same facts as the tables beside them."""

from datetime import date

from sla.desk.hours_card import Hours, HoursCard, Movement
from sla.web import balance_curve, drawing
from sla.web.portal.forfaits import shown_curve
from tests.worlds import paris


def test_a_share_stays_within_its_bar() -> None:
    assert [drawing.share(7, 14), drawing.share(9, 7), drawing.share(-1, 7), drawing.share(3, 0)] == [
        "50.0%",
        "100.0%",
        "0.0%",
        "0.0%",
    ]


def test_a_burn_down_steps_from_what_was_bought_to_what_is_left() -> None:
    drawn = balance_curve.curve(
        [(date(2026, 9, 15), 60)], 120, date(2026, 9, 1), date(2027, 8, 31), date(2026, 11, 24), forecast=None
    )
    assert drawn.real == "M30.0 8.0H41.0V58.0H96.0"
    assert (drawn.estimate, drawn.cone, drawn.exhausted) == ("", "", None)
    assert drawn.levels == [(108.0, 0), (74.7, 10), (41.3, 20), (8.0, 30)]


def test_a_forfait_that_is_soon_used_up_is_drawn_as_far_as_it_takes_to_see_it() -> None:
    """Bought on 15 November for a year and used up by 21 December at the latest, after 36 days: 48 are drawn. Without a
    forecast, or with one near its end, it is drawn to its last day."""
    first, last, today = date(2026, 11, 15), date(2027, 11, 14), date(2026, 11, 24)
    soon = (date(2026, 12, 14), date(2026, 12, 9), date(2026, 12, 21))
    late = (date(2027, 9, 1), date(2027, 8, 1), date(2027, 10, 1))
    ends = [balance_curve.curve([(first, 100)], 120, first, last, today, told).last for told in (soon, late, None)]
    assert ends == [date(2027, 1, 2), last, last]


def test_a_burn_down_goes_by_the_days_of_the_work_not_of_its_typing() -> None:
    """4 quarters of 3 June, then 2 of the 1st that were typed on the 4th: the step of the 1st comes first."""
    moved = [("purchase", 1, -40, 40), ("consumption", 3, 4, 36), ("consumption", 1, 2, 34)]
    lines = [
        Movement(date(2026, 6, day), paris("2026-06-04 10:00"), kind, "", None, None, None, taken, balance)
        for kind, day, taken, balance in moved
    ]
    card = HoursCard(1, 34, 40, date(2026, 6, 1), date(2027, 5, 31), "running", lines)
    drawn = shown_curve(Hours("Acme", [card], 0, 0, True, None, None), card)
    assert drawn["points"] == [(date(2026, 6, 1), 38), (date(2026, 6, 3), 34)]
