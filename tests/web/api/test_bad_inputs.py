"""Bad input over HTTP: a problem that names the field, nothing written, never a fault of ours, and the desk goes on."""

import json
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from freezegun.api import FrozenDateTimeFactory

from tests.web.api.conftest import Caller, callers
from tests.web.visitor import site
from tests.worlds import World, furnish, new_desk

Of = Callable[[str], Caller]
Rows = Callable[[], dict[str, int]]

BAD = json.loads((Path(__file__).parent / "bad_inputs.json").read_text("utf-8"))
STOCK = {"item": "erreurs", "severity": "major", "title": "Stock négatif", "description": "Le stock passe à -3."}


def cases(kind: str) -> list[Any]:
    return [pytest.param(each, id=each["why"]) for each in BAD[kind]]


def refused(answer: Any, *statuses: int) -> dict[str, Any]:
    assert answer.status_code in statuses, answer.text
    assert answer.content_type == "application/problem+json"
    told: dict[str, Any] = answer.json
    assert told["status"] == answer.status_code
    assert told["detail"]
    assert "Traceback" not in answer.text
    return told


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One desk for the whole module: what is refused leaves it as it was."""
    desk = new_desk(tmp_path_factory.mktemp("refusing"))
    yield furnish(desk)
    desk.close()


@pytest.fixture(scope="module")
def app(world: World) -> Flask:
    return site(world.desk)


@pytest.fixture(scope="module")
def caller(world: World, app: Flask, clock: FrozenDateTimeFactory) -> Of:
    of = callers(world, app, clock)
    for name in world.people:
        of(name)
    return of


@pytest.fixture(scope="module")
def stock(caller: Of) -> int:
    return int(caller("julie").post("/tickets", **STOCK).json["number"])


@pytest.fixture
def nothing_written(caller: Of, stock: int, rows: Rows) -> Iterator[None]:
    """Around a refusal: no row is written, and the next request works."""
    before = rows()
    yield
    assert rows() == before
    assert caller("clara").get(f"/tickets/{stock}").status_code == 200


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("case", cases("numbers"))
def test_a_number_is_a_json_number_within_its_bounds(caller: Of, stock: int, case: Any) -> None:
    told = refused(caller("clara").post(f"/tickets/{stock}/work", minutes=case["value"]), 422)
    assert list(told["errors"]) == ["minutes"]


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("case", cases("numbers")[:24])
def test_a_reference_is_a_json_number_that_a_row_can_bear(caller: Of, stock: int, case: Any) -> None:
    told = refused(caller("diane").post(f"/tickets/{stock}/assign", technician=case["value"]), 422, 404)
    assert list(told["errors"]) == ["technician"]


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("case", cases("instants"))
def test_an_instant_has_its_offset(caller: Of, stock: int, case: Any) -> None:
    told = refused(caller("diane").post(f"/tickets/{stock}/call_back", starts_at=case["value"]), 422)
    assert list(told["errors"]) == ["starts_at"]
    refused(caller("diane").post("/absences", technician=1, starts_at=case["value"], ends_at="", label="x"), 422)


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    "day", ["2026-11-24T00:00:00Z", "9999-12-31", "0001-01-01", "24/11/2026", "2026-02-30", 20261124]
)
def test_a_day_is_a_date_near_enough(caller: Of, day: Any) -> None:
    told = refused(caller("marc").post("/companies/1/hours", hours=10, first_day=day), 422)
    assert list(told["errors"]) == ["first_day"]


@pytest.mark.parametrize("case", cases("texts"))
def test_a_text_is_kept_whole_or_refused(caller: Of, rows: Rows, case: Any) -> None:
    julie, before = caller("julie"), rows()
    answer = julie.post("/tickets", **{**STOCK, "title": case["value"]})
    if not case["kept"]:
        assert list(refused(answer, 422)["errors"]) == ["title"]
        assert rows() == before
        return
    assert answer.status_code == 201, answer.text
    shown = julie.get(f"/tickets/{answer.json['number']}").json["title"]
    assert shown == " ".join(unicodedata.normalize("NFC", case["value"]).split())


@pytest.mark.parametrize("case", cases("searches"))
@pytest.mark.parametrize(("who", "path"), [("julie", "/tickets"), ("bruno", "/tickets"), ("diane", "/board")])
def test_a_search_finds_words_and_nothing_else(caller: Of, stock: int, case: Any, who: str, path: str) -> None:
    answer = caller(who).get(f"{path}?text={quote(case['value'])}")
    assert answer.status_code == 200, answer.text
    found = answer.json["tickets" if path == "/tickets" else "rows"]
    if case["value"] in ("%", "_", "\\", '"'):
        assert all(case["value"] in each["title"] for each in found)
    assert who != "bruno" or not found


@pytest.mark.parametrize("number", BAD["paths"])
def test_what_is_nobodys_number_is_not_found(caller: Of, stock: int, number: str) -> None:
    for who in ("julie", "diane"):
        refused(caller(who).get(f"/tickets/{number}"), 404)


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("case", cases("bodies"))
def test_a_body_is_one_json_object(caller: Of, stock: int, case: Any) -> None:
    sent = {"data": case["raw"].encode(), "content_type": "application/json"}
    refused(caller("clara").ask("POST", f"/tickets/{stock}/work", **sent), case["status"])


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    ("data", "content_type", "status"),
    [
        (b'{"minutes": 30}', "text/plain", 415),
        (b"minutes=30", "application/x-www-form-urlencoded", 415),
        (b'{"note": "\xff\xfe"}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"a":' * 100_000, "application/json", 400),
        (b'{"note": "' + b"a" * 1_000_000 + b'"}', "application/json", 413),
        (b"{" + b",".join(b'"%d":1' % n for n in range(60_000)) + b"}", "application/json", 422),
    ],
    ids=["plain text", "a form", "not UTF-8", "deep lists", "deep objects", "too large", "many names"],
)
def test_a_body_is_json_utf8_and_small(caller: Of, stock: int, data: bytes, content_type: str, status: int) -> None:
    refused(caller("clara").ask("POST", f"/tickets/{stock}/work", data=data, content_type=content_type), status)


@pytest.mark.parametrize(
    "query", ["before=abc", "before=-1", "limit=1_0", "limit=%D9%A1", "state=nowhere", "open=maybe", "colour=red"]
)
def test_a_query_that_makes_no_sense_is_refused_by_its_name(caller: Of, query: str) -> None:
    assert list(refused(caller("julie").get(f"/tickets?{query}"), 422)["errors"]) == [query.partition("=")[0]]


@pytest.mark.parametrize(
    ("language", "detail"),
    [
        (None, "Le champ «\u00a0minutes\u00a0» attend un nombre entier, pas «\u00a012\u00a0»."),
        ("de", "Le champ «\u00a0minutes\u00a0» attend un nombre entier, pas «\u00a012\u00a0»."),
        ("fr-FR,fr;q=0.9,en;q=0.8", "Le champ «\u00a0minutes\u00a0» attend un nombre entier, pas «\u00a012\u00a0»."),
        ("en-GB", "The field “minutes” takes a whole number, not “12”."),
    ],
)
def test_a_problem_speaks_the_readers_language(caller: Of, stock: int, language: str | None, detail: str) -> None:
    headers = {"Accept-Language": language} if language else {}
    answer = caller("clara").post(f"/tickets/{stock}/work", headers=headers, minutes="12")
    assert answer.json == {
        "type": "/api/problems/bad_field",
        "title": "bad_field",
        "status": 422,
        "detail": detail,
        "instance": f"/api/tickets/{stock}/work",
        "errors": {"minutes": detail},
    }


def test_every_field_at_fault_is_named_at_once(caller: Of) -> None:
    answer = caller("julie").post("/tickets", item=3, severity="urgent", title="x", nature="bug")
    told = refused(answer, 422)
    assert told["errors"] == {
        "item": "Le champ «\u00a0item\u00a0» attend un texte, pas 3.",
        "severity": "Le champ «\u00a0severity\u00a0» ne peut pas être «\u00a0urgent\u00a0»\u00a0: choisissez parmi "
        "'blocking', 'major', 'minor' ou 'question'.",
        "description": "Le champ «\u00a0description\u00a0» manque.",
        "nature": "Le champ «\u00a0nature\u00a0» n’existe pas ici\u00a0: retirez-le.",
    }


def test_what_a_verb_refuses_names_the_field_too(caller: Of) -> None:
    told = refused(caller("julie").post("/tickets", **{**STOCK, "title": "x" * 201, "item": "rien"}), 422)
    assert set(told["errors"]) == {"title", "item"}


def test_a_wrong_method_says_which_there_are(app: Flask, caller: Of) -> None:
    answer = caller("julie").ask("DELETE", "/tickets/1")
    refused(answer, 405)
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    refused(caller("julie").get("/nowhere"), 404)


def test_a_method_can_not_be_overridden(caller: Of, stock: int) -> None:
    tokens = caller("julie").get("/tokens").json["tokens"]
    answer = caller("julie").get("/tokens", headers={"X-HTTP-Method-Override": "DELETE"})
    assert answer.json["tokens"] == tokens
