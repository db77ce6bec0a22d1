"""iCalendar: the feed of a calendar (RFC 5545, RFC 7953), and closures out of an `.ics` file."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # comes with icalendar
from hypothesis import given
from hypothesis import strategies as st

from sla.calendar import (
    BusinessCalendar,
    FrenchHolidays,
    Imported,
    NaiveInstant,
    UnknownZone,
    WrongFeed,
    as_ics,
    closures_from_ics,
)
from tests.calendar.random_desks import CHANGES, DAYS, Desk, desks, examples

PARIS = ZoneInfo("Europe/Paris")
WEEK = {day: [("09:00", "12:30"), ("13:30", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
STAMP = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


BRIDGE = (paris("2026-05-15 00:00"), paris("2026-05-16 00:00"), "Pont de l’Ascension")
SEMINAR = (paris("2026-06-18 13:30"), paris("2026-06-18 17:00"), "Séminaire, de l’équipe; n° 1")
SATURDAY = (paris("2026-11-21 09:00"), paris("2026-11-21 12:00"), "Bascule")
DESK = BusinessCalendar(
    "Europe/Paris", WEEK, FrenchHolidays(), closures=[BRIDGE, SEMINAR], openings=[SATURDAY],
    yearly={"12-24": [("09:00", "12:00")]},
)  # fmt: skip
FEED = as_ics(DESK, FIRST, LAST, stamp=STAMP)


def events(feed: bytes) -> dict[str, Any]:
    """The events by their summary; values of any kind, as the parser types them."""
    return {str(event["SUMMARY"]): event for event in parts(feed, "VEVENT")}


def parts(feed: bytes, name: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(feed).walk(name))


def one(text: str, *, also: str = "", zone: str = "Europe/Paris", last: date | None = None) -> Imported:
    """What an event of these lines gives."""
    return of_events(f"UID:1@x\nSUMMARY:Fermeture annuelle\n{text}", also=also, zone=zone, last=last)


def of_events(*bodies: str, also: str = "", zone: str = "Europe/Paris", last: date | None = None) -> Imported:
    told = "".join(f"BEGIN:VEVENT\n{body}\nEND:VEVENT\n" for body in bodies)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{also}{told}END:VCALENDAR\n"
    return closures_from_ics(text.replace("\n", "\r\n").encode(), zone, last=last)


def spans(found: Imported) -> list[tuple[str, str]]:
    assert not found.unusable
    return [(f"{start:%m-%d %H:%M}", f"{end:%m-%d %H:%M}") for start, end, _ in found.closures]


def refusal(found: Imported) -> str:
    assert not found.closures
    (unusable,) = found.unusable
    assert unusable.message_fr != unusable.message_en
    assert str(unusable) == f"Fermeture annuelle: {unusable.message_en}"
    return unusable.message_en


def test_a_closure_of_whole_days_is_a_date_the_last_excluded() -> None:
    bridge = events(FEED)["Pont de l’Ascension"]
    assert (bridge["DTSTART"].dt, bridge["DTEND"].dt) == (date(2026, 5, 15), date(2026, 5, 16))
    assert b"DTSTART;VALUE=DATE:20260515" in FEED
    assert bridge["TRANSP"] == "OPAQUE"


def test_a_closure_of_an_afternoon_is_in_utc() -> None:
    seminar = events(FEED)["Séminaire, de l’équipe; n° 1"]
    assert (seminar["DTSTART"].dt, seminar["DTEND"].dt) == SEMINAR[:2]
    assert b"DTSTART:20260618T113000Z" in FEED


def test_openings_and_holidays_are_told_as_such() -> None:
    found = events(FEED)
    assert (found["Bascule"]["TRANSP"], found["Bascule"]["X-SLA-KIND"]) == ("TRANSPARENT", "opening")
    assert found["Lundi de Pentecôte"]["DTSTART"].dt == date(2026, 5, 25)
    assert len([event for event in found.values() if event["X-SLA-KIND"] == "holiday"]) == 11
    english = as_ics(DESK, FIRST, LAST, stamp=STAMP, lang="en")
    assert b"SUMMARY:Whit Monday" in english
    assert b"CATEGORIES:Public holiday" in english


def test_every_event_has_a_lasting_uid_and_the_stamp_that_was_given() -> None:
    assert as_ics(DESK, FIRST, LAST, stamp=STAMP) == FEED
    later = as_ics(DESK, date(2026, 5, 1), date(2027, 12, 31), stamp=STAMP + timedelta(days=1), site="desk.example")
    old, new = events(FEED), events(later)
    assert {event["DTSTAMP"].dt for event in old.values()} == {STAMP}
    for name in ("Pont de l’Ascension", "Bascule"):
        assert str(new[name]["UID"]) == str(old[name]["UID"]).replace("@sla", "@desk.example")
    assert len({str(event["UID"]) for event in old.values()}) == len(old)
    with pytest.raises(NaiveInstant):
        as_ics(DESK, FIRST, LAST, stamp=datetime(2026, 1, 1))


def test_a_feed_holds_what_touches_its_dates() -> None:
    assert set(events(as_ics(DESK, date(2026, 5, 15), date(2026, 5, 25), stamp=STAMP))) == {
        "Pont de l’Ascension", "Lundi de Pentecôte"
    }  # fmt: skip
    assert not events(as_ics(DESK, date(2026, 5, 16), date(2026, 5, 24), stamp=STAMP))


def test_a_label_with_control_characters_can_not_break_the_feed() -> None:
    nasty = (*BRIDGE[:2], "Pont\r\x00\nEND:VEVENT")
    feed = as_ics(BusinessCalendar("Europe/Paris", WEEK, closures=[nasty]), FIRST, LAST, stamp=STAMP)
    assert list(events(feed)) == ["Pont  \nEND:VEVENT"]


def available(feed: bytes) -> list[tuple[datetime, datetime]]:
    """The spans of a VAVAILABILITY, its rules played by another library."""
    (hours,) = parts(feed, "VAVAILABILITY")
    found: list[tuple[datetime, datetime]] = []
    for part in hours.subcomponents:
        start, end = part["DTSTART"].dt, part["DTEND"].dt
        begins = [start]
        if "RRULE" in part:
            begins = list(rrulestr(part["RRULE"].to_ical().decode(), dtstart=start))
        cut = {told.dt for told in part["EXDATE"].dts} if "EXDATE" in part else set()
        found += [
            (begin.astimezone(UTC), (begin + (end - start)).astimezone(UTC)) for begin in begins if begin not in cut
        ]
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(found):
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def test_the_hours_are_a_vavailability_of_weekly_rules_and_exceptions() -> None:
    assert available(FEED) == DESK.spans(paris("2026-01-01 00:00"), paris("2027-01-01 00:00"))
    (hours,) = parts(FEED, "VAVAILABILITY")
    assert hours["BUSYTYPE"] == "BUSY-UNAVAILABLE"
    assert (hours["DTSTART"].dt, hours["DTEND"].dt) == (paris("2026-01-01 00:00"), paris("2027-01-01 00:00"))
    assert len(hours.subcomponents) == 4  # the mornings, the afternoons, 24 December and the Saturday
    assert b"BEGIN:VTIMEZONE\r\nTZID:Europe/Paris" in FEED


@examples(100, 5000)
@given(desks())
def test_a_feed_that_is_read_again_gives_the_same_closures_and_hours(desk: Desk) -> None:
    calendar = desk.calendar()
    zone = calendar.zone
    first = desk.first.astimezone(zone).date()
    last = first + timedelta(days=DAYS)
    feed = as_ics(calendar, first, last, stamp=STAMP)
    found = closures_from_ics(feed, desk.zone)
    assert found.closures == sorted({(start, end, label) for start, end, label in desk.closures})
    assert len(found.unusable) == len(desk.openings) + len([day for day in desk.holidays if first <= day <= last]) + 1
    edges = [datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1))]
    assert available(feed) == calendar.spans(*edges)


@examples(100, 2000)
@given(st.sampled_from(CHANGES), st.integers(-3, 3), st.integers(1, 5), st.sampled_from([zone for zone, _ in CHANGES]))
def test_an_all_day_closure_keeps_its_dates_in_every_zone(
    change: tuple[str, date], off: int, days: int, elsewhere: str
) -> None:
    """Written by a desk in one zone and read by one in another, it is of the same local dates."""
    first = change[1] + timedelta(days=off)
    days_after = first + timedelta(days=days)
    text = f"DTSTART;VALUE=DATE:{first:%Y%m%d}\nDTEND;VALUE=DATE:{days_after:%Y%m%d}"
    ((start, end, _),) = one(text, zone=change[0]).closures
    closed = BusinessCalendar(change[0], {day: [("00:00", "24:00")] for day in (*WEEK, "sat", "sun")}).without(
        [(start, end, "x")]
    )
    dates = [first + timedelta(days=number) for number in range(-1, days + 1)]
    assert [closed.open_day(day) for day in dates] == [True, *[False] * days, True]
    feed = as_ics(closed, first, days_after, stamp=STAMP)
    ((start, end, _),) = closures_from_ics(feed, elsewhere).closures
    local = [at.astimezone(ZoneInfo(elsewhere)) for at in (start, end - timedelta(seconds=1))]
    assert [at.date() for at in local] == [first, days_after - timedelta(days=1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DTSTART;VALUE=DATE:20260515", [("05-14 22:00", "05-15 22:00")]),
        ("DTSTART;VALUE=DATE:20260515\nDTEND;VALUE=DATE:20260518", [("05-14 22:00", "05-17 22:00")]),
        ("DTSTART;VALUE=DATE:20260515\nDURATION:P2D", [("05-14 22:00", "05-16 22:00")]),
        ("DTSTART:20260515T080000Z\nDTEND:20260515T100000Z", [("05-15 08:00", "05-15 10:00")]),
        ("DTSTART:20260515T080000\nDTEND:20260515T100000", [("05-15 06:00", "05-15 08:00")]),  # floating: the desk's
        ("DTSTART;TZID=America/New_York:20260515T080000\nDURATION:PT2H", [("05-15 12:00", "05-15 14:00")]),
        ("DTSTART;TZID=Romance Standard Time:20260515T080000\nDURATION:PT2H", [("05-15 06:00", "05-15 08:00")]),
        ("DTSTART:20260515T080000Z\nDTEND;TZID=Europe/Paris:20260515T110000", [("05-15 08:00", "05-15 09:00")]),
        ("DTSTART;TZID=Europe/Paris:20260328T120000\nDURATION:P1D", [("03-28 11:00", "03-29 10:00")]),  # a day of 23 h
        ("DTSTART;TZID=Europe/Paris:20260328T120000\nDURATION:PT25H", [("03-28 11:00", "03-29 11:00")]),
    ],
)
def test_an_event_is_read_as_the_instants_that_it_means(text: str, expected: list[tuple[str, str]]) -> None:
    assert spans(one(text)) == expected


def test_a_zone_that_the_file_itself_defines_is_known_in_that_file_alone() -> None:
    mine = (
        "BEGIN:VTIMEZONE\nTZID:Bureau\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0300\n"
        "TZOFFSETTO:+0300\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    timed = "DTSTART;TZID=Bureau:20260515T080000\nDURATION:PT1H"
    assert spans(one(timed, also=mine)) == [("05-15 05:00", "05-15 06:00")]
    assert refusal(one(timed)) == "an unknown time zone: Bureau"
    assert spans(one(timed, also=mine.replace("+0300", "+0500"))) == [("05-15 03:00", "05-15 04:00")]
    moved = f"UID:1\nSUMMARY:Fermeture annuelle\nRECURRENCE-ID;TZID=Bureau:20260515T080000\n{timed}"
    assert refusal(of_events(moved)) == "an unknown time zone: Bureau"


DAILY = "DTSTART;VALUE=DATE:20260511\nRRULE:FREQ="


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("DAILY;COUNT=3", ["05-11", "05-12", "05-13"]),
        ("DAILY;INTERVAL=2;UNTIL=20260515", ["05-11", "05-13", "05-15"]),
        ("WEEKLY;COUNT=2", ["05-11", "05-18"]),
        ("WEEKLY;BYDAY=MO,FR;COUNT=3", ["05-11", "05-15", "05-18"]),
        ("WEEKLY;INTERVAL=2;BYDAY=MO,SU;COUNT=3", ["05-11", "05-17", "05-25"]),
        ("WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU;COUNT=3", ["05-11", "05-24", "05-25"]),
        ("MONTHLY;COUNT=2", ["05-11", "06-11"]),
        ("MONTHLY;BYMONTHDAY=11;INTERVAL=3;COUNT=2", ["05-11", "08-11"]),
        ("YEARLY;BYMONTH=5;BYMONTHDAY=11;COUNT=2", ["05-11", "05-11"]),
        ("YEARLY;UNTIL=20270510", ["05-11"]),
    ],
)
def test_simple_recurrences_are_one_closure_each(rule: str, days: list[str]) -> None:
    found = one(f"{DAILY}{rule}")
    assert not found.unusable
    assert [f"{start.astimezone(PARIS):%m-%d}" for start, _, _ in found.closures] == days


def test_a_month_without_the_day_is_skipped() -> None:
    found = one("DTSTART;VALUE=DATE:20260131\nRRULE:FREQ=MONTHLY;COUNT=3")
    assert [f"{start.astimezone(PARIS):%m-%d}" for start, _, _ in found.closures] == ["01-31", "03-31", "05-31"]
    leap = one("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY;COUNT=2")
    assert [start.astimezone(PARIS).date() for start, _, _ in leap.closures] == [date(2024, 2, 29), date(2028, 2, 29)]


def test_a_recurrence_keeps_its_wall_clock_over_a_change_of_clocks() -> None:
    weekly = "DTSTART;TZID=Europe/Paris:20260323T090000\nDTEND;TZID=Europe/Paris:20260323T100000\nRRULE:FREQ=WEEKLY;"
    assert spans(one(f"{weekly}COUNT=2")) == [("03-23 08:00", "03-23 09:00"), ("03-30 07:00", "03-30 08:00")]
    assert len(one(f"{weekly}UNTIL=20260330T070000Z").closures) == 2
    assert len(one(f"{weekly}UNTIL=20260330T065959Z").closures) == 1
    assert len(one(f"{weekly}UNTIL=20260330").closures) == 2


def test_an_endless_recurrence_is_taken_until_a_date_or_refused() -> None:
    assert refusal(one(f"{DAILY}YEARLY")) == "it is repeated without end"
    found = one(f"{DAILY}YEARLY", last=date(2028, 5, 11))
    assert [start.astimezone(PARIS).year for start, _, _ in found.closures] == [2026, 2027, 2028]
    assert len(one(f"{DAILY}DAILY;COUNT=1000").closures) == 1000
    assert refusal(one(f"{DAILY}DAILY;COUNT=1001")) == "repeated more than 1000 times"


def test_occurrences_cut_out_or_moved_are_so_here_too() -> None:
    series = f"UID:1\nSUMMARY:Réunion\n{DAILY}DAILY;COUNT=4\nEXDATE;VALUE=DATE:20260512\nEXDATE;VALUE=DATE:20260520"
    moved = "UID:1\nSUMMARY:Réunion\nRECURRENCE-ID;VALUE=DATE:20260513\nDTSTART;VALUE=DATE:20260601"
    found = of_events(series, moved)
    assert not found.unusable
    assert [f"{start.astimezone(PARIS):%m-%d}" for start, _, _ in found.closures] == ["05-11", "05-14", "06-01"]
    cancelled = "UID:1\nRECURRENCE-ID;VALUE=DATE:20260514\nDTSTART;VALUE=DATE:20260514\nSTATUS:CANCELLED"
    found = of_events(series, moved, cancelled)
    assert [f"{start.astimezone(PARIS):%m-%d}" for start, _, _ in found.closures] == ["05-11", "06-01"]
    timed = "UID:2\nDTSTART:20260511T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2"
    timed += "\nEXDATE;TZID=Europe/Paris:20260512T100000"
    assert spans(of_events(timed)) == [("05-11 08:00", "05-11 09:00")]


def test_a_later_edition_of_an_event_replaces_the_earlier_one() -> None:
    old, new = "UID:1\nSEQUENCE:1\nDTSTART;VALUE=DATE:20260511", "UID:1\nSEQUENCE:2\nDTSTART;VALUE=DATE:20260512"
    for order in ((old, new), (new, old)):
        found = of_events(*order)
        assert [f"{start.astimezone(PARIS):%m-%d}" for start, _, _ in found.closures] == ["05-12"]
        assert [unusable.message_en for unusable in found.unusable] == ["replaced by a later edition"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("STATUS:CANCELLED\nDTSTART;VALUE=DATE:20260515", "a cancelled event"),
        ("TRANSP:TRANSPARENT\nDTSTART;VALUE=DATE:20260515", "it takes up no time"),
        ("X-SLA-KIND:holiday\nDTSTART;VALUE=DATE:20260515", "known to the calendar already (holiday)"),
        ("DTSTAMP:20260101T000000Z", "the start is missing"),
        ("DTSTART:demain", "a property can’t be read: DTSTART"),
        ("DTSTART:20260515T080000Z\nDTSTART:20260516T080000Z", "a property can’t be read: DTSTART"),
        ("DTSTART:20260515T080000Z\nDURATION:2h", "a property can’t be read: DURATION"),
        ("DTSTART:20260515T080000Z", "the end is missing, or not after the start"),
        ("DTSTART:20260515T080000Z\nDTEND:20260515T080000Z", "the end is missing, or not after the start"),
        ("DTSTART;VALUE=DATE:20260515\nDTEND;VALUE=DATE:20260515", "the end is missing, or not after the start"),
        ("DTSTART;VALUE=DATE:20260515\nDURATION:PT36H", "the end is missing, or not after the start"),
        ("DTSTART;VALUE=DATE:20260515\nDTEND:20260516T080000Z", "its start and end are of different kinds"),
        ("DTSTART:20260515T080000Z\nDTEND;VALUE=DATE:20260516", "its start and end are of different kinds"),
        (f"{DAILY}SECONDLY;COUNT=2", "a recurrence rule that isn’t read: FREQ=SECONDLY"),
        (f"{DAILY}MONTHLY;BYDAY=2MO;COUNT=2", "a recurrence rule that isn’t read: BYDAY=2MO"),
        (f"{DAILY}WEEKLY;BYDAY=1MO;COUNT=2", "a recurrence rule that isn’t read: BYDAY=1MO"),
        (f"{DAILY}WEEKLY;BYDAY=TU;COUNT=2", "a recurrence rule that isn’t read: BYDAY=TU, DTSTART=2026-05-11"),
        (f"{DAILY}MONTHLY;BYMONTHDAY=12;COUNT=2", "a recurrence rule that isn’t read: BYMONTHDAY=12"),
        (f"{DAILY}DAILY;INTERVAL=0;COUNT=2", "a recurrence rule that isn’t read: INTERVAL=0"),
        (f"{DAILY}DAILY;COUNT=2\nRDATE;VALUE=DATE:20260601", "a recurrence rule that isn’t read: RDATE"),
        ("RECURRENCE-ID;RANGE=THISANDFUTURE:20260515T080000Z\nDTSTART:20260515T080000Z\nDURATION:PT1H",
         "a recurrence rule that isn’t read: RANGE=THISANDFUTURE"),
        ("DTSTART;VALUE=DATE:18000101", "beyond the years that are known: 1799"),
        ("DTSTART;VALUE=DATE:22500101", "beyond the years that are known: 2249"),
    ],
)  # fmt: skip
def test_an_event_that_is_not_usable_is_named_with_its_reason(text: str, message: str) -> None:
    assert refusal(one(text)) == message


def test_an_unusable_event_costs_the_others_nothing() -> None:
    found = of_events("UID:a\nSUMMARY:A\nDTSTART:demain", "UID:b\nSUMMARY:B\nDTSTART;VALUE=DATE:20260515", "UID:c")
    assert [label for _, _, label in found.closures] == ["B"]
    assert [(unusable.uid, unusable.summary) for unusable in found.unusable] == [("a", "A"), ("c", "")]


def test_what_is_no_event_is_named_too() -> None:
    found = one("DTSTART;VALUE=DATE:20260515", also="BEGIN:VTODO\nUID:t\nSUMMARY:Ranger\nEND:VTODO\n")
    assert len(found.closures) == 1
    assert [str(unusable) for unusable in found.unusable] == ["Ranger: VTODO is no event"]


def test_a_closure_without_a_name_is_called_a_closure() -> None:
    assert of_events("UID:1\nDTSTART;VALUE=DATE:20260515").closures[0][2] == "Fermeture"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"\xff\xfe\x00",
        b"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260515\r\nEND:VEVENT\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260515\r\n",
        FEED[: len(FEED) // 2],
    ],
)
def test_what_is_no_icalendar_file_or_is_cut_off_is_refused(data: bytes) -> None:
    with pytest.raises(WrongFeed):
        closures_from_ics(data, "Europe/Paris")


def test_a_zone_of_the_desk_that_is_none_is_refused() -> None:
    with pytest.raises(UnknownZone):
        closures_from_ics(FEED, "Europe/Pari")
