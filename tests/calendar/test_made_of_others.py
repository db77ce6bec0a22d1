"""Calendars made of calendars: the meet of two, 24/7, one that was edited; and what an edit changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sla.calendar import (
    AlwaysOpen,
    BusinessCalendar,
    Change,
    FrenchHolidays,
    NaiveInstant,
    NeverOpen,
    YearOutOfReach,
    changed_between,
    meet,
)

PARIS = ZoneInfo("Europe/Paris")
DAYS = ("mon", "tue", "wed", "thu", "fri")
WEEK = {day: [("09:00", "12:30"), ("13:30", "17:00")] for day in DAYS}
DESK = BusinessCalendar("Europe/Paris", WEEK, FrenchHolidays())
LONGER = BusinessCalendar("Europe/Paris", {day: [("08:00", "18:00")] for day in DAYS})
HOUR = timedelta(hours=1)


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def hours(desk: BusinessCalendar, day: date) -> list[str]:
    return [f"{start:%H:%M}-{end:%H:%M}" for start, end in desk.hours_of(day)]


def told(desk: BusinessCalendar, start: str, end: str) -> list[str]:
    return [
        f"{stretch.start.astimezone(PARIS):%d %H:%M} {'+' if stretch.counted else '-'} {stretch.label}"
        for stretch in desk.explain(paris(start), paris(end))
    ]


def test_the_meet_of_two_is_open_where_both_are() -> None:
    early = BusinessCalendar("Europe/Paris", {"tue": [("08:00", "10:00")], "wed": [("08:00", "18:00")]})
    both = meet(DESK, early)
    assert hours(both, date(2026, 6, 2)) == ["09:00-10:00"]
    assert hours(both, date(2026, 6, 3)) == ["09:00-12:30", "13:30-17:00"]
    assert both.add(paris("2026-06-02 09:30"), HOUR) == paris("2026-06-03 09:30")


def test_where_both_are_closed_the_first_one_s_reason_is_told() -> None:
    fete = (paris("2026-06-02 10:00"), paris("2026-06-02 11:00"), "Fête")
    late = (paris("2026-06-02 09:30"), paris("2026-06-02 10:30"), "Panne")
    both = DESK.without([fete]).meet(DESK.without([late]))
    assert told(both, "2026-06-02 09:00", "2026-06-02 12:00") == [
        "02 09:00 + Ouvert", "02 09:30 - Panne", "02 10:00 - Fête", "02 11:00 + Ouvert"
    ]  # fmt: skip


def test_an_exceptional_opening_counts_where_both_have_it() -> None:
    saturday = (paris("2026-06-06 09:00"), paris("2026-06-06 12:00"), "Bascule")
    desk = BusinessCalendar("Europe/Paris", WEEK, openings=[saturday])
    assert told(desk.meet(AlwaysOpen()), "2026-06-06 08:00", "2026-06-06 10:00") == [
        "06 08:00 - Week-end", "06 09:00 + Bascule"
    ]  # fmt: skip
    assert told(AlwaysOpen().meet(desk), "2026-06-06 09:00", "2026-06-06 10:00") == ["06 09:00 + Bascule"]
    assert told(desk.meet(DESK), "2026-06-06 09:00", "2026-06-06 10:00") == ["06 09:00 - Week-end"]


def test_a_meet_speaks_for_the_years_that_both_know_and_for_days_that_are_usual_in_both() -> None:
    both = LONGER.meet(DESK)
    assert both.closed_days(date(2026, 5, 25), 1) == [(date(2026, 5, 25), "Lundi de Pentecôte")]
    assert both.holidays(date(2026, 5, 25), date(2026, 5, 25)) == [(date(2026, 5, 25), "Lundi de Pentecôte")]
    with pytest.raises(YearOutOfReach):
        both.is_open(datetime(2101, 1, 3, 9, tzinfo=UTC))
    tuesdays = BusinessCalendar("Europe/Paris", {"tue": [("09:00", "17:00")]})
    assert DESK.meet(tuesdays).closed_days(date(2026, 5, 25), 3) == []


def test_two_that_never_meet_are_refused_when_asked_for_an_opening() -> None:
    night = BusinessCalendar("Europe/Paris", {"sun": [("00:00", "06:00")]})
    with pytest.raises(YearOutOfReach):
        DESK.meet(night).next_open(paris("2026-06-02 10:00"))


def test_desks_of_two_zones_meet_in_the_hours_that_they_share() -> None:
    """Paris 9:00 is 3:00 in New York; 9:00 there is 15:00 here."""
    there = BusinessCalendar("America/New_York", {day: [("09:00", "17:00")] for day in DAYS})
    assert hours(DESK.meet(there), date(2026, 6, 2)) == ["15:00-17:00"]
    assert hours(there.meet(DESK), date(2026, 6, 2)) == ["09:00-11:00"]
    assert DESK.meet(there).zone.key == "Europe/Paris"
    for far in (1900, 2199):
        with pytest.raises(YearOutOfReach):
            there.meet(LONGER).open_day(date(far, 6, 1))


def test_around_the_clock_elapsed_time_is_working_time() -> None:
    """Through the night of 29 March 2026 too, on which 24 h of Paris are 23."""
    always = AlwaysOpen("Europe/Paris")
    start = paris("2026-03-28 12:00")
    assert always.add(start, 24 * HOUR) == start.astimezone(UTC) + 24 * HOUR == paris("2026-03-29 13:00")
    assert always.between(start, paris("2026-03-29 12:00")) == 23 * HOUR
    assert always.is_open(start)
    assert always.add_days(start, 1) == paris("2026-03-29 12:00")
    assert [(one.label, one.seconds) for one in always.explain(start, start + HOUR)] == [("Ouvert", 3600)]
    with pytest.raises(YearOutOfReach):
        always.next_close(start)


def test_absences_and_closures_can_be_cut_out_of_24_7() -> None:
    away = [(paris("2026-06-02 10:00"), paris("2026-06-02 12:00"), "Maintenance")]
    for desk in (AlwaysOpen().minus(away), AlwaysOpen().without(away)):
        assert desk.add(paris("2026-06-02 09:00"), 2 * HOUR) == paris("2026-06-02 13:00")


def test_an_edit_changes_nothing_before_its_instant() -> None:
    """From Tuesday 10:30 on the desk is open from 8 to 18 and works through lunch."""
    edited = DESK.until(paris("2026-06-02 10:30"), LONGER)
    assert hours(edited, date(2026, 6, 1)) == ["09:00-12:30", "13:30-17:00"]
    assert hours(edited, date(2026, 6, 2)) == ["09:00-18:00"]
    assert hours(edited, date(2026, 6, 3)) == ["08:00-18:00"]
    assert edited.between(paris("2026-06-01 16:00"), paris("2026-06-03 09:00")) == (1 + 9 + 1) * HOUR


def test_a_closure_that_is_typed_late_closes_from_the_edit_on() -> None:
    """Typed at 10:30, it was to hold from 10:00: the half hour that was worked stays worked."""
    closed = DESK.without([(paris("2026-06-02 10:00"), paris("2026-06-02 11:00"), "Panne")])
    edited = DESK.until(paris("2026-06-02 10:30"), closed)
    assert told(edited, "2026-06-02 09:00", "2026-06-02 12:00") == [
        "02 09:00 + Ouvert", "02 10:30 - Panne", "02 11:00 + Ouvert"
    ]  # fmt: skip


def test_explanations_are_each_version_s_own() -> None:
    seminar = (paris("2026-06-02 09:00"), paris("2026-06-02 12:30"), "Séminaire")
    edited = DESK.without([seminar]).until(paris("2026-06-02 12:00"), LONGER)
    assert told(edited, "2026-06-02 08:30", "2026-06-02 13:00") == [
        "02 08:30 - Nuit", "02 09:00 - Séminaire", "02 12:00 + Ouvert"
    ]  # fmt: skip


def test_versions_pile_up() -> None:
    first, second = paris("2026-06-02 00:00"), paris("2026-06-04 00:00")
    piled = DESK.until(first, LONGER).until(second, AlwaysOpen("Europe/Paris"))
    assert hours(piled, date(2026, 6, 1)) == ["09:00-12:30", "13:30-17:00"]
    assert hours(piled, date(2026, 6, 3)) == ["08:00-18:00"]
    assert hours(piled, date(2026, 6, 4)) == ["00:00-00:00"]
    again = DESK.until(first, LONGER.until(second, AlwaysOpen("Europe/Paris")))
    assert again.spans(paris("2026-05-01 00:00"), paris("2026-07-01 00:00")) == piled.spans(
        paris("2026-05-01 00:00"), paris("2026-07-01 00:00")
    )


def test_an_edit_takes_back_what_an_earlier_one_announced_for_later() -> None:
    piled = DESK.until(paris("2026-06-04 00:00"), LONGER).until(paris("2026-06-02 00:00"), DESK)
    assert hours(piled, date(2026, 6, 5)) == ["09:00-12:30", "13:30-17:00"]
    other = DESK.until(paris("2026-06-02 00:00"), LONGER.until(paris("2026-06-01 00:00"), DESK))
    assert hours(other, date(2026, 6, 2)) == ["09:00-12:30", "13:30-17:00"]


def test_an_edit_rules_from_its_instant_over_what_was_announced_for_later() -> None:
    """Longer hours were announced for Thursday; on Tuesday it is decided to stay closed on Wednesday and Thursday."""
    closed = DESK.without([(paris("2026-06-03 00:00"), paris("2026-06-05 00:00"), "Inventaire")])
    piled = DESK.until(paris("2026-06-04 00:00"), LONGER).until(paris("2026-06-02 00:00"), closed)
    assert [hours(piled, date(2026, 6, day)) for day in (3, 4)] == [[], []]


def test_a_date_that_begins_with_an_edit_is_the_new_version_s() -> None:
    """LONGER knows no holidays: Whit Monday is 25 May."""
    edited = DESK.until(paris("2026-05-25 00:00"), LONGER)
    assert edited.holidays(date(2026, 5, 25), date(2026, 5, 25)) == []
    assert hours(edited, date(2026, 5, 25)) == ["08:00-18:00"]


def test_the_years_of_a_calendar_edited_twice_are_its_first_beginning_and_its_last_end() -> None:
    """French holidays are known until 2100, and a meeting with a desk elsewhere from 1901 on."""
    week = {"fri": [("09:00", "17:00")]}
    plain, french = BusinessCalendar("Europe/Paris", week), BusinessCalendar("Europe/Paris", week, FrenchHolidays())
    one, two = paris("2026-06-02 00:00"), paris("2026-06-03 00:00")
    assert plain.until(one, french).until(two, plain).open_day(date(2150, 6, 5))
    with pytest.raises(YearOutOfReach):
        plain.until(one, plain).until(two, french).open_day(date(2150, 6, 5))
    late = plain.meet(BusinessCalendar("America/New_York", week))
    with pytest.raises(YearOutOfReach):
        late.until(one, plain).open_day(date(1900, 6, 1))
    assert plain.until(one, late).open_day(date(1900, 6, 1))


def test_hundreds_of_versions_are_no_deeper_than_one() -> None:
    piled = DESK
    for number in range(500):
        piled = piled.until(paris("2026-06-01 00:00") + timedelta(hours=number), (DESK, LONGER)[number % 2])
    assert piled.between(paris("2026-05-25 00:00"), paris("2026-06-01 00:00")) == 28 * HOUR
    assert piled.add(paris("2026-05-01 00:00"), 1000 * HOUR) > paris("2026-06-15 00:00")


def test_absences_and_closures_of_an_edited_calendar_hold_in_each_version() -> None:
    away = [(paris("2026-06-01 09:00"), paris("2026-06-03 09:00"), "Congés")]
    edited = DESK.until(paris("2026-06-02 00:00"), LONGER)
    for desk in (edited.minus(away), edited.without(away)):
        assert [hours(desk, date(2026, 6, day)) for day in (1, 2, 3)] == [[], [], ["09:00-18:00"]]
    assert DESK.minus(away).without([(paris("2026-06-03 09:00"), paris("2026-06-03 10:00"), "Panne")]).add(
        paris("2026-06-01 08:00"), HOUR
    ) == paris("2026-06-03 11:00")
    both = edited.meet(LONGER).without(away)
    assert hours(both, date(2026, 6, 3)) == ["09:00-18:00"]
    assert hours(both, date(2026, 6, 2)) == []


def test_an_edited_calendar_answers_for_dates_by_the_version_of_their_first_instant() -> None:
    edited = DESK.until(paris("2026-05-25 12:00"), LONGER)
    assert edited.holidays(date(2026, 5, 14), date(2026, 7, 14)) == [
        (date(2026, 5, 14), "Ascension"), (date(2026, 5, 25), "Lundi de Pentecôte")
    ]  # fmt: skip
    assert edited.closed_days(date(2026, 5, 14), 30) == [(date(2026, 5, 14), "Ascension")]


def test_an_edit_that_leaves_no_opening_for_400_days_is_refused() -> None:
    """Each version is closed for 300 days, and together they are for 600."""
    edit = paris("2026-06-01 00:00")
    before = DESK.without([(edit - timedelta(days=300), edit, "Fermeture")])
    after = DESK.without([(edit, edit + timedelta(days=300), "Fermeture")])
    assert before.until(edit, DESK).next_open(edit) == paris("2026-06-01 09:00")
    with pytest.raises(NeverOpen) as refused:
        before.until(edit, after)
    assert refused.value.value == "2025-08-04"
    with pytest.raises(NaiveInstant):
        DESK.until(datetime(2026, 6, 1), LONGER)


def test_an_edit_may_move_the_desk_to_another_zone() -> None:
    moved = DESK.until(paris("2026-06-02 12:00"), BusinessCalendar("America/New_York", {"tue": [("09:00", "17:00")]}))
    assert moved.zone.key == "America/New_York"
    assert moved.next_open(paris("2026-06-02 12:30")) == paris("2026-06-02 15:00")
    assert moved.between(paris("2026-06-01 00:00"), paris("2026-06-02 12:00")) == 10 * HOUR


def test_an_edited_calendar_speaks_for_the_years_of_its_versions() -> None:
    """Where the zones differ, less the years at both ends: they don't begin and end at the same instants."""
    at = paris("2026-06-02 12:00")
    there = BusinessCalendar("America/New_York", {"fri": [("09:00", "17:00")]})
    for far in (date(1900, 6, 1), date(2199, 6, 7)):
        assert LONGER.until(at, LONGER).open_day(far)
        with pytest.raises(YearOutOfReach):
            LONGER.until(at, there).open_day(far)
        with pytest.raises(YearOutOfReach):
            there.until(at, LONGER).open_day(far)


def test_what_an_edit_changes_is_told_by_period() -> None:
    """On Tuesday 2 June: an hour at each end and the lunch open, and a closure of the morning's last half hour."""
    new = LONGER.without([(paris("2026-06-02 12:00"), paris("2026-06-02 13:00"), "Panne")])
    assert changed_between(DESK, new, paris("2026-06-02 00:00"), paris("2026-06-03 00:00")) == [
        Change(paris("2026-06-02 08:00"), paris("2026-06-02 09:00"), True),
        Change(paris("2026-06-02 12:00"), paris("2026-06-02 12:30"), False),
        Change(paris("2026-06-02 13:00"), paris("2026-06-02 13:30"), True),
        Change(paris("2026-06-02 17:00"), paris("2026-06-02 18:00"), True),
    ]
    assert changed_between(DESK, DESK, paris("2026-06-02 00:00"), paris("2027-06-03 00:00")) == []
    assert changed_between(DESK, new, paris("2026-06-03 00:00"), paris("2026-06-02 00:00")) == []


def test_the_periods_given_are_told_once_even_where_an_edit_goes_through_them() -> None:
    closure = (paris("2026-06-01 10:00"), paris("2026-06-03 10:00"), "Travaux")
    old, new = DESK.without([closure]), LONGER.without([closure])
    whole = ("closure", closure[0], closure[1])

    def given(desk: BusinessCalendar) -> list[tuple[str, datetime, datetime]]:
        found = desk.given_within(paris("2026-05-01 00:00"), paris("2026-07-01 00:00"))
        return [
            (kind, datetime.fromtimestamp(one.start, UTC), datetime.fromtimestamp(one.end, UTC)) for kind, one in found
        ]

    edit = paris("2026-06-02 00:00")
    assert given(old.until(edit, new)) == given(old.meet(new)) == [whole]
    assert given(old.until(edit, LONGER)) == [("closure", closure[0], edit)]
    assert given(DESK.until(edit, new)) == [("closure", edit, closure[1])]
    past = (paris("2026-05-11 00:00"), paris("2026-05-12 00:00"), "Grève")
    assert given(DESK.until(edit, DESK.without([past]))) == []
    assert given(DESK.without([past]).until(edit, DESK)) == [("closure", past[0], past[1])]
    assert given(DESK.minus([closure])) == [("absence", closure[0], closure[1])]
    assert old.given_within(paris("2026-06-03 10:00"), paris("2026-07-01 00:00")) == []


def test_periods_are_told_by_the_version_that_rules_them_and_never_run_together() -> None:
    """Those of one name apart, those of two names in a row, a closure and an opening in a row: each is one."""

    def day(number: int) -> datetime:
        return paris(f"2026-06-{number:02} 00:00")

    def told(desk: BusinessCalendar, low: int, high: int) -> list[tuple[str, int, int, str]]:
        found = desk.given_within(day(low), day(high))
        return [(kind, local_day(one.start), local_day(one.end), one.label) for kind, one in found]

    def local_day(seconds: int) -> int:
        return datetime.fromtimestamp(seconds, PARIS).day

    closed = [(day(2), day(3), "Travaux"), (day(4), day(5), "Travaux"), (day(5), day(6), "Inventaire")]
    opened = BusinessCalendar("Europe/Paris", WEEK, closures=closed, openings=[(day(6), day(7), "Inventaire")])
    whole = [("closure", 2, 3, "Travaux"), ("closure", 4, 5, "Travaux"), ("closure", 5, 6, "Inventaire"),
             ("opening", 6, 7, "Inventaire")]  # fmt: skip
    for edit in (1, 3, 5, 8):
        assert told(opened.until(day(edit), opened), 1, 9) == whole
    assert told(opened.until(day(3), LONGER), 1, 9) == whole[:1]
    assert told(opened.until(day(8), LONGER), 1, 4) == whole[:1]
    through = DESK.without([(day(2), day(8), "Travaux")])
    assert told(through.until(day(4), DESK), 4, 9) == []
