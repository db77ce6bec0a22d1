"""A deadline explains itself: what it counted, and each stretch that it skipped with the reason."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from sla.calendar import BusinessCalendar, FrenchHolidays, told_together

PARIS = ZoneInfo("Europe/Paris")
WEEK = {day: [("09:00", "12:30"), ("13:30", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
HOUR = timedelta(hours=1)


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def told(desk: BusinessCalendar, start: str, end: str) -> list[str]:
    return [
        f"{stretch.start.astimezone(PARIS):%d %H:%M} {'+' if stretch.counted else '-'} {stretch.reason} {stretch.label}"
        for stretch in desk.explain(paris(start), paris(end))
    ]


DESK = BusinessCalendar("Europe/Paris", WEEK, FrenchHolidays())


def test_a_deadline_over_the_long_weekend_of_the_first_of_may() -> None:
    """Thursday 30 April 2026 at 16:00 and five hours: Monday at 14:00."""
    start, end = paris("2026-04-30 16:00"), paris("2026-05-04 14:00")
    assert DESK.add(start, 5 * HOUR) == end
    assert told(DESK, "2026-04-30 16:00", "2026-05-04 14:00") == [
        "30 16:00 + open Ouvert",
        "30 17:00 - night Nuit",
        "01 00:00 - holiday Fête du Travail",
        "02 00:00 - weekend Week-end",
        "04 00:00 - night Nuit",
        "04 09:00 + open Ouvert",
        "04 12:30 - lunch Déjeuner",
        "04 13:30 + open Ouvert",
    ]
    stretches = DESK.explain_due(start, 5 * HOUR)
    assert stretches == DESK.explain(start, end)
    assert sum(stretch.seconds for stretch in stretches if stretch.counted) == 5 * 3600
    assert all(one.end == then.start for one, then in pairwise(stretches))


def test_neighbouring_skips_can_be_told_as_one() -> None:
    short = told_together(DESK.explain(paris("2026-04-30 16:00"), paris("2026-05-04 14:00")))
    assert [stretch.label for stretch in short] == [
        "Ouvert", "Nuit, Fête du Travail, week-end", "Ouvert", "Déjeuner", "Ouvert"
    ]  # fmt: skip
    assert (short[1].reason, short[1].end) == ("holiday", paris("2026-05-04 09:00"))


def test_christmas_eve_until_noon_with_a_closure_and_an_opening() -> None:
    desk = BusinessCalendar(
        "Europe/Paris",
        WEEK,
        FrenchHolidays(),
        {date(2026, 12, 24): [("09:00", "12:00")]},
        [(paris("2026-12-23 15:00"), paris("2026-12-24 10:00"), "Inventaire")],
        [(paris("2026-12-26 10:00"), paris("2026-12-26 11:00"), "Bascule")],
        special_labels={date(2026, 12, 24): "Veille de Noël"},
    )
    assert told(desk, "2026-12-23 14:00", "2026-12-27 00:00") == [
        "23 14:00 + open Ouvert",
        "23 15:00 - closure Inventaire",
        "24 10:00 + open Ouvert",
        "24 12:00 - special_hours Veille de Noël",
        "24 17:00 - night Nuit",
        "25 00:00 - holiday Noël",
        "26 00:00 - weekend Week-end",
        "26 10:00 + opening Bascule",
        "26 11:00 - weekend Week-end",
    ]


def test_an_absence_is_told_by_its_label() -> None:
    away = DESK.minus([(paris("2026-06-02 00:00"), paris("2026-06-03 00:00"), "Congés")])
    assert told(away, "2026-06-01 16:00", "2026-06-03 10:00") == [
        "01 16:00 + open Ouvert",
        "01 17:00 - night Nuit",
        "02 00:00 - absence Congés",
        "03 00:00 - night Nuit",
        "03 09:00 + open Ouvert",
    ]


def test_a_weekday_without_hours_and_a_holiday_at_the_weekend() -> None:
    """15 August 2026 is a Saturday: the desk is closed for the weekend, not for Assumption."""
    desk = BusinessCalendar("Europe/Paris", {"thu": [("09:00", "17:00")]}, FrenchHolidays())
    assert told(desk, "2026-08-13 18:00", "2026-08-16 00:00") == [
        "13 18:00 - night Nuit",
        "14 00:00 - closed_day Jour de fermeture",
        "15 00:00 - weekend Week-end",
    ]


def test_nothing_is_told_of_an_interval_that_ends_before_it_begins() -> None:
    assert DESK.explain(paris("2026-06-02 10:00"), paris("2026-06-01 10:00")) == []
    assert DESK.explain(paris("2026-06-02 10:00"), paris("2026-06-02 10:00")) == []


def test_hours_that_the_repeated_hour_makes_overlap_are_told_once() -> None:
    """25 October 2026: 0:00–2:30 ends at the second 2:30, after 2:45–6:00 has begun at the first 2:45."""
    desk = BusinessCalendar("Europe/Paris", {"sun": [("00:00", "02:30"), ("02:45", "06:00")]})
    stretches = desk.explain(paris("2026-10-25 00:00"), paris("2026-10-25 07:00"))
    assert [(stretch.reason, stretch.seconds) for stretch in stretches] == [("open", 7 * 3600), ("night", 3600)]
    assert desk.between(paris("2026-10-25 00:00"), paris("2026-10-25 07:00")) == 7 * HOUR
