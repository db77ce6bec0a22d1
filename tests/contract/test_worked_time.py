"""Typed time: an integer is minutes, a decimal is hours, hours and minutes are what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla.contract.worked_time import (
    BadDuration,
    NotPositive,
    TooLong,
    UnreadableDuration,
    checked_minutes,
    parse_worked,
)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("105", 105),
        ("1,75", 105),
        ("1.75", 105),
        ("1h45", 105),
        ("1 h 45", 105),
        ("1H45", 105),
        ("1\u202fh\u202f45", 105),
        ("1 h 45 min", 105),
        ("2h", 120),
        ("2 h", 120),
        ("0h30", 30),
        ("1h5", 65),
        ("45 min", 45),
        ("45mn", 45),
        ("2,0", 120),
        ("0,5 h", 30),
        (" 105 ", 105),
        ("1", 1),
        ("007", 7),
        ("1440", 1440),
        ("24h", 1440),
        ("24,00", 1440),
    ],
)
def test_what_a_person_types_is_understood(typed: str, minutes: int) -> None:
    assert parse_worked(typed) == minutes


@pytest.mark.parametrize(("typed", "minutes"), [("0,33", 20), ("1,33", 80), ("0,67", 40), ("0,025", 2), ("0,02", 1)])
def test_decimal_hours_go_to_the_nearest_minute_and_half_a_minute_up(typed: str, minutes: int) -> None:
    assert parse_worked(typed) == minutes


@pytest.mark.parametrize("typed", ["0", "0,0", "0h", "00", "-0", "-5", "-0,5", "-1h30", "\u22125", "0,001"])
def test_zero_or_less_is_no_work(typed: str) -> None:
    with pytest.raises(NotPositive):
        parse_worked(typed)


@pytest.mark.parametrize("typed", ["1441", "24h01", "24,02", "25h", "525601", "999999", "999999h59", "2147483648"])
def test_more_than_a_day_is_refused(typed: str) -> None:
    with pytest.raises(TooLong):
        parse_worked(typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "abc", "NaN", "inf", "Infinity", "1e3", "1E3", "0x1F", "1_000", "+5", "1 234,56", "1\u202f234"),
        *("PT30M", "1:45", "1h60", "1h45h", "h45", "1,", ",5", "1,5,5", "1..5", "1.75.2", "None", "true", "½"),
        *("\u0661\u0662\u0660", "\uff11\uff12", "१२", "²", "12\n", "1\n2", "12\t", "12\x00", "1\u200b2"),
        *("9007199254740993", "9" * 5000, "1," + "3" * 5000),
    ],
)
def test_what_is_no_duration_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableDuration):
        parse_worked(typed)


@pytest.mark.parametrize("sent", [True, "12", "1,5", None, 1.5, -0.0, 1e308, {"minutes": 30}, [30]])
def test_minutes_sent_as_json_are_a_whole_number(sent: object) -> None:
    with pytest.raises(UnreadableDuration):
        checked_minutes(sent)


@pytest.mark.parametrize(("sent", "why"), [(0, NotPositive), (-1, NotPositive), (1441, TooLong), (2**63, TooLong)])
def test_minutes_sent_as_json_fit_in_a_day(sent: int, why: type[BadDuration]) -> None:
    assert checked_minutes(1440) == 1440
    with pytest.raises(why):
        checked_minutes(sent)


def test_a_refusal_names_the_value_and_the_rule_in_both_languages() -> None:
    with pytest.raises(TooLong) as refusal:
        parse_worked("25h")
    assert str(refusal.value) == "“25h” is more than 24 hours, the most that one entry can hold."
    assert refusal.value.french == "« 25h » dépasse 24 heures, le plus qu’une saisie puisse contenir."
    assert refusal.value.value == "25h"


@given(st.integers(1, 1440))
def test_every_way_of_typing_says_the_same(minutes: int) -> None:
    hours, rest = divmod(minutes, 60)
    assert parse_worked(str(minutes)) == parse_worked(f"{hours}h{rest:02}") == parse_worked(f"{hours} h {rest} min")
    assert parse_worked(f"{minutes / 60:.4f}") == minutes


@given(st.text(max_size=12) | st.from_regex(r"[0-9٠-٩]{0,4}[ ,.hHmin-]{0,3}[0-9]{0,4}", fullmatch=True))
def test_any_text_is_minutes_of_a_day_or_refused(typed: str) -> None:
    try:
        minutes = parse_worked(typed)
    except BadDuration:
        return
    assert 1 <= minutes <= 1440
