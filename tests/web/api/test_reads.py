"""What the API tells: lists, one ticket, why a deadline, the board, hours, what to expect, when the desk is open."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.desk.answered import answered_before
from tests.web.api.conftest import Caller
from tests.worlds import World, paris

Of = Callable[[str], Caller]
Rows = Callable[[], dict[str, int]]

STOCK = {"item": "erreurs", "severity": "major", "title": "Stock négatif", "description": "Le stock passe à -3."}


def deposited(caller: Of, who: str, at: str, **changed: str) -> int:
    return int(caller(who).post("/tickets", at, **{**STOCK, **changed}).json["number"])


@pytest.fixture
def three(caller: Of) -> None:
    """Tickets 1 to 3 of Acme, the second resolved."""
    for minute, title in enumerate(("Stock négatif", "Été perdu", "100 % faux")):
        deposited(caller, "julie", f"2026-11-24 14:0{minute}", title=title)
    caller("clara").post("/tickets/2/resolve", "2026-11-24 15:00", text="Retrouvé.")
    caller("julie").post("/tickets/2/accept", "2026-11-24 15:10")


def numbers(answer: Any) -> list[int]:
    assert answer.status_code == 200, answer.text
    return [each["number"] for each in answer.json["tickets"]]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [3, 2, 1]),
        ("state=closed", [2]),
        ("open=true", [3, 1]),
        ("open=false", [2]),
        ("open=true&state=closed", []),
        ("text=ete", [2]),
        ("text=%C3%89T%C3%89", [2]),
        ("text=%25", [3]),
        ("text=stock+negatif", [1]),
        ("text=%231", [1]),
        ("text=stock+perdu", [2]),
    ],
)
def test_a_list_is_narrowed(caller: Of, query: str, found: list[int]) -> None:
    """By words of the title and the description, accents and case aside, or by number."""
    assert numbers(caller("julie").get(f"/tickets?{query}")) == found


@pytest.mark.usefixtures("three")
def test_a_list_comes_in_pages_that_stay_put(caller: Of) -> None:
    first = caller("julie").get("/tickets?limit=2")
    assert (numbers(first), first.json["total"], first.json["following"]) == ([3, 2], 3, 2)
    deposited(caller, "julie", "2026-11-24 15:20")
    second = caller("julie").get(f"/tickets?limit=2&before={first.json['following']}")
    assert (numbers(second), second.json["following"]) == ([1], None)


def test_one_ticket_is_told_whole(world: World, caller: Of) -> None:
    deposited(caller, "julie", "2026-11-24 14:00")
    told = caller("julie").get("/tickets/1", "2026-11-24 14:30").json
    assert (told["company"], told["requester"], told["technician"]) == ("Acme", "Julie", "Clara Fontaine")
    assert told["item_label"] == "Assistance lors d’erreurs logiciel Cegid PMI"
    assert told["expected"] == {
        "starts_at": "2026-11-24T13:30:00Z",
        "due_at": "2026-11-24T15:00:00Z",
        "window": None,
        "change": None,
    }
    assert [(each["name"], each["mark"], each["left_s"]) for each in told["clocks"]] == [
        ("first_response", "on_time", 5400),
        ("resolution", "on_time", 48600),
    ]


def test_a_deadline_explains_itself(caller: Of) -> None:
    """Deposited on Friday at 18:00: two hours from Monday 9:00, over the weekend."""
    deposited(caller, "julie", "2026-11-27 18:00")
    told = caller("julie").get("/tickets/1/clocks/first_response/why", "2026-11-27 18:05").json
    assert told["clock"]["due_at"] == "2026-11-30T10:00:00Z"
    spent, ahead = (
        [(each["start"], each["end"], each["counted"], each["reason"]) for each in told[part]]
        for part in ("spent", "ahead")
    )
    assert spent == [("2026-11-27T17:00:00Z", "2026-11-27T17:05:00Z", False, "night")]
    assert ahead == [
        ("2026-11-27T17:05:00Z", "2026-11-27T23:00:00Z", False, "night"),
        ("2026-11-27T23:00:00Z", "2026-11-29T23:00:00Z", False, "weekend"),
        ("2026-11-29T23:00:00Z", "2026-11-30T08:00:00Z", False, "night"),
        ("2026-11-30T08:00:00Z", "2026-11-30T10:00:00Z", True, "open"),
    ]


@pytest.mark.usefixtures("three")
def test_the_board_is_the_pages_own(world: World, caller: Of) -> None:
    told = caller("diane").get("/board", "2026-11-24 15:30").json
    assert (told["now"], told["total"], told["counts"]["all"]) == ("2026-11-24T14:30:00Z", 2, 2)
    assert [(row["number"], row["left_s"], row["mark"]) for row in told["rows"]] == [
        (1, 1800, "watch"),
        (3, 1920, "on_time"),
    ]
    assert {slot["ticket"] for slot in told["plan"]} == {1, 3}
    assert caller("diane").get("/board?view=unassigned", "2026-11-24 15:30").json["rows"] == []
    late = caller("diane").get("/board?view=late&severity=major&text=stock", "2026-11-24 16:30").json["rows"]
    assert [(row["number"], row["left_s"], row["mark"]) for row in late] == [(1, -1800, "late"), (3, -1680, "late")]


@pytest.mark.parametrize(
    ("who", "item", "outcome", "due_at"),
    [
        ("julie", "erreurs", "accepted", "2026-11-24T15:00:00Z"),
        ("julie", "parametrage", "accepted", "2026-11-24T15:00:00Z"),
        ("bruno", "parametrage", "waits_forfait", "2026-11-24T15:00:00Z"),
        ("sonia", "erreurs", "waits_dispatcher", "2026-11-24T15:00:00Z"),
        ("julie", "informatique_reseau", "excluded", None),
        ("julie", "conseil", "to_deployment", None),
    ],
)
def test_what_to_expect_is_told_before_the_deposit(
    caller: Of, rows: Rows, who: str, item: str, outcome: str, due_at: str | None
) -> None:
    asking, before = caller(who), rows()
    answer = asking.get(f"/expected?item={item}&severity=major", "2026-11-24 14:00")
    assert answer.json["outcome"] == outcome, answer.text
    assert (answer.json["expected"] or {}).get("due_at") == due_at
    assert rows() == before


def test_a_window_is_told_of_a_request_that_would_be_queued_and_of_none_that_waits(world: World, caller: Of) -> None:
    """As on the portal: who waits for hours or for a decision is told the guarantee alone."""
    answered_before(world, [1800] * 40, until=paris("2026-11-23 12:00"))
    claimed = {
        who: caller(who).get(f"/expected?item={item}&severity=major").json["expected"]["window"] is not None
        for who, item in (("julie", "erreurs"), ("bruno", "parametrage"), ("sonia", "erreurs"))
    }
    assert claimed == {"julie": True, "bruno": False, "sonia": False}


def test_an_unknown_line_is_refused_with_the_choices(caller: Of) -> None:
    answer = caller("julie").get("/expected?item=rien&severity=major")
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["item"])


def test_the_booklets_lines_come_in_the_readers_language(caller: Of) -> None:
    french = caller("julie").get("/items").json["items"]
    english = caller("julie").get("/items", headers={"Accept-Language": "en"}).json["items"]
    assert [line["code"] for line in french] == [line["code"] for line in english]
    assert french[1]["label"] == "Assistance lors d’erreurs logiciel Cegid PMI"
    assert english[1]["label"] == "Help with Cegid PMI software errors"


@pytest.mark.parametrize(
    ("at", "is_open", "until", "next_opening"),
    [
        ("2026-11-24 12:29", True, "2026-11-24T11:30:00Z", "2026-11-24T12:30:00Z"),
        ("2026-11-24 12:30", False, "2026-11-24T12:30:00Z", "2026-11-24T12:30:00Z"),
        ("2026-12-24 18:00", False, "2026-12-28T08:00:00Z", "2026-12-28T08:00:00Z"),
    ],
)
def test_whether_the_desk_is_open(caller: Of, at: str, is_open: bool, until: str, next_opening: str) -> None:
    told = caller("julie").get("/calendar", at).json
    assert (told["open"], told["until"], told["next_opening"]) == (is_open, until, next_opening)
    assert {"day": "2026-12-25", "label": "Noël"} in told["closed_days"]


def test_a_manager_takes_on_a_company(world: World, caller: Of) -> None:
    marc = caller("marc")
    company = marc.post("/companies", name="Neuf").json["id"]
    contract = marc.post("/contracts", company=company, first_day="2026-12-01")
    assert (contract.status_code, contract.json["last_day"]) == (201, "2027-11-30")
    body = {"name": "Nina", "email": "Nina@Neuf.example.test", "role": "client", "company": company}
    person = marc.post("/people", **body, portal_role="account")
    assert (person.status_code, person.json["email"]) == (201, "nina@neuf.example.test")
    pack = marc.post(f"/companies/{company}/hours", hours=20, first_day="2026-12-01")
    assert pack.status_code == 201
    assert (pack.json["last_day"], pack.json["balance_quarters"]) == ("2027-11-30", 80)
    assert marc.post(f"/companies/{company}/hours", hours=15).json["title"] == "not_on_sale"


def test_a_manager_moves_the_end_of_a_contract_and_cancels_one_to_come(world: World, caller: Of) -> None:
    marc, company = caller("marc"), world.companies["bolt"]
    signed = marc.post("/contracts", company=company, level="tma", first_day="2026-12-01", last_day="2027-11-30")
    address = f"/contracts/{signed.json['id']}"
    moved = marc.post(f"{address}/move_contract_end", last_day="2027-05-31", reason="Avenant.")
    assert (moved.status_code, moved.json) == (200, signed.json | {"last_day": "2027-05-31"})
    early = marc.post(f"{address}/move_contract_end", last_day="2026-11-30", reason="Avenant.")
    assert (early.status_code, list(early.json["errors"])) == (422, ["last_day"])
    assert caller("diane").post(f"{address}/cancel_contract", reason="Doublon.").status_code == 403
    gone = marc.post(f"{address}/cancel_contract", reason="Doublon.")
    assert (gone.status_code, gone.json) == (200, moved.json)
    assert marc.post(f"{address}/cancel_contract", reason="Doublon.").status_code == 404


def test_a_dispatcher_notes_an_absence_and_ends_it(world: World, caller: Of) -> None:
    body = {"starts_at": "2026-11-25T09:00:00+01:00", "ends_at": "2026-11-25T17:00:00+01:00", "label": "Congé"}
    told = caller("diane").post("/absences", technician=world.clara.id, **body)
    assert (told.status_code, told.json["starts_at"], told.json["ends_at"]) == (
        201,
        "2026-11-25T08:00:00Z",
        "2026-11-25T16:00:00Z",
    )
    address = f"/absences/{told.json['id']}/cancel_absence"
    ended = caller("diane").post(address, "2026-11-25 10:00")
    assert (ended.status_code, ended.json) == (200, told.json | {"ends_at": "2026-11-25T09:00:00Z"})
    over = caller("diane").post(address, "2026-11-25 10:00")
    assert (over.status_code, over.json["title"]) == (409, "already_done")
    assert caller("clara").post(address).status_code == 403
