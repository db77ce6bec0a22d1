"""The calendar over the API: previewed, edited, fed to calendars elsewhere; a manager's, but for the feed."""

from collections.abc import Callable
from typing import Any

import icalendar
import pytest

from sla.desk.answer import answer
from sla.desk.assign import assign
from sla.desk.calls import call_back
from sla.desk.deposit import deposit
from sla.desk.edit_calendar import current_data
from sla.desk.people import be_absent
from tests.web.api.conftest import Caller
from tests.worlds import World, paris

CLOSURE = {"start": "2026-11-25T09:00:00+01:00", "end": "2026-11-25T17:00:00+01:00", "label": "Déménagement"}
EDIT = {"closure": CLOSURE}


@pytest.fixture
def marc(caller: Callable[[str], Caller]) -> Caller:
    return caller("marc")


@pytest.fixture
def number(world: World) -> int:
    facts = {"item": "erreurs", "severity": "major", "title": "Écart", "description": "Un écart."}
    return int(world.do("bruno", "2026-11-24 09:00", deposit, **facts).id)


def errors(answer: Any) -> set[str]:
    return set(answer.get_json()["errors"])


def test_a_preview_says_what_moves_and_what_breaks(world: World, marc: Caller, number: int) -> None:
    at = {"starts_at": "2026-11-25T10:00", "technician": world.yann.id}
    call = world.do("diane", "2026-11-24 10:00", call_back, number, **at)
    told = marc.post("/calendar/preview", edit=EDIT).get_json()
    assert told["moved"] == [
        {
            "ticket": number,
            "company": "Bolt",
            "clock": "resolution",
            "old": "2026-11-25T16:00:00Z",
            "new": "2026-11-26T16:00:00Z",
        }
    ]
    assert [(each["appointment"], each["proposal"]) for each in told["broken"]] == [(call.id, "2026-11-26T08:00:00Z")]
    assert (told["seen"], told["open_s"], told["moved_count"], told["told"]) == (0, -7 * 3600, 1, 1)
    assert world.see("marc", "2026-11-24 14:00", current_data)[0] == 0


def test_a_preview_names_the_promises_in_danger(world: World, marc: Caller, number: int) -> None:
    """Pinned to Clara, away until the deadline's eve; open on Wednesday evening, the deadline comes before she is back,
    and Mehdi would be done today."""
    world.do("clara", "2026-11-24 09:10", answer, number, text="Je regarde.")
    world.do("diane", "2026-11-24 09:20", assign, number, technician=world.clara.id)
    away = {"starts_at": paris("2026-11-24 10:00"), "ends_at": paris("2026-11-25 14:00"), "label": "Congés"}
    world.do("marc", "2026-11-24 09:30", be_absent, world.clara.id, **away)
    evening = {"start": "2026-11-24T17:00:00+01:00", "end": "2026-11-24T18:00:00+01:00", "label": "Bascule"}
    told = marc.post("/calendar/preview", edit={"opening": evening}).get_json()
    assert (told["endangered_count"], told["endangered"]) == (
        1,
        [
            {
                "ticket": number,
                "company": "Bolt",
                "clock": "resolution",
                "technician": "Clara Fontaine",
                "old_due": "2026-11-25T16:00:00Z",
                "old_end": "2026-11-25T13:45:00Z",
                "due_at": "2026-11-25T15:00:00Z",
                "end": "2026-11-25T13:45:00Z",
                "margin_s": 4500,
                "proposal": {"technician": world.mehdi.id, "name": "Mehdi Haddad", "end": "2026-11-24T13:54:30Z",
                             "broken": 0},
            }
        ],
    )  # fmt: skip


def test_an_edit_is_saved_with_its_repairs(world: World, marc: Caller, number: int) -> None:
    at = {"starts_at": "2026-11-25T10:00", "technician": world.yann.id}
    call = world.do("diane", "2026-11-24 10:00", call_back, number, **at)
    asked = {"edit": EDIT, "reason": "Déménagement", "seen": 0, "notify": True}
    assert errors(marc.post("/calendar/edit", **asked)) == {"repairs"}
    shut = [{"appointment": call.id, "starts_at": "2026-11-25T11:00:00+01:00"}]
    assert errors(marc.post("/calendar/edit", **asked, repairs=shut)) == {f"repairs.{call.id}"}
    saved = marc.post("/calendar/edit", **asked, repairs=[{"appointment": call.id, "starts_at": None}])
    assert saved.status_code == 201
    assert saved.get_json() == {
        "number": 2,
        "saved_at": "2026-11-24T13:00:00Z",
        "author": "Marc",
        "reason": "Déménagement",
    }
    assert not world.desk.hours.is_open(paris("2026-11-25 10:00"))
    late = marc.post("/calendar/edit", **asked)
    assert late.status_code == 409
    assert "Marc a enregistré l’édition 2" in late.get_json()["detail"]


def test_the_edition_in_force_has_its_data(marc: Caller) -> None:
    first = marc.get("/calendar/edition").get_json()
    assert (first["number"], first["saved_at"], first["data"]["zone"]) == (0, None, "Europe/Paris")
    marc.post("/calendar/edit", edit=EDIT, reason="Déménagement")
    told = marc.get("/calendar/edition").get_json()
    assert (told["number"], told["author"], told["reason"]) == (2, "Marc", "Déménagement")
    assert [each["label"] for each in told["data"]["closures"]] == ["Déménagement"]


@pytest.mark.parametrize(
    ("edit", "at", "is_open"),
    [
        ({"opening": {**CLOSURE, "start": "2026-11-28T09:00:00+01:00", "end": "2026-11-28T12:00:00+01:00"}},
         "2026-11-28 10:00", True),
        ({"special_hours": {"day": "2026-12-24", "hours": ["09:00-12:00"], "label": "Veille"}},
         "2026-12-24 14:00", False),
        ({"yearly_hours": {"day": "12-24", "hours": ["09:00-12:00"], "label": "Veille"}}, "2029-12-24 14:00", False),
        ({"weekly": {"mon": ["09:00-17:00"], "tue": ["09:00-17:00"]}}, "2026-11-25 10:00", False),
        ({"holidays": {"region": "6AE", "good_friday": True, "whit_monday_worked": [2027]}}, "2027-05-17 10:00", True),
        ({"several": [EDIT, {"remove": {"table": "closures", "index": 0}}]}, "2026-11-25 10:00", True),
    ],
)  # fmt: skip
def test_each_kind_of_edit(world: World, marc: Caller, edit: dict[str, Any], at: str, is_open: bool) -> None:
    assert marc.post("/calendar/edit", edit=edit, reason="Essai").status_code == 201
    assert world.desk.hours.is_open(paris(at)) is is_open


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        ({}, "edit"),
        ({**EDIT, "opening": CLOSURE}, "edit"),
        ({"closure": {**CLOSURE, "end": "demain"}}, "edit.closure.end"),
        ({"several": []}, "edit.several"),
        ({"holidays": {"region": "metropole", "whit_monday_worked": "2027"}}, "edit.holidays.whit_monday_worked.bool"),
        ({"yearly_hours": {"day": "24/12", "hours": [], "label": "Veille"}}, "edit.yearly_hours.day"),
        ({"remove": {"table": "weekly", "index": 0}}, "edit.remove.table"),
    ],
)
def test_an_edit_that_has_no_shape_is_told_where(marc: Caller, edit: dict[str, Any], field: str) -> None:
    for path, more in (("preview", {}), ("edit", {"reason": "Essai"})):
        answer = marc.post(f"/calendar/{path}", edit=edit, **more)
        assert answer.status_code == 422
        assert field in errors(answer)


@pytest.mark.parametrize(
    "edit",
    [
        {"closure": {**CLOSURE, "end": CLOSURE["start"]}},
        {"closure": {**CLOSURE, "label": " "}},
        {"weekly": {}},
        {"weekly": {"mon": ["12:00-25:00"]}},
        {"holidays": {"region": "GES"}},
        {"remove": {"table": "closures", "index": 0}},
    ],
)
def test_an_edit_that_cannot_serve_writes_nothing(world: World, marc: Caller, edit: dict[str, Any]) -> None:
    assert marc.post("/calendar/edit", edit=edit, reason="Essai").status_code == 422
    assert world.see("marc", "2026-11-24 14:00", current_data)[0] == 0


def test_only_a_manager_sees_and_edits(caller: Callable[[str], Caller]) -> None:
    for who in ("diane", "clara", "julie", "paul"):
        assert caller(who).get("/calendar/edition").status_code == 403, who
        assert caller(who).post("/calendar/preview", edit=EDIT).status_code == 403, who
        assert caller(who).post("/calendar/edit", edit=EDIT, reason="Essai").status_code == 403, who


def test_the_feed_is_everyones_who_has_a_token(caller: Callable[[str], Caller]) -> None:
    for who in ("julie", "clara", "marc"):
        answer = caller(who).get("/calendar.ics")
        assert answer.content_type == "text/calendar; charset=utf-8"
        assert icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert caller("julie").by("made-up").get("/calendar.ics").status_code == 401
