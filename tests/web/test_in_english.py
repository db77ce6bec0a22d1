"""The client's pages in English: every sentence has its English, and a reader of English meets no French."""

import ast
import csv
import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment
from pypdf import PdfReader
from sqlalchemy import update

from sla import wording
from sla.desk.answer import answer
from sla.desk.ask_report import ask_report
from sla.desk.calls import call_back, miss_call, move_call
from sla.desk.chase_publisher import announce_fix
from sla.desk.contest import contest
from sla.desk.deposit import deposit
from sla.desk.estimates import offer_estimate
from sla.desk.hours import buy_hours, correct_hours
from sla.desk.merge import merge
from sla.desk.portal_home import own_tickets
from sla.desk.qualify import qualify
from sla.desk.readiness import set_readiness
from sla.desk.report import report
from sla.desk.requested_hours import ask_hours
from sla.desk.resolve import resolve
from sla.desk.sessions import book_session
from sla.desk.take import take
from sla.desk.wait import wait_for_client, wait_for_publisher, wait_until
from sla.desk.work import work
from sla.store.tables import Person
from sla.web.portal.act_forms import FORMS
from sla.web.refusals import TITLES
from sla.wording.in_english import SENTENCES
from tests.desk.answered import answered_before
from tests.desk.kept import events
from tests.web.visitor import Visitor, text_of
from tests.worlds import NewWorld, World, paris

SECRET = "The password is Blue42"
NOW = "2026-11-24 10:20"
WEB = Path(wording.__file__).parents[1] / "web"
FRENCH_LETTERS = re.compile("[àâçéèêëîïôùûœÀÂÇÉÈÊÎÔŒ«»]")
FRENCH_WORDS = re.compile(
    r"\b(le|la|les|des|une?|du|au|aux|et|est|sont|pour|par|sur|avec|vous|votre|vos|nous|dans|qui|que|ce|cette|pas|de|"
    r"ou|jusqu|forfaits?|demande|heures|lun|mer|jeu|ven|sam|dim|janvier|juin|novembre|suivi|non|oui|reste|ouvert)\b",
    re.I,
)
ENGLISH_TOO = {"ou", "non"}
OURS = [
    french for french, english in SENTENCES.items() if len(french) > 3 and french not in english and "%" not in french
]
"""What pages say in French, save the words that are English too."""


pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(scope="module")
def world(on_sqlite: NewWorld, clock: None) -> Iterator[World]:
    """Its contacts read English; their words are English, and what the service writes is its own. Shared by all of
    these tests, which read it, each after the acts of its own."""
    with on_sqlite() as found:
        with found.desk.database.writing() as session:
            session.execute(update(Person).where(Person.company_id.is_not(None)).values(language="en"))
        yield found


@pytest.fixture(scope="module")
def numbers(world: World) -> list[int]:
    return lived(world)


def ask(world: World, item: str = "usage", who: str = "julie", at: str = "2026-11-23 10:00") -> int:
    facts = {"severity": "major", "title": "Closing an order", "description": "How is it done?"}
    return int(world.do(who, at, deposit, item=item, **facts).id)


def lived(world: World) -> list[int]:
    """Tickets through what a client meets, one a state."""
    at = "2026-11-23 14:00"
    talked, priced, waits, upstream, done, dated, called, doubled, short = (ask(world) for _ in range(9))
    for number in (talked, waits, upstream, done, dated, called):
        world.do("clara", "2026-11-23 11:00", take, number)
        world.do("clara", "2026-11-23 11:05", answer, number, text="Looking into it.")
    world.do("clara", at, work, talked, minutes=30, started_at=paris("2026-11-23 12:00"), note="x")
    world.do("clara", at, report, talked, done="Explained.", remaining="A visit.", perimeter="Orders", interim=True)
    world.do("julie", at, ask_report, talked)
    world.do("julie", at, contest, talked, reason="It is an error.")
    world.do("diane", at, qualify, talked, item="erreurs", reason="An error indeed.")
    world.do("diane", at, qualify, talked, item="usage", reason="Not an error.")
    world.do("clara", at, offer_estimate, priced, perimeter="One report", minutes=90)
    world.do("clara", at, wait_for_client, waits, text="Which order?")
    world.do("clara", at, wait_for_publisher, upstream, reference="CEG-4711")
    world.do("diane", at, announce_fix, 1, version="2026.2", text="Install it.")
    world.do("clara", at, wait_for_publisher, upstream, reference="CEG-4712")
    world.do("clara", at, work, done, minutes=20, started_at=paris("2026-11-23 13:00"), note="x")
    world.do("clara", at, report, done, done="Settings put right.")
    world.do("clara", at, resolve, done, text="Done.")
    world.do("julie", at, wait_until, dated, day="2026-12-01")
    call = world.do("julie", at, call_back, called, starts_at=paris("2026-11-24 09:30"))
    world.do("julie", at, move_call, call.id, starts_at=paris("2026-11-24 10:00"), reason="A meeting")
    world.do("clara", "2026-11-24 10:10", miss_call, call.id, text="")
    session = {"starts_at": paris("2026-11-26 14:00"), "minutes": 60}
    world.do("clara", at, book_session, called, **session)
    world.do(
        "julie", at, set_readiness, called, answers={"workstation": ("ready", ""), "person": ("not_ready", "Away")}
    )
    world.do("clara", at, merge, doubled, into=talked, reason="The same")
    ask(world, "informatique_reseau"), ask(world, "conseil")
    world.do("marc", at, buy_hours, world.companies["acme"], hours=20)
    world.do("marc", at, correct_hours, 2, quarters=4, reason="Goodwill")
    world.do("agnes", at, ask_hours, hours=50)
    world.do("bruno", at, ask_hours, hours=10)
    return [row.id for row in world.see("agnes", at, own_tickets).rows] + [short]


def french_in(page: str) -> list[str]:
    page = re.sub("|".join(NAMES), "", page)
    left = [french for french in OURS if re.search(rf"\b{re.escape(french)}(?!\w)", plain(page))]
    words = {found.group() for found in FRENCH_WORDS.finditer(page)} - ENGLISH_TOO
    return (
        left + sorted(words) + [page[max(0, m.start() - 20) : m.end() + 20] for m in FRENCH_LETTERS.finditer(page)][:3]
    )


NAMES = ("Etats et Requêtes", "PDF en français", "Français", "Yann Le Bihan")
"""A module of the product and people keep their names; the other language says its own."""


def read(visitor: Visitor, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200, address
    assert '<html lang="en">' in answer.text
    shown = re.sub(r'<input[^>]*name="csrf_token"[^>]*>', "", answer.text)  # chance spells « le » in one of them
    attributes = re.findall(r'(?:aria-label|placeholder|title|data-label|value)="([^"]*)"', shown)
    return unescape(" ".join([re.sub(r"<[^>]+>", " ", shown), *attributes]))


PAGES = ["/portal", "/tickets", "/tickets?closed=1", "/tickets?q=order", "/tickets?q=zzz", "/hours"]
PAGES += ["/portal?words=printer", "/portal?item=usage&severity=major", "/portal?item=conseil&severity=minor"]


def test_a_reader_of_english_meets_no_french(world: World, app: Flask, numbers: list[int]) -> None:
    """On any page of the portal, in any state of a ticket: who asked, who approves, who answers for the account, and a
    company without a forfait."""
    found = {}
    for who in ("julie", "alain", "agnes", "bruno"):
        visitor, addresses = Visitor(app, world, who), list(PAGES)
        if who in ("julie", "agnes"):
            addresses += [f"/tickets/{number}" for number in numbers]
        if who == "agnes":
            addresses += [f"/tickets/{number}/why/first_response" for number in numbers[:-3]]
            addresses += [f"/tickets/{number}/report/{seq}" for number in numbers for seq in reports(world, number)]
        for address in addresses:
            if told := french_in(read(visitor, address)):
                found[who, address] = told
    assert not found, "\n".join(f"{address}: {told}" for address, told in found.items())


def test_what_is_refused_and_what_is_done_is_said_in_english(world: World, app: Flask) -> None:
    """A form that comes back, an act that is no longer possible, a page that is not there, and before signing in."""
    number = ask(world)
    julie = Visitor(app, world, "julie")
    on = f"/tickets/{number}"
    answers = [
        julie.send("/portal", "/tickets", title="", description="", item="", severity=""),
        julie.send("/portal", "/tickets", title="A", description=SECRET, item="usage", severity="minor"),
        julie.send(on, f"/portal{on}/comment", text=""),
        julie.send(on, f"/portal{on}/comment", text=SECRET),
        julie.send(on, f"/portal{on}/comment", text="x" * 30_001),
        julie.send(on, f"/portal{on}/call_back", starts_at="2026-11-28T10:00", note=""),
        julie.send(on, f"/portal{on}/call_back", starts_at="yesterday", note=""),
        julie.send(on, f"/portal{on}/wait_until", day="2020-01-01"),
        julie.send(on, f"/portal{on}/set_readiness", supervisor="not_ready", supervisor_note=""),
        julie.send(on, f"/portal{on}/accept", decision="yes", text=""),
        julie.send(on, f"/portal{on}/accept", decision="", text=""),
        julie.send(on, f"/portal{on}/reopen", text="Again"),
        julie.send("/hours", "/hours/ask_hours", hours="20"),
        julie.get("/tickets/999"),
        julie.get("/nowhere"),
        julie.get("/hours.csv"),
    ]
    assert [answer.status_code for answer in answers] == [422] * 9 + [409, 422, 409, 403, 404, 404, 403]
    assert [told for answer in answers if (told := french_in(text_of(answer)))] == []
    assert "is “Received, in the queue”: “Reopened” is not possible there." in text_of(answers[11])
    julie.send(on, f"/portal{on}/comment", text="Thank you.")
    assert "Your message is sent." in text_of(julie.get(on))
    nobody = {"Accept-Language": "en-GB,en;q=0.9"}
    for page in ("/sign-in", "/sign-in/abc"):
        assert french_in(text_of(app.test_client().get(page, headers=nobody))) == []


def test_a_client_changes_language_on_any_page(world: World, app: Flask) -> None:
    """And stays on it; support has no such choice, its pages are French."""
    bruno = Visitor(app, world, "bruno")
    typed, on = {"csrf_token": bruno.token("/hours"), "language": "fr"}, {"Referer": "http://localhost/hours"}
    assert bruno.client.post("/choose_language", data=typed, headers=on).headers["Location"] == "/hours"
    assert "Forfaits d’heures" in text_of(bruno.get("/hours"))
    bruno.send("/hours", "/choose_language", language="en")
    assert french_in(read(bruno, "/hours")) == []
    assert "/choose_language" not in Visitor(app, world, "clara").get("/my-day").text


def test_the_movements_as_csv_are_in_english(world: World, app: Flask, numbers: list[int]) -> None:
    """Commas between, points within: an English spreadsheet opens it, and reads hours as numbers."""
    told = Visitor(app, world, "agnes").get("/hours.csv").get_data().decode("utf-8-sig")
    head, first, *rest = csv.reader(told.splitlines())
    assert (
        ",".join(head) == "Date,Pack,Movement,Ticket,Technician,Worked (min),Taken (h),Credited (h),Balance (h),Reason"
    )
    assert first == [
        "2026-01-05",
        "Pack of 10 h from 2026-01-05",
        "Purchase",
        *[""] * 4,
        "10.00",
        "10.00",
        "Pack of 10 h",
    ]
    assert {len(row) for row in rest} == {10}
    assert french_in(told) == []


def test_documents_are_in_english(world: World, app: Flask, numbers: list[int]) -> None:
    """The statement with hours that were owed, given back and put right; the report of included and of charged work."""
    acme = world.companies["acme"]
    world.do("marc", NOW, correct_hours, 1, quarters=-36, reason="Moved")
    world.do("marc", NOW, correct_hours, 2, quarters=-84, reason="Moved")
    world.do("clara", NOW, work, 1, minutes=30, started_at=paris("2026-11-24 09:05"), note="x")
    world.do("marc", NOW, buy_hours, acme, hours=10)
    world.do("diane", NOW, qualify, 1, item="erreurs", reason="An error")
    agnes = Visitor(app, world, "agnes")
    addresses = [f"/tickets/{each}/report/{seq}.pdf" for each in numbers for seq in reports(world, each)]
    assert len(addresses) == 2
    told = {address: written_in(agnes.get(address).data) for address in ("/hours.pdf", *addresses)}
    assert "Hours owed for ticket" in told["/hours.pdf"]
    assert "requalified" in told["/hours.pdf"]
    assert {address: french_in(text) for address, text in told.items()} == {address: [] for address in told}


def written_in(document: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages).replace("\n", " ")


def reports(world: World, number: int) -> list[int]:
    return [event.seq for event in events(world, number) if event.kind == "reported"]


def test_every_sentence_of_a_template_has_its_english() -> None:
    reader, said = Environment(extensions=["jinja2.ext.i18n"], autoescape=True), set[str]()
    for page in (WEB / "templates").rglob("*.html"):
        for _, _, message in reader.extract_translations(page.read_text("utf-8")):  # type: ignore[attr-defined]
            first = message[0] if isinstance(message, tuple) else message
            if first is not None:  # else chosen as the page is made
                said.add(plain(first))
    assert said - set(SENTENCES) == set()


def test_every_sentence_of_the_portals_forms_and_answers_has_its_english() -> None:
    """Labels and helps of its forms; what its acts answer; the titles of refusals."""
    labels = {
        plain(text) for form in FORMS.values() for field in form() for text in (field.label.text, field.description)
    }
    hidden = {"Call", "Sure", "Written", ""}
    assert labels - hidden - set(SENTENCES) == set()
    assert set(map(plain, TITLES.values())) - set(SENTENCES) == set()
    assert set(map(plain, spoken())) - set(SENTENCES) == set()


def spoken() -> Iterator[str]:
    """The French sentences that the portal's code hands to `translated`, `sentence`, `said` or an act."""
    for module in (*(WEB / "portal").glob("*.py"), WEB / "access.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in ("translated", "sentence", "said", "_done"):
                    yield from (str(a.value) for a in node.args if isinstance(a, ast.Constant) and " " in str(a.value))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_both_tongues_name_the_same_facts() -> None:
    facts = re.compile(r"%\((\w+)\)s")
    unlike = {fr: en for fr, en in SENTENCES.items() if set(facts.findall(fr)) != set(facts.findall(en))}
    assert unlike == {}


def test_why_an_answer_is_expected_later_is_said_in_english(world: World, app: Flask) -> None:
    """Six blocking requests of another company have come in since: how many, and nobody's name."""
    for index in range(100):
        marks = {"replay": [(index + 1) / 101, 60.0], "similar": [0.5, 900.0], "last_hundred": [0.5, 900.0]}
        answered_before(world, [900], marks=marks, until=paris("2026-11-23 12:00"))
    facts = {"item": "erreurs", "title": "Screen frozen", "description": "Nothing answers."}
    number = world.do("julie", "2026-11-24 10:00", deposit, **facts, severity="minor").id
    for index in range(6):
        blocking = {**facts, "title": f"Line stopped {index}", "severity": "blocking"}
        world.do("bruno", "2026-11-24 10:10", deposit, **blocking)
    read = text_of(Visitor(app, world, "julie").get(f"/tickets/{number}"))
    assert "Later than announced: 6 blocking requests have come in." in read.replace("\u00a0", " ")
    assert "bolt" not in read.lower()
