"""Every address that there is, walked by whoever has no business there: what is added is walked too."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from freezegun import freeze_time
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

import sla.web
from sla.desk.keys import issue_key
from sla.desk.note import note
from sla.desk.permits import ALLOWED
from sla.desk.report import report
from sla.desk.requested_hours import ask_hours
from sla.desk.running_work import start_work, stop_work
from sla.desk.sessions import book_session
from sla.desk.wait import wait_for_publisher
from sla.desk.work import work
from tests.desk.kept import everything, in_hand
from tests.web.visitor import Visitor
from tests.worlds import World

OPEN_TO_ALL = {
    "access.index", "access.sign_in", "access.sign_in_by_password", "access.ask_link", "access.confirm_link",
    "access.sign_in_by_link", "access.sign_out", "calendar_feed.feed", "diary_feed.feed", "health.health",
    "htmx.script", "metrics.metrics", "openapi.spec", "static",
}  # fmt: skip
"""Sign-in itself, what a secret of its own opens, and what tells nobody's business."""
SECRETS = ("Acme", "Julie", "Agnes", "Secret", "PMI-4711")
FILLED = {
    "text": "x", "reason": "x", "decision": "yes", "day": "2026-12-01", "into": "1", "technician": "1", "minutes": "15",
    "starts_at": "2026-11-25T10:00", "reference": "x", "condition": "prerequisites", "met": "yes", "perimeter": "x",
    "done": "x", "hours": "10", "request": "1", "note": "x", "told": "x", "version": "x", "label": "x", "name": "x",
    "url": "https://ailleurs.example.test/", "since": "2026-11-01", "language": "fr", "quarters": "4",
}  # fmt: skip
TYPED = {
    "day": "2026-12-01", "into": 1, "technician": 1, "minutes": 15, "starts_at": "2026-11-25T10:00:00+01:00",
    "answers": {"server": {"readiness": "ready"}}, "met": True, "hours": 10, "since": "2026-05-01T10:00:00+02:00",
    "quarters": 4, "last_day": "2026-12-01",
}  # fmt: skip
WEB = Path(sla.web.__file__).parent
FIELD = re.compile(
    r"""\bname=["'](\w+)["']|^    (\w+) = \w+Field\(|typed\(\w+, ["'](\w+)["']\)|form\.get\(["'](\w+)["']""", re.M
)
NUMBER = re.compile(r"<int[^>]*>")
OTHERS = {"<clock>": "resolution", "<any(timers, messages):queue>": "messages", "<kind>": "period"}


@pytest.fixture(scope="module", autouse=True)
def clock() -> Iterator[None]:
    with freeze_time("2026-06-01 13:00:00", tz_offset=0):
        yield


@pytest.fixture
def acme(world: World) -> World:
    """The first row of everything is Acme's: a ticket of Julie's with all that can hang on one, a forfait asked for."""
    number = in_hand(world, title="Secret", description="Secret")
    for at, verb, facts in (
        ("09:40", work, {"minutes": 5, "note": "Secret"}),
        ("09:50", start_work, {}),
        ("10:10", stop_work, {"note": "Secret"}),
        ("10:15", note, {"text": "Secret"}),
        ("10:20", book_session, {"starts_at": "2026-06-03T10:00", "note": "Secret"}),
        ("10:30", report, {"done": "Secret", "interim": True}),
        ("10:40", wait_for_publisher, {"reference": "PMI-4711", "text": "Secret"}),
    ):
        world.do("clara", f"2026-06-01 {at}", verb, number, **facts)
    world.do("agnes", "2026-06-01 11:00", ask_hours, hours=10)
    world.do("agnes", "2026-06-01 11:00", issue_key, world.agnes.id, purpose="api")
    return world


def walked(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Each rule, each of its methods, and the address at which it finds the first row of what it is about."""
    for rule in app.url_map.iter_rules():
        address = NUMBER.sub("1", rule.rule)
        for part, value in OTHERS.items():
            address = address.replace(part, value)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method, address


def told(answer: TestResponse) -> set[str]:
    text = answer.get_data().decode("utf-8", "replace")
    return {secret for secret in SECRETS if secret in text}


def numbered_operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any] | None]]:
    """What the API can do with a number: the address with 1 for it, and the fields without which it does nothing."""
    shapes = document["components"]["schemas"]
    for path, operations in document["paths"].items():
        for method, told_of in operations.items() if "{number}" in path else ():
            taken = told_of.get("requestBody", {"content": {}})["content"].get("application/json")
            needed = shapes[taken["schema"]["$ref"].rsplit("/", 1)[1]].get("required", []) if taken else None
            body = None if needed is None else {name: TYPED.get(name, "x") for name in needed}
            yield path.format(number=1, clock="resolution", queue="messages"), method.upper(), body


def test_whoever_has_not_signed_in_is_told_nothing_and_writes_nothing(acme: World, app: Flask) -> None:
    visitor = Visitor(app, acme)
    token, before, reached = visitor.token("/sign-in"), everything(acme), set()
    for rule, method, address in walked(app):
        if rule.endpoint not in OPEN_TO_ALL:
            answer = visitor.client.open(address, method=method, data=FILLED | {"csrf_token": token})
            assert answer.status_code in (302, 401, 403), (method, address, answer.status_code)
            assert not told(answer), (method, address)
            reached.add(rule.endpoint)
    assert reached == set(app.view_functions) - OPEN_TO_ALL
    assert everything(acme) == before


def test_another_companys_contact_finds_nothing_anywhere(acme: World, app: Flask) -> None:
    """Bruno, of Bolt, at every page and every act: with the numbers of what is Acme's, as if it were not there."""
    visitor = Visitor(app, acme, "bruno")
    token, before = visitor.token("/portal"), everything(acme)
    every = [each for each in walked(app) if each[0].endpoint not in OPEN_TO_ALL and "/api/" not in each[0].rule]
    numbered = [each for each in every if NUMBER.search(each[0].rule)]
    for _, method, address in numbered:
        answer = visitor.client.open(address, method=method, data=FILLED | {"csrf_token": token}, buffered=True)
        assert answer.status_code in (403, 404), (method, address, answer.status_code)
        assert not told(answer), (method, address)
    assert everything(acme) == before
    for _, method, address in (each for each in every if each not in numbered):
        answer = visitor.client.open(address, method=method, data=FILLED | {"csrf_token": token}, buffered=True)
        assert not told(answer), (method, address)


def test_another_companys_program_finds_nothing_either(acme: World, app: Flask) -> None:
    """The same through the API, each body with what its operation can't do without."""
    secret = acme.do("bruno", "2026-06-01 09:00", issue_key, acme.bruno.id, purpose="api", minutes=None)
    program, headers, before = app.test_client(), {"Authorization": f"Bearer {secret}"}, everything(acme)
    document = program.get("/api/openapi.json").json
    assert document is not None
    for path, method, body in numbered_operations(document):
        answer = program.open(path, method=method, headers=headers, json=body)
        assert answer.status_code in (403, 404), (method, path, answer.text)
        assert not told(answer), (method, path)
    assert everything(acme) == before


def test_no_form_is_taken_without_the_token_of_its_page(acme: World, app: Flask) -> None:
    """Each address that writes, as the manager, whom nearly everything is open to."""
    visitor = Visitor(app, acme, "marc")
    before = everything(acme)
    for rule, method, address in walked(app):
        if method == "POST" and not rule.endpoint.startswith("api."):
            answer = visitor.client.post(address, data=FILLED)
            assert answer.status_code == 400, (address, answer.status_code)
            assert "trop ancienne" in answer.text
    assert everything(acme) == before


MADE_AT = {
    "/tickets", "/my-day/next", "/manage/users", "/manage/companies", "/manage/endpoints", "/hours",
    "/api/companies", "/api/contracts", "/api/people", "/api/absences", "/api/next", "/api/tickets", "/api/tokens",
    "/api/endpoints",
}  # fmt: skip
"""Where what a verb makes is then found."""
NOT_ONE_VERB = ("/sign-in", "/sign-in/link", "/sign-out", "/estimate", "/preview", "/calendar/edit")


def test_an_address_that_acts_bears_its_verbs_name(app: Flask) -> None:
    """As its module, its operation, its command and its event do."""
    for rule, method, _ in walked(app):
        last = re.sub(r"/<[^/]*>$", "", rule.rule)
        if method != "GET" and last.rsplit("/", 1)[1] not in ALLOWED:
            assert last.endswith(tuple(MADE_AT | set(NOT_ONE_VERB))), rule.rule


@pytest.mark.parametrize("who", ["marc", "clara", "agnes"])
def test_no_number_that_is_typed_is_too_long(acme: World, app: Flask, who: str) -> None:
    """In whichever field of every form that there is: it is refused, or it was a text."""
    visitor = Visitor(app, acme, who)
    written = "".join(page.read_text("utf-8") for page in WEB.rglob("*") if page.suffix in (".py", ".html"))
    fields = {name for found in FIELD.findall(written) for name in found if name}
    token = visitor.token("/portal" if who == "agnes" else "/publisher")
    typed = dict.fromkeys(fields, "9" * 5000) | {"csrf_token": token}
    for rule, method, address in walked(app):
        if method == "POST" and not rule.endpoint.startswith(("api.", "access.")):
            assert visitor.client.post(address, data=typed).status_code < 500, address
