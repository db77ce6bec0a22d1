"""What the plan would break, and whether what clients were told came true, as other software reads it."""

from collections.abc import Callable

import pytest

from sla.desk.people import be_absent
from tests.desk.answered import answered_before
from tests.web.api.conftest import Caller
from tests.worlds import World, paris

Of = Callable[[str], Caller]
FAULT = {"item": "erreurs", "title": "Écran figé", "description": "Rien ne répond."}


@pytest.mark.parametrize(("path", "who"), [("/dangers", ("julie", "paul")), ("/reliability", ("julie", "diane"))])
def test_clients_and_those_whom_it_is_not_for_are_refused(caller: Of, path: str, who: tuple[str, ...]) -> None:
    for name in who:
        assert caller(name).get(path).status_code == 403


def test_nothing_is_in_danger_on_a_calm_morning(caller: Of) -> None:
    assert caller("clara").get("/dangers").json == {"dangers": []}


def test_promises_in_danger_come_with_their_notice(world: World, caller: Of) -> None:
    """Clara alone, 45 min of heavier work before a major one of 15 min that is due at 11:00, 40 minutes from now."""
    for name in ("mehdi", "sandrine", "yann"):
        away = {"starts_at": "2026-11-24T09:00", "ends_at": "2026-11-24T17:00", "label": "RTT"}
        world.do("diane", "2026-11-24 09:00", be_absent, getattr(world, name).id, **away)
    caller("julie").post("/tickets", "2026-11-24 09:00", **FAULT, severity="major")
    for number in range(3):
        caller("bruno").post(
            "/tickets", "2026-11-24 10:10", **{**FAULT, "title": f"Arrêt {number}"}, severity="blocking"
        )
    assert caller("diane").get("/dangers", "2026-11-24 10:20").json == {
        "dangers": [
            {
                "ticket": 1,
                "clock": "first_response",
                "technician_id": world.clara.id,
                "technician": "Clara Fontaine",
                "end": "2026-11-24T10:20:00Z",
                "due_at": "2026-11-24T10:00:00Z",
                "notice_s": 40 * 60,
                "late_s": 20 * 60,
            }
        ]
    }


def test_before_any_answer_nothing_was_told(caller: Of) -> None:
    told = caller("marc").get("/reliability").json
    assert (told["count"], told["since"], told["severities"], told["curve"], told["predictors"]) == (
        0,
        None,
        [],
        [],
        [],
    )
    assert (told["answers"], told["least_answers"], told["drift"]) == (0, 30, None)


def test_what_was_told_stands_beside_what_came(world: World, caller: Of) -> None:
    """Forty answers within ten minutes each, then one that is told a window and answered within it."""
    answered_before(world, [600] * 40, until=paris("2026-11-23 16:00"))
    number = caller("julie").post("/tickets", "2026-11-24 09:00", **FAULT, severity="major").json["number"]
    window = caller("julie").get(f"/tickets/{number}", "2026-11-24 09:00").json["expected"]["window"]
    assert (window["low"], window["confidence"]) < (window["high"], 1)
    caller("clara").post(f"/tickets/{number}/answer", "2026-11-24 09:10", text="Bonjour")
    told = caller("marc").get("/reliability", "2026-11-24 10:00").json
    assert (told["count"], told["answers"], told["claimed"]) == (1, 41, 0.8)
    assert told["since"] == "2026-11-24T08:00:00Z"
    assert told["severities"] == [{"severity": "major", "count": 1, "covered": 1.0}]
    assert [each["level"] for each in told["curve"]] == sorted(each["level"] for each in told["curve"])
    predictors = {each["rule"]: each for each in told["predictors"]}
    assert list(predictors) == ["told", "static", "rolling_mean", "last_wait", "last_hundred"]
    assert predictors["last_wait"] == {"rule": "last_wait", "pinball_s": 0.0, "error_s": 0.0, "covered": 1.0}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Plus tard qu’annoncé : six demandes bloquantes sont arrivées."),
        ("en", "Later than announced: 6 blocking requests have come in."),
    ],
)
def test_why_an_answer_moved_is_said_in_the_language_asked_for(
    world: World, caller: Of, language: str, said: str
) -> None:
    marks = {"replay": [0.5, 60.0], "similar": [0.5, 900.0], "last_hundred": [0.5, 900.0]}
    for index in range(100):
        marks["replay"] = [(index + 1) / 101, 60.0]
        answered_before(world, [900], marks=dict(marks), until=paris("2026-11-23 12:00"))
    number = caller("julie").post("/tickets", "2026-11-24 09:00", **FAULT, severity="minor").json["number"]
    for index in range(6):
        blocking = {**FAULT, "title": f"Arrêt {index}", "severity": "blocking"}
        caller("bruno").post("/tickets", "2026-11-24 09:05", **blocking)
    told = caller("julie").get(f"/tickets/{number}", "2026-11-24 09:06", headers={"Accept-Language": language})
    change = told.json["expected"]["change"]
    assert (change["later"], change["text"].replace("\u00a0", " ")) == (True, said)
