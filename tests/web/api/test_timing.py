"""A technician's time over HTTP: the timer, what it left, corrections, and the checklist before a session."""

from collections.abc import Callable
from typing import Any

import pytest

from sla.jobs.fire import fire_due
from tests.web.api.conftest import Caller
from tests.worlds import World, paris

Of = Callable[[str], Caller]
DAY = "2026-11-24 "


def done(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.get_json()


@pytest.fixture
def form(caller: Of) -> int:
    """A form to change, counted from Acme's forfait of ten hours."""
    sent = {"item": "etats", "severity": "minor", "title": "Facture", "description": "Une référence de plus."}
    return int(done(caller("julie").post("/tickets", DAY + "09:05", **sent), 201)["number"])


def test_a_timer_is_begun_seen_and_stopped(caller: Of, form: int) -> None:
    begun = done(caller("clara").post(f"/tickets/{form}/start_work", DAY + "10:15"))
    assert (begun["ticket"], begun["state"], begun["started_at"]) == (form, "running", "2026-11-24T09:15:00Z")
    running = done(caller("clara").get("/time", DAY + "11:52"))["running"]
    assert running == {
        "ticket": form,
        "started_at": "2026-11-24T09:15:00Z",
        "stops_at": "2026-11-24T11:30:00Z",
        "real_minutes": 97,
        "consumed_quarters": 7,
        "left_quarters": 33,
        "owed_quarters": 0,
    }
    stopped = done(caller("clara").post(f"/tickets/{form}/stop_work", DAY + "11:52", note="Référence ajoutée"))
    assert stopped["state"] == "logged"
    assert (stopped["intervention"]["minutes"], stopped["intervention"]["consumed_quarters"]) == (97, 7)
    assert done(caller("clara").get("/time", DAY + "11:53")) == {"running": None, "to_confirm": []}


def test_a_text_that_can_t_stand_stops_it_and_is_handed_back(caller: Of, form: int) -> None:
    """A program that stops a timer has stopped it; what it sent comes back with why, and is kept nowhere."""
    done(caller("clara").post(f"/tickets/{form}/start_work", DAY + "10:15"))
    stopped = done(caller("clara").post(f"/tickets/{form}/stop_work", DAY + "11:52", note="mdp : Azerty12"))
    assert (stopped["state"], stopped["ended_at"], stopped["intervention"]) == (
        "to_confirm",
        "2026-11-24T10:52:00Z",
        None,
    )
    assert [(each["field"], each["text"], each["code"]) for each in stopped["handed_back"]] == [
        ("note", "mdp : Azerty12", "secret")
    ]
    left = done(caller("clara").get("/time", DAY + "11:53"))["to_confirm"][0]
    assert (left["minutes"], left["note"]) == (97, "")
    confirmed = done(caller("clara").post(f"/stints/{left['id']}/confirm_work", DAY + "11:54", note="Référence"))
    assert confirmed["intervention"]["minutes"] == 97


def test_what_a_timer_left_is_confirmed(world: World, caller: Of, form: int) -> None:
    done(caller("clara").post(f"/tickets/{form}/start_work", DAY + "11:50"))
    fire_due(world.desk, paris(DAY + "12:30"))
    left = done(caller("clara").get("/time", DAY + "13:40"))["to_confirm"]
    assert [(each["ticket"], each["minutes"], each["added_quarters"]) for each in left] == [(form, 40, 3)]
    confirmed = done(caller("clara").post(f"/stints/{left[0]['id']}/confirm_work", DAY + "13:40", minutes=25))
    assert confirmed["intervention"]["minutes"] == 25
    again = caller("clara").post(f"/stints/{left[0]['id']}/drop_work", DAY + "13:41")
    assert (again.status_code, again.get_json()["title"]) == (409, "already_done")


def test_a_dispatcher_answers_for_time_that_was_left(world: World, caller: Of, form: int) -> None:
    done(caller("clara").post(f"/tickets/{form}/start_work", DAY + "11:50"))
    fire_due(world.desk, paris(DAY + "12:30"))
    left = done(caller("diane").get(f"/stints?ticket={form}", DAY + "13:40"))["to_confirm"]
    assert [(each["technician"], each["minutes"]) for each in left] == [("Clara Fontaine", 40)]
    refused = caller("mehdi").post(f"/stints/{left[0]['id']}/confirm_work", DAY + "13:40")
    assert (refused.status_code, refused.get_json()["title"]) == (403, "not_yours_to_confirm")
    assert done(caller("diane").post(f"/stints/{left[0]['id']}/confirm_work", DAY + "13:40"))["state"] == "logged"
    assert caller("julie").get("/stints", DAY + "13:41").status_code == 403


def test_typed_time_is_corrected_by_its_technician(caller: Of, form: int) -> None:
    done(caller("clara").post(f"/tickets/{form}/work", DAY + "11:00", minutes=60))
    history = done(caller("clara").get(f"/tickets/{form}/history", DAY + "11:01"))["events"]
    entry = history[-1]["data"]["entry"]
    refused = caller("mehdi").post(f"/entries/{entry}/correct_work", DAY + "11:05", minutes=20, reason="x")
    assert (refused.status_code, refused.get_json()["title"]) == (403, "not_your_time")
    kept = done(caller("clara").post(f"/entries/{entry}/correct_work", DAY + "11:05", minutes=20, reason="Appel"))
    assert (kept["minutes"], kept["consumed_quarters"]) == (20, 2)


def test_the_checklist_is_answered_and_a_session_begins(world: World, caller: Of, form: int) -> None:
    wanted = {"starts_at": "2026-11-24T15:30:00+01:00", "technician": world.clara.id}
    session = done(caller("clara").post(f"/tickets/{form}/book_session", DAY + "14:50", **wanted))["id"]
    unready = caller("clara").post(f"/appointments/{session}/start_session", DAY + "15:30")
    assert (unready.status_code, unready.get_json()["title"]) == (409, "unready")
    every = {code: {"readiness": "ready"} for code in ("workstation", "supervisor", "examples", "person")}
    sent = {**every, "server": {"readiness": "not_ready", "note": "Hors ligne jusqu’à 16 h"}}
    done(caller("julie").post(f"/tickets/{form}/set_readiness", DAY + "15:00", answers=sent))
    stands = done(caller("clara").get(f"/tickets/{form}/readiness", DAY + "15:10"))["conditions"]
    assert [(each["condition"], each["readiness"]) for each in stands][-1] == ("server", "not_ready")
    assert {each["author"] for each in stands} == {"Julie"}
    begun = done(caller("clara").post(f"/appointments/{session}/start_session", DAY + "15:30"))
    assert begun["state"] == "running"


def test_no_code_is_kept(caller: Of, form: int) -> None:
    answers = {"supervisor": {"readiness": "ready", "note": "4321"}}
    refused = caller("julie").post(f"/tickets/{form}/set_readiness", DAY + "15:00", answers=answers)
    assert (refused.status_code, refused.get_json()["title"]) == (422, "secret")


def test_a_client_has_no_timer(caller: Of, form: int) -> None:
    assert caller("julie").get("/time").status_code == 403
    assert caller("julie").post(f"/tickets/{form}/start_work").status_code == 403
    assert caller("bruno").get(f"/tickets/{form}/readiness").status_code == 404
