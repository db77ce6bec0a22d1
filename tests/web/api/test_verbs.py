"""Each verb once over HTTP: what it answers, and the effect that is there afterwards."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from sla.web.api.moves import MOVES, Move
from tests.desk.kept import prepared
from tests.web.api.conftest import Caller
from tests.worlds import World

Of = Callable[[str], Caller]
Rows = Callable[[], dict[str, int]]

STOCK = {"item": "erreurs", "severity": "major", "title": "Stock négatif", "description": "Le stock passe à -3."}
FORM = {"item": "parametrage", "severity": "minor", "title": "État des ventes", "description": "Ajouter une colonne."}
DAY = "2026-11-24 "


@pytest.fixture
def stock(caller: Of) -> int:
    """A software error (maintenance), deposited at 14:00 on Tuesday 24 November 2026."""
    return int(caller("julie").post("/tickets", DAY + "14:00", **STOCK).json["number"])


@pytest.fixture
def form(caller: Of) -> int:
    """A light modification (TMA), deposited at 14:00."""
    return int(caller("julie").post("/tickets", DAY + "14:00", **FORM).json["number"])


def done(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json


def kinds(caller: Of, number: int) -> list[str]:
    return [event["kind"] for event in done(caller("diane").get(f"/tickets/{number}/history"))["events"]]


def test_a_deposit_answers_with_the_ticket_its_promise_and_its_place(caller: Of) -> None:
    answer = caller("julie").post("/tickets", DAY + "14:00", **STOCK)
    assert answer.headers["Location"] == "/api/tickets/1"
    told = done(answer, 201)
    assert (told["number"], told["state"], told["level"]) == (1, "assigned", "maintenance")
    assert told["deposited_at"] == "2026-11-24T13:00:00Z"
    assert (told["due_clock"], told["due_at"]) == ("first_response", "2026-11-24T15:00:00Z")


def test_support_deposits_for_a_caller(world: World, caller: Of) -> None:
    told = done(caller("clara").post("/tickets", DAY + "14:00", **STOCK, requester_id=world.bruno.id), 201)
    assert (told["requester_id"], told["company_id"]) == (world.bruno.id, world.companies["bolt"])
    assert told["answered_at"] == "2026-11-24T13:00:00Z"
    unnamed = caller("clara").post("/tickets", DAY + "14:00", **STOCK)
    assert (unnamed.status_code, list(unnamed.json["errors"])) == (422, ["requester_id"])


def test_a_text_that_seems_to_give_a_password_is_held_back_until_its_sender_is_sure(
    caller: Of, stock: int, rows: Rows
) -> None:
    """As on a page; nothing is written, and the field is named. A note refuses it however sure one is."""
    before, text = rows(), "Le mot de passe est Bleu42"
    for path, body, field in (
        (f"/tickets/{stock}/comment", {"text": text}, "text"),
        ("/tickets", {**FORM, "description": text}, "description"),
        (f"/tickets/{stock}/contest", {"reason": text}, "reason"),
    ):
        told = done(caller("julie").post(path, DAY + "14:05", **body), 422)
        assert (told["title"], list(told["errors"])) == ("seems_secret", [field])
        assert "sure" in told["detail"]
    assert rows() == before
    done(caller("julie").post(f"/tickets/{stock}/comment", DAY + "14:06", text=text, sure=True))
    assert kinds(caller, stock)[-1] == "commented"
    refused = done(caller("clara").post(f"/tickets/{stock}/note", DAY + "14:07", text=text), 422)
    assert refused["title"] == "secret"


def test_a_client_writes(caller: Of, stock: int, rows: Rows) -> None:
    before = rows()
    told = done(caller("julie").post(f"/tickets/{stock}/comment", DAY + "14:05", text="Toujours là."))
    assert told == {
        "ticket": stock,
        "seq": 4,
        "at": "2026-11-24T13:05:00Z",
        "kind": "commented",
        "author": "Julie",
        "public": True,
        "text": "Toujours là.",
        "data": {},
    }
    assert rows()["events"] == before["events"] + 1


def test_support_answers_and_the_first_response_is_met(caller: Of, stock: int) -> None:
    assert (
        done(caller("clara").post(f"/tickets/{stock}/answer", DAY + "14:20", text="Je regarde."))["kind"] == "answered"
    )
    clocks = {clock["name"]: clock for clock in done(caller("julie").get(f"/tickets/{stock}"))["clocks"]}
    assert clocks["first_response"] == {
        "name": "first_response",
        "mark": "met",
        "target_s": 7200,
        "spent_s": 1200,
        "left_s": 6000,
        "started_at": "2026-11-24T13:00:00Z",
        "due_at": "2026-11-24T15:00:00Z",
        "ended_at": "2026-11-24T13:20:00Z",
        "cause": None,
    }


def test_an_internal_note_is_not_told_to_the_client(caller: Of, stock: int) -> None:
    assert done(caller("clara").post(f"/tickets/{stock}/note", DAY + "14:21", text="Voir la base."))["public"] is False
    seen = done(caller("julie").get(f"/tickets/{stock}/history", DAY + "14:30"))["events"]
    assert [event["kind"] for event in seen] == ["deposited", "received"]
    assert kinds(caller, stock) == ["deposited", "assigned", "received", "noted"]


def test_a_technician_takes_a_ticket(world: World, caller: Of, stock: int) -> None:
    seen = done(caller("clara").get(f"/tickets/{stock}"))["seq"]
    told = done(caller("clara").post(f"/tickets/{stock}/take", DAY + "14:10", seen_seq=seen))
    assert (told["state"], told["technician_id"]) == ("in_progress", world.clara.id)


def test_the_second_to_take_is_told_who_was_first(caller: Of, stock: int) -> None:
    seen = done(caller("diane").get(f"/tickets/{stock}"))["seq"]
    done(caller("clara").post(f"/tickets/{stock}/take", DAY + "14:10", seen_seq=seen))
    late = caller("yann").post(f"/tickets/{stock}/take", DAY + "14:11", seen_seq=seen)
    assert (late.status_code, late.json["title"]) == (409, "overtaken")
    assert late.json["detail"].startswith("Clara Fontaine")


def test_a_dispatcher_pins_and_unpins(world: World, caller: Of, stock: int) -> None:
    yann = world.yann.id
    told = done(caller("diane").post(f"/tickets/{stock}/assign", DAY + "14:06", technician=yann, reason="Il y est"))
    assert (told["technician_id"], told["pinned"]) == (yann, True)
    assert done(caller("diane").post(f"/tickets/{stock}/unpin", DAY + "14:07"))["pinned"] is False


def test_what_comes_next_is_told_then_begun(world: World, caller: Of, stock: int, form: int) -> None:
    foretold = done(caller("clara").get("/next", DAY + "14:09"))
    assert (foretold["ticket"]["number"], foretold["ticket"]["state"]) == (stock, "assigned")
    said = foretold["reasons"][1].pop("text").replace("\u00a0", " ")
    assert said == "Le plus pressant parmi 2 tickets possibles : 15 min de travail, 1 h 36 de marge, poids 2"
    assert foretold["reasons"] == [
        {"code": "masters", "skill": "erreurs", "text": "Maîtrise les erreurs du logiciel"},
        {
            "code": "weighed",
            "due_at": "2026-11-24T15:00:00Z",
            "among": 2,
            "weight": 2.0,
            "work_s": 900,
            "slack_s": 5760,
            "pace": 1.0,
            "index": 0.07822,
        },
    ]
    in_english = done(caller("clara").get("/next", DAY + "14:09", headers={"Accept-Language": "en"}))["reasons"]
    assert [each["text"].replace("\u00a0", " ") for each in in_english] == [
        "Masters software errors",
        "The most pressing of 2 possible tickets: 15 min of work, 1 h 36 to spare, weight 2",
    ]
    begun = done(caller("clara").ask("POST", "/next", DAY + "14:10"))
    assert (begun["ticket"]["number"], begun["ticket"]["state"]) == (stock, "in_progress")
    assert [each["code"] for each in begun["reasons"]] == ["masters", "weighed"]


def test_nothing_waits(caller: Of) -> None:
    assert caller("clara").get("/next").status_code == 204
    answer = caller("clara").ask("POST", "/next")
    assert (answer.status_code, answer.data) == (204, b"")


def test_work_is_logged_and_consumed_by_the_started_quarter_hour(caller: Of, form: int) -> None:
    body = {"minutes": 16, "started_at": "2026-11-24T14:20:00+01:00", "note": "Colonne ajoutée."}
    told = done(caller("sandrine").post(f"/tickets/{form}/work", DAY + "14:40", **body))
    assert (told["day"], told["minutes"], told["consumed_quarters"]) == ("2026-11-24", 16, 2)
    hours = done(caller("alain").get("/hours", DAY + "14:41"))
    assert (hours["left_quarters"], hours["owed_quarters"]) == (38, 0)
    last = hours["forfaits"][0]["movements"][-1]
    assert (last["kind"], last["ticket"], last["real_s"], last["quarters"], last["balance_quarters"]) == (
        "consumption",
        form,
        960,
        -2,
        38,
    )


def test_waiting_for_the_client_pauses_and_its_message_ends_it(caller: Of, stock: int) -> None:
    asked = done(caller("clara").post(f"/tickets/{stock}/wait_for_client", DAY + "14:30", text="Quelle version ?"))
    assert (asked["state"], asked["waiting_for"], asked["due_at"]) == ("waiting_client", "question", None)
    assert done(caller("clara").post(f"/tickets/{stock}/resume", DAY + "14:45"))["state"] == "in_progress"


def test_waiting_for_the_publisher(caller: Of, stock: int) -> None:
    body = {"reference": "PMI-4711", "text": "Transmis à l’éditeur."}
    told = done(caller("clara").post(f"/tickets/{stock}/wait_for_publisher", DAY + "14:46", **body))
    assert told["state"] == "waiting_publisher"


@pytest.mark.parametrize(("possible", "kind"), [(True, "workaround_given"), (False, "workaround_impossible")])
def test_a_workaround_or_none(caller: Of, stock: int, possible: bool, kind: str) -> None:
    answer = caller("clara").post(f"/tickets/{stock}/work_around", text="Recalculer le stock.", possible=possible)
    assert done(answer)["kind"] == kind


def test_a_ticket_is_qualified_again(caller: Of, stock: int) -> None:
    body = {"reason": "C’est de l’usage.", "severity": "minor"}
    told = done(caller("diane").post(f"/tickets/{stock}/qualify", DAY + "14:30", **body))
    assert (told["severity"], told["due_at"]) == ("minor", "2026-11-25T09:00:00Z")


def test_a_condition_is_confirmed(caller: Of, stock: int) -> None:
    body = {"condition": "prerequisites", "met": True, "reason": "Vérifié avec Julie."}
    done(caller("clara").post(f"/tickets/{stock}/set_condition", **body))
    assert kinds(caller, stock)[-1] == "condition_set"


@pytest.mark.parametrize(
    ("who", "verb", "body", "state"),
    [
        ("clara", "hold_call", {"text": "Joint."}, "held"),
        ("clara", "miss_call", {}, "missed"),
        ("diane", "cancel_call", {"reason": "Plus besoin."}, "cancelled"),
    ],
)
def test_a_call_is_agreed_then_held_missed_or_cancelled(
    world: World, caller: Of, stock: int, who: str, verb: str, body: dict[str, str], state: str
) -> None:
    body_of_call = {"starts_at": "2026-11-24T15:30:00+01:00", "technician": world.clara.id}
    call = done(caller("diane").post(f"/tickets/{stock}/call_back", DAY + "14:50", **body_of_call))
    assert (call["starts_at"], call["state"]) == ("2026-11-24T14:30:00Z", "booked")
    assert done(caller(who).post(f"/appointments/{call['id']}/{verb}", DAY + "15:40", **body))["state"] == state


@pytest.mark.parametrize(
    ("who", "verb", "body", "state"),
    [
        ("clara", "hold_session", {"text": "Paramètres revus."}, "held"),
        ("clara", "miss_session", {}, "missed"),
        ("diane", "cancel_session", {"reason": "Plus besoin."}, "cancelled"),
    ],
)
def test_a_session_is_booked_then_held_missed_or_cancelled(
    world: World, caller: Of, stock: int, who: str, verb: str, body: dict[str, str], state: str
) -> None:
    """By its own verbs: a call's do not know it."""
    wanted = {"starts_at": "2026-11-24T15:30:00+01:00", "technician": world.clara.id, "minutes": 90}
    made = done(caller("diane").post(f"/tickets/{stock}/book_session", DAY + "14:50", **wanted))
    assert (made["kind"], made["starts_at"], made["minutes"]) == ("session", "2026-11-24T14:30:00Z", 90)
    assert done(caller("diane").get(f"/tickets/{stock}"))["state"] == "planned"
    other = f"/appointments/{made['id']}/{verb.replace('session', 'call')}"
    assert caller(who).post(other, DAY + "15:40", **body).status_code == 404
    prepared(world, stock, DAY + "15:00")
    assert done(caller(who).post(f"/appointments/{made['id']}/{verb}", DAY + "15:40", **body))["state"] == state


@pytest.mark.parametrize(
    ("verb", "text", "state"),
    [
        ("accept_estimate", "", "accepted"),
        ("decline_estimate", "", "declined"),
        ("question_estimate", "TTC ?", "offered"),
    ],
)
def test_an_estimate_is_asked_offered_and_decided(caller: Of, form: int, verb: str, text: str, state: str) -> None:
    assert done(caller("julie").post(f"/tickets/{form}/ask_estimate", DAY + "14:05"))["kind"] == "estimate_asked"
    offer = {"perimeter": "Une colonne dans un état.", "minutes": 90}
    offered = done(caller("sandrine").post(f"/tickets/{form}/offer_estimate", DAY + "14:15", **offer))
    assert (offered["minutes"], offered["state"]) == (90, "offered")
    assert offered["valid_until"] == "2026-12-01T13:15:00Z"
    decided = done(caller("alain").post(f"/tickets/{form}/{verb}", DAY + "14:30", text=text))
    assert decided["state"] == state


def test_the_perimeter_is_not_defined(caller: Of, form: int) -> None:
    offer = {"perimeter": "Pas assez d’exemples.", "minutes": None}
    told = done(caller("sandrine").post(f"/tickets/{form}/offer_estimate", **offer))
    assert (told["minutes"], told["state"]) == (None, "undefined")


def test_resolved_accepted_reopened(caller: Of, stock: int) -> None:
    resolved = done(caller("clara").post(f"/tickets/{stock}/resolve", DAY + "16:00", text="Corrigé."))
    assert (resolved["state"], resolved["accept_until"]) == ("resolved", "2026-12-01T15:00:00Z")
    assert done(caller("julie").post(f"/tickets/{stock}/accept", DAY + "16:10"))["state"] == "closed"
    assert done(caller("julie").post(f"/tickets/{stock}/reopen", DAY + "16:20", text="Revenu."))["state"] == "reopened"


@pytest.mark.parametrize(
    ("verb", "body"), [("refuse", {"text": "Non."}), ("accept", {"text": "Presque.", "reservations": True})]
)
def test_refused_or_accepted_with_reservations_it_comes_back(
    caller: Of, stock: int, verb: str, body: dict[str, object]
) -> None:
    done(caller("clara").post(f"/tickets/{stock}/resolve", DAY + "16:00", text="Corrigé."))
    assert done(caller("julie").post(f"/tickets/{stock}/{verb}", DAY + "16:10", **body))["state"] == "reopened"


def test_a_report_is_sent(caller: Of, form: int) -> None:
    done(caller("sandrine").post(f"/tickets/{form}/work", DAY + "14:40", minutes=16))
    told = done(caller("sandrine").post(f"/tickets/{form}/report", DAY + "14:50", done="Colonne ajoutée."))
    assert (told["kind"], told["data"]["left_quarters"]) == ("reported", 38)


@pytest.mark.parametrize(
    ("verb", "who", "state"), [("escalate", "clara", "to_deployment"), ("decline", "diane", "declined")]
)
def test_a_request_leaves_support(caller: Of, stock: int, verb: str, who: str, state: str) -> None:
    assert done(caller(who).post(f"/tickets/{stock}/{verb}", reason="Hors périmètre."))["state"] == state


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.verb.__name__)
def test_a_body_holds_what_its_verb_takes_and_no_more(move: Move) -> None:
    """One verb, one name: a field bears its parameter's name, and what the verb can't do without is there. `sure` stays
    at the door."""
    _, _, *own = inspect.signature(move.verb).parameters.values()
    assert set(move.takes.model_fields) - {"sure"} <= {parameter.name for parameter in own}
    needed = {parameter.name for parameter in own if parameter.default is inspect.Parameter.empty}
    assert needed <= set(move.takes.model_fields)
