"""A calendar as a dictionary in the shape of `config/calendar.toml`: what a page edits and a database keeps."""

import json
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from sla.calendar import AlwaysOpen, BusinessCalendar, CalendarFileError, FrenchHolidays, NoSingleDesk
from tests.calendar.random_desks import DAY, DAYS, MINUTE, Desk, desks, examples

PARIS = ZoneInfo("Europe/Paris")
BOOKLET: dict[str, Any] = {
    "zone": "Europe/Paris",
    "weekly": {day: ["09:00-12:30", "13:30-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
    "holidays": {"region": "57", "good_friday": False, "whit_monday_worked": [2026, 2028]},
    "yearly_hours": [
        {"day": "12-24", "hours": ["09:00-12:00"], "label": "Veille de Noël"},
        {"day": "12-31", "hours": []},
    ],
    "special_hours": [
        {"day": "2026-06-04", "hours": ["22:00-06:00"], "label": "Migration"},
        {"day": "2026-06-09", "hours": ["10:00:30-12:00"]},
    ],
    "closures": [
        {"first_day": "2026-05-15", "last_day": "2026-05-16", "label": "Pont de l’Ascension"},
        {"start": "2026-06-18T13:30:00+02:00", "end": "2026-06-18T17:00:00+02:00", "label": "Séminaire"},
    ],
    "openings": [{"start": "2026-11-21T09:00:00+01:00", "end": "2026-11-21T12:00:00+01:00", "label": "Bascule"}],
}


def hours(desk: BusinessCalendar, day: date) -> list[str]:
    return [f"{start:%H:%M}-{end:%H:%M}" for start, end in desk.hours_of(day)]


def test_what_is_read_is_what_is_written_and_json_can_hold_it() -> None:
    desk = BusinessCalendar.from_data(json.loads(json.dumps(BOOKLET)))
    assert desk.to_data() == BOOKLET
    assert hours(desk, date(2026, 4, 3)) == ["09:00-12:30", "13:30-17:00"]  # Good Friday
    assert not desk.open_day(date(2026, 12, 26))
    assert (desk.open_day(date(2026, 5, 25)), desk.open_day(date(2027, 5, 17))) == (True, False)
    assert hours(desk, date(2026, 12, 24)) == ["09:00-12:00"]
    assert hours(desk, date(2026, 6, 4)) == ["22:00-00:00"]
    assert hours(desk, date(2026, 6, 5)) == ["00:00-06:00", "09:00-12:30", "13:30-17:00"]
    assert hours(desk, date(2026, 6, 18)) == ["09:00-12:30"]
    assert hours(desk, date(2026, 11, 21)) == ["09:00-12:00"]


def test_only_what_was_said_is_written() -> None:
    desk = BusinessCalendar("UTC", {"mon": [("00:00", "24:00")]})
    assert desk.to_data() == {"zone": "UTC", "weekly": {"mon": ["00:00-24:00"]}}
    french = BusinessCalendar("UTC", {"mon": [("00:00", "24:00")]}, FrenchHolidays(whit_monday_worked=True))
    assert french.to_data()["holidays"] == {"region": "metropole", "whit_monday_worked": True}


def test_holidays_given_one_by_one_are_kept_with_their_names() -> None:
    named = BusinessCalendar("UTC", {"tue": [("09:00", "17:00")]}, {date(2026, 6, 2): "Festa della Repubblica"})
    written = named.to_data()
    assert written["holidays"] == {"days": [{"day": "2026-06-02", "label": "Festa della Repubblica"}]}
    assert BusinessCalendar.from_data(written).closed_days(date(2026, 6, 2), 1) == [
        (date(2026, 6, 2), "Festa della Repubblica")
    ]


def test_dates_and_instants_may_be_themselves_and_walls_clocks_are_the_desk_s() -> None:
    desk = BusinessCalendar.from_data(
        {
            "zone": "Europe/Paris",
            "weekly": {"thu": ("09:00-17:00",)},
            "special_hours": [{"day": date(2026, 6, 4), "hours": ["10:00-12:00"]}],
            "closures": ({"start": datetime(2026, 6, 11, 10), "end": "2026-06-11T12:00", "label": "Panne"},),
        }
    )
    assert hours(desk, date(2026, 6, 4)) == ["10:00-12:00"]
    assert hours(desk, date(2026, 6, 11)) == ["09:00-10:00", "12:00-17:00"]


def test_all_mistakes_are_told_at_once_by_key() -> None:
    wrong = {
        "zone": "Europe/Pari",
        "weekly": {"mon": ["09:00-12:30", "12:00-17:00"], "lundi": [], "tue": "09:00"},
        "holidays": {"region": "GES", "whit_monday_worked": [26], "good_friday": "no"},
        "yearly_hours": [
            {"day": "24-12", "hours": ["09:00-12:00"]},
            {"day": "12-31", "hours": ["22:00-06:00"]},
            {"day": "12-31", "hours": []},
        ],
        "special_hours": [{"day": "demain", "hours": []}, {"day": "2026-12-24T00:00", "hours": [], "note": "x"}],
        "closures": [
            {"first_day": "2026-05-15", "last_day": "2026-05-14", "label": "x"},
            {"start": "2026-05-15", "end": "2026-05-16", "label": "x"},
            {"start": "2026-05-15T10:00", "label": ""},
        ],
        "openings": {"start": "2026-05-15T10:00"},
    }
    with pytest.raises(CalendarFileError) as refused:
        BusinessCalendar.from_data(wrong, name="version 12")
    assert {mistake.key for mistake in refused.value.mistakes} == {
        "zone", "weekly.mon", "weekly.lundi", "weekly.tue", "holidays.whit_monday_worked", "holidays.good_friday",
        "yearly_hours[0].day", "yearly_hours[1].hours", "yearly_hours[2].day", "special_hours[0].day",
        "special_hours[1].day", "special_hours[1].note", "closures[0]", "closures[1]", "closures[2]",
        "closures[2].label", "openings",
    }  # fmt: skip
    assert {mistake.file for mistake in refused.value.mistakes} == {"version 12"}


@pytest.mark.parametrize(
    ("holidays", "key"),
    [
        ({"days": [{"day": "2026-05-01", "label": "x"}], "region": "57"}, "holidays.region"),
        ({"days": [{"day": "1er mai", "label": "x"}]}, "holidays.days[0].day"),
        ({"days": [{"day": "2026-05-01"}]}, "holidays.days[0].label"),
        ({"days": {"2026-05-01": "x"}}, "holidays.days"),
        ({"region": "GES"}, "holidays.region"),
        (["2026-05-01"], "holidays"),
    ],
)
def test_wrong_holidays_are_told_by_key(holidays: object, key: str) -> None:
    with pytest.raises(CalendarFileError) as refused:
        BusinessCalendar.from_data({"zone": "UTC", "weekly": {"mon": ["09:00-17:00"]}, "holidays": holidays})
    assert [mistake.key for mistake in refused.value.mistakes] == [key]


@pytest.mark.parametrize("wrong", [None, [], "zone", {}, {"zone": "UTC"}, {"zone": "UTC", "weekly": {"mon": []}}])
def test_what_is_no_calendar_is_refused_alike(wrong: object) -> None:
    with pytest.raises(CalendarFileError):
        BusinessCalendar.from_data(wrong)


def test_a_desk_that_never_opens_is_refused_alike() -> None:
    closed = [{"first_day": "2026-01-01", "last_day": "2029-01-01", "label": "x"}]
    with pytest.raises(CalendarFileError):
        BusinessCalendar.from_data({"zone": "UTC", "weekly": {"mon": ["09:00-17:00"]}, "closures": closed})


def test_of_an_edited_calendar_the_latest_version_is_written() -> None:
    desk = BusinessCalendar.from_data(BOOKLET)
    edited = AlwaysOpen("Europe/Paris").until(datetime(2026, 6, 2, tzinfo=PARIS), desk)
    assert edited.to_data() == BOOKLET
    closed = edited.without([(datetime(2026, 7, 1, tzinfo=PARIS), datetime(2026, 7, 2, tzinfo=PARIS), "Pont")])
    assert len(closed.to_data()["closures"]) == 3
    for made in (desk.minus([]), desk.meet(AlwaysOpen())):
        with pytest.raises(NoSingleDesk) as refused:
            made.to_data()
        assert refused.value.value == "Europe/Paris"


@examples(100, 5000)
@given(desks())
def test_a_desk_that_is_written_and_read_is_open_at_the_same_instants(desk: Desk) -> None:
    calendar = desk.calendar()
    again = BusinessCalendar.from_data(json.loads(json.dumps(calendar.to_data())))
    first, last = desk.first, desk.first + DAYS * DAY * MINUTE
    assert again.to_data() == calendar.to_data()
    assert again.spans(first, last) == calendar.spans(first, last)
    assert again.explain(first, last) == calendar.explain(first, last)
