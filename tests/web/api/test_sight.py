"""Who may ask: a token alone, in its own person's name; what is out of sight is refused like what doesn't exist."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from sla.desk.actor import SYSTEM
from sla.desk.keys import issue_key
from sla.web.api.moves import MOVES
from tests.web.api.conftest import Caller
from tests.worlds import World

Of = Callable[[str], Caller]
Rows = Callable[[], dict[str, int]]

STOCK = {"item": "erreurs", "severity": "major", "title": "Stock négatif", "description": "Le stock passe à -3."}
UNKNOWN = 4711
FILLED: dict[str, Any] = {
    "day": "2026-12-01",
    "into": 1,
    "text": "x",
    "reason": "x",
    "reference": "x",
    "condition": "prerequisites",
    "perimeter": "x",
    "done": "x",
    "met": True,
    "technician": 1,
    "minutes": 15,
    "starts_at": "2026-11-25T10:00:00+01:00",
}
OF_CLIENTS = (
    "comment", "call_back", "ask_estimate", "accept_estimate", "decline_estimate", "question_estimate", "accept",
    "contest", "refuse", "reopen", "ask_report", "wait_until", "resume",
)  # fmt: skip


def filled(move: Any) -> dict[str, Any]:
    """A body with the fields that the verb can't do without."""
    return {name: FILLED[name] for name, field in move.takes.model_fields.items() if field.is_required()}


@pytest.fixture
def stock(caller: Of) -> int:
    """Julie's ticket, of Acme."""
    return int(caller("julie").post("/tickets", **STOCK).json["number"])


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic anVsaWU6eA==", "Bearer wrong", "Bearer é'--"])
def test_without_a_good_token_nothing_is_told(app: Flask, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header.encode().decode("latin-1")}
    answer = app.test_client().get("/api/tickets", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'
    assert answer.content_type == "application/problem+json"


def test_every_route_but_the_document_asks_for_a_token(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("api."):
            path = rule.rule
            given = {
                "<int(min=1, max=2147483647):number>": "1",
                "<clock>": "1",
                "<any(timers, messages):queue>": "timers",
            }
            for converter, value in given.items():
                path = path.replace(converter, value)
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                assert app.test_client().open(path, method=method).status_code == 401, (method, path)


def test_neither_a_session_nor_a_sign_in_link_is_a_way_in(world: World, app: Flask, caller: Of) -> None:
    """A signed-in browser sends its cookie by itself, whoever asks; a token is sent only by someone who holds it."""
    caller("julie")
    link = world.do(SYSTEM, "2026-11-24 14:00", issue_key, world.julie.id, purpose="sign_in")
    assert caller("julie").by(link).get("/tickets").status_code == 401
    browser = app.test_client()
    form = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(f"/sign-in/{link}").text)
    assert form is not None
    assert browser.post(f"/sign-in/{link}", data={"csrf_token": form[1]}).status_code == 302
    with browser.session_transaction() as session:
        assert session["_user_id"].startswith(f"{world.julie.id}-")
    assert browser.get("/api/tickets").status_code == 401


def test_a_revoked_token_is_none(app: Flask, caller: Of) -> None:
    issued = caller("julie").post("/tokens", label="essai").json
    mine = caller("julie").by(issued["secret"])
    assert mine.get("/tickets").status_code == 200
    assert caller("alain").ask("DELETE", f"/tokens/{issued['id']}").status_code == 404
    assert mine.ask("DELETE", f"/tokens/{issued['id']}").status_code == 204
    assert mine.get("/tickets").status_code == 401


def test_a_token_ends_with_its_last_day(app: Flask, caller: Of) -> None:
    issued = caller("julie").post("/tokens", "2026-11-24 14:00", label="trois jours", days=3).json
    assert issued["expires_at"] == "2026-11-27T13:00:00Z"
    assert caller("julie").by(issued["secret"]).get("/tickets", "2026-11-27 14:00").status_code == 200
    assert caller("julie").by(issued["secret"]).get("/tickets", "2026-11-27 14:01").status_code == 401
    listed = caller("julie").get("/tokens").json["tokens"]
    assert [each["label"] for each in listed] == ["trois jours", ""]
    assert not any("secret" in each for each in listed)


@pytest.mark.parametrize(
    "move", [move for move in MOVES if move.verb.__name__ in OF_CLIENTS], ids=lambda m: m.verb.__name__
)
def test_another_companys_ticket_is_refused_like_none(caller: Of, rows: Rows, stock: int, move: Any) -> None:
    before = rows()
    _alike(caller("bruno"), "POST", f"/{move.verb.__name__}", stock, json=filled(move))
    assert rows()["events"] == before["events"]


@pytest.mark.parametrize("rest", ["", "/history", "/clocks/resolution/why"])
@pytest.mark.parametrize("who", ["bruno", "sonia", "paul"])
def test_another_companys_ticket_is_shown_like_none(caller: Of, stock: int, who: str, rest: str) -> None:
    _alike(caller(who), "GET", rest, stock)


def _alike(asking: Caller, method: str, rest: str, there: int, **sent: Any) -> None:
    found = [asking.ask(method, f"/tickets/{number}{rest}", **sent) for number in (there, UNKNOWN)]
    assert [answer.status_code for answer in found] == [404, 404]
    told = [answer.text.replace(str(number), "N") for answer, number in zip(found, (there, UNKNOWN), strict=True)]
    assert told[0] == told[1]


def test_a_list_holds_what_is_in_sight(caller: Of, stock: int) -> None:
    """Julie sees her own, Alain and Agnès their company's, Bruno nothing of it, support everything."""
    for who, seen in (("julie", [1]), ("alain", [1]), ("agnes", [1]), ("bruno", []), ("sonia", []), ("paul", [])):
        assert [each["number"] for each in caller(who).get("/tickets").json["tickets"]] == seen, who
    assert caller("clara").get("/tickets").json["total"] == 1


def test_another_companys_coverage_is_not_told(world: World, caller: Of) -> None:
    other = f"/expected?item=erreurs&severity=major&company={world.companies['acme']}"
    assert caller("bruno").get(other).status_code == 404
    assert caller("bruno").get(other.replace("company=1", "company=4711")).status_code == 404
    assert caller("clara").get(other).json["outcome"] == "accepted"


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.verb.__name__)
def test_a_verb_is_refused_to_the_other_side(caller: Of, rows: Rows, stock: int, move: Any) -> None:
    """What clients do support can't do in their name, and the other way round."""
    shared = ("call_back", "reopen", "wait_until", "resume")
    who = "clara" if move.verb.__name__ in OF_CLIENTS and move.verb.__name__ not in shared else "julie"
    if move.verb.__name__ in shared:
        who = "paul"
    asking, before = caller(who), rows()
    answer = asking.post(f"/tickets/{stock}/{move.verb.__name__}", **filled(move))
    assert (answer.status_code, answer.json["type"]) == (403, "/api/problems/forbidden")
    assert rows() == before | {"keys": rows()["keys"]}


@pytest.mark.parametrize("who", ["julie", "agnes", "clara", "diane", "paul"])
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/companies", {"name": "Neuf"}),
        ("/companies/1/hours", {"hours": 10}),
        ("/contracts", {"company": 1}),
        ("/people", {"name": "N", "email": "n@neuf.example.test", "role": "manager"}),
    ],
)
def test_contracts_and_people_are_the_managers(caller: Of, who: str, path: str, body: dict[str, Any]) -> None:
    assert caller(who).post(path, **body).status_code == 403


@pytest.mark.parametrize(
    ("who", "path"), [("julie", "/board"), ("paul", "/board"), ("julie", "/next"), ("diane", "/next")]
)
def test_the_queue_is_supports(caller: Of, who: str, path: str) -> None:
    assert caller(who).get(path).status_code == 403


def test_a_requester_sees_the_balance_and_no_movements(caller: Of) -> None:
    assert caller("julie").get("/hours").json["forfaits"][0]["movements"] is None
    assert len(caller("agnes").get("/hours").json["forfaits"][0]["movements"]) == 1
    assert caller("bruno").get("/hours").json["forfaits"] == []
    assert caller("clara").get("/hours").status_code == 403


def test_what_the_queue_weighs_is_not_told_to_a_client(caller: Of, stock: int) -> None:
    caller("clara").ask("POST", "/next")
    taken = caller("julie").get(f"/tickets/{stock}/history").json["events"][-1]
    assert (taken["kind"], "reasons" in taken["data"]) == ("taken", False)
    history = caller("clara").get(f"/tickets/{stock}/history", headers={"Accept-Language": "en-GB"})
    assert history.json["events"][-1]["data"]["reasons"][0]["text"] == "Masters software errors"
    mine = caller("julie").get(f"/tickets/{stock}").json
    assert (mine["pinned"], mine["seq"]) == (None, None)
