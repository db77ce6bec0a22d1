"""A company never learns of another's tickets: what exists elsewhere is answered like what exists nowhere."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from freezegun import freeze_time
from sqlalchemy import func, select

from sla.desk.deposit import deposit
from sla.desk.report import report
from sla.desk.resolve import resolve
from sla.store.tables import Event, Ticket
from tests.web.visitor import Visitor, text_of
from tests.worlds import World

NOWHERE = 987654
READS = (
    "/tickets/{n}",
    "/tickets/{n}/why/first_response",
    "/tickets/{n}/why/resolution",
    "/tickets/{n}/report/{seq}",
    "/tickets/{n}/report/{seq}.pdf",
)
ACTS = (
    "comment",
    "accept",
    "estimate",
    "reopen",
    "ask_estimate",
    "call_back",
    "contest",
    "ask_report",
    "set_readiness",
    "wait_until",
    "resume",
    "calls/1/move_call",
    "calls/1/move_session",
    "calls/1/cancel_call",
)
STRANGERS = ("bruno", "sonia")


@pytest.fixture(scope="module", autouse=True)
def clock() -> Iterator[None]:
    with freeze_time("2026-11-24 09:20:00", tz_offset=0):
        yield


@pytest.fixture
def ticket(world: World) -> Ticket:
    """Julie's, of Acme, resolved with a report."""
    made: Ticket = world.do(
        "julie", "2026-11-23 10:00", deposit, item="usage_documents", severity="minor", title="Secret d’Acme",
        description="Rien pour les autres",
    )  # fmt: skip
    technician = next(each for each in world.people.values() if each.id == made.technician_id)
    world.do(technician, "2026-11-23 11:00", report, made.id, done="Compte rendu secret")
    resolved: Ticket = world.do(technician, "2026-11-23 11:05", resolve, made.id, text="Réponse secrète")
    return resolved


def report_seq(world: World, number: int) -> int:
    with world.desk.database.reading() as session:
        query = select(Event.seq).where(Event.ticket_id == number, Event.kind == "reported")
        return int(session.scalar(query) or 0)


def test_a_number_that_no_row_can_bear_is_nobodys(world: World, app: Flask) -> None:
    visitor = Visitor(app, world, "julie")
    for address in ("/tickets/99999999999999999999", "/tickets/1/report/99999999999999999999", "/tickets/0"):
        assert visitor.get(address).status_code == 404
    assert visitor.get("/tickets?q=99999999999999999999&page=99999999999999999999").status_code == 200


def without_number(text: str, number: int) -> str:
    return re.sub(rf"\b{number}\b", "N", text)


@pytest.mark.parametrize("who", STRANGERS)
def test_another_companys_ticket_reads_like_none(world: World, app: Flask, ticket: Ticket, who: str) -> None:
    visitor, julie, seq = Visitor(app, world, who), Visitor(app, world, "julie"), report_seq(world, ticket.id)
    for address in READS:
        foreign = visitor.get(address.format(n=ticket.id, seq=seq))
        missing = visitor.get(address.format(n=NOWHERE, seq=seq))
        assert foreign.status_code == missing.status_code == 404, address
        assert without_number(text_of(foreign), ticket.id) == without_number(text_of(missing), NOWHERE), address
        assert julie.get(address.format(n=ticket.id, seq=seq)).status_code == 200, address


@pytest.mark.parametrize("who", STRANGERS)
def test_nothing_can_be_done_on_another_companys_ticket(world: World, app: Flask, ticket: Ticket, who: str) -> None:
    visitor, events = Visitor(app, world, who), _events(world)
    typed = {"text": "Coucou", "reason": "Non", "decision": "yes", "starts_at": "2026-11-25T10:00"}
    for act in ACTS:
        decided = typed | ({"decision": "ask"} if act == "estimate" else {})
        answers = [visitor.send("/portal", f"/portal/tickets/{n}/{act}", **decided) for n in (ticket.id, NOWHERE)]
        assert answers[0].status_code == answers[1].status_code, act
        assert answers[0].status_code in (403, 404), act
        assert without_number(text_of(answers[0]), ticket.id) == without_number(text_of(answers[1]), NOWHERE), act
    assert _events(world) == events


def _events(world: World) -> int:
    with world.desk.database.reading() as session:
        return int(session.scalar(select(func.count()).select_from(Event)) or 0)


def test_lists_and_hours_show_the_own_company_alone(world: World, app: Flask, ticket: Ticket) -> None:
    bruno = Visitor(app, world, "bruno")
    for address in ("/portal", "/tickets", "/tickets?q=secret", "/tickets?q=1", "/hours", "/hours.csv"):
        page = bruno.get(address).text
        assert not [secret for secret in ("Acme", "Secret d", "Julie") if secret in page], address


def test_a_requester_sees_its_own_tickets_alone(world: World, app: Flask, ticket: Ticket) -> None:
    """Alain and Agnes answer for Acme: what they deposit is not Julie's to read."""
    other: Ticket = world.do(
        "alain", "2026-11-23 10:00", deposit, item="usage_documents", severity="minor", title="Celui d’Alain",
        description="Le sien",
    )  # fmt: skip
    julie, agnes = Visitor(app, world, "julie"), Visitor(app, world, "agnes")
    assert julie.get(f"/tickets/{other.id}").status_code == 404
    assert "Celui d" not in julie.get("/tickets").text
    assert agnes.get(f"/tickets/{other.id}").status_code == agnes.get(f"/tickets/{ticket.id}").status_code == 200


def test_the_portal_is_for_contacts(world: World, app: Flask) -> None:
    for who in ("clara", "diane", "marc", "paul"):
        visitor = Visitor(app, world, who)
        assert [visitor.get(page).status_code for page in ("/portal", "/tickets", "/hours")] == [403, 403, 403]


def test_every_address_of_the_portal_is_walked(app: Flask) -> None:
    """A page that is added must be added to these walks."""
    every = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(("portal.", "ticket_pages."))]
    rules = {re.sub(r"<int[^:]*:", "<int:", str(rule)) for rule in every}
    number = {rule for rule in rules if "<int:number>" in rule}
    report = "/tickets/<int:number>/report/<int:seq>"
    shapes = {"/tickets/<int:number>", "/tickets/<int:number>/why/<clock>", report, f"{report}.pdf"}
    acts = {act.replace("calls/1", "calls/<int:call>") for act in ACTS}
    assert number == shapes | {f"/portal/tickets/<int:number>/{act}" for act in acts}
    hours = {"/hours", "/hours.csv", "/hours.pdf", "/hours/ask_hours", "/hours/withdraw_hours"}
    assert rules - number == {"/portal", "/portal/lines", "/portal/promise", "/tickets"} | hours
