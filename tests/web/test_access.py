"""Sign-in: a link serves once, when a person confirms it; nobody learns who has an account; `next` stays inside."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import escape, unescape
from urllib.parse import unquote, urlencode

import pytest
from flask import Flask
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory
from sqlalchemy import select, update

from sla.desk.actor import SYSTEM
from sla.desk.keys import issue_key, set_password
from sla.store.tables import Message, Person
from tests.web.visitor import Visitor, site, text_of
from tests.worlds import World

PASSWORD = "un mot de passe de julie"
NOW = "2026-11-24 09:20:00"
"""UTC: 10:20 at the desk. Rate limits count from there."""
JULIE = "julie@acme.example.test"


@pytest.fixture(scope="module")
def stopped() -> Iterator[FrozenDateTimeFactory]:
    with freeze_time(NOW, tz_offset=0) as frozen:
        assert isinstance(frozen, FrozenDateTimeFactory)
        yield frozen


@pytest.fixture(autouse=True)
def clock(stopped: FrozenDateTimeFactory) -> FrozenDateTimeFactory:
    stopped.move_to(NOW)
    return stopped


def link(world: World, who: str) -> str:
    return f"/sign-in/{world.desk.by(SYSTEM).do(issue_key, world.people[who].id or 0, purpose='sign_in')}"


def test_a_link_opens_the_session_of_its_owner(world: World, app: Flask) -> None:
    visitor, address = Visitor(app, world), link(world, "julie")
    assert visitor.send(address, address).headers["Location"] == "/portal"
    assert "Julie" in visitor.get("/portal").text


def test_reading_a_link_does_not_use_it_up(world: World, app: Flask) -> None:
    """A mail scanner opens every link that it meets."""
    visitor, address = Visitor(app, world), link(world, "julie")
    for _ in range(3):
        assert visitor.get(address).status_code == 200
    assert visitor.send(address, address).status_code == 302


def test_a_link_serves_once(world: World, app: Flask) -> None:
    address = link(world, "julie")
    Visitor(app, world).send(address, address)
    second = Visitor(app, world).send(address, address)
    assert second.status_code == 401
    assert "Ce lien a expiré, a déjà servi, ou n’est pas complet." in text_of(second)


def test_a_link_lives_twenty_minutes(world: World, app: Flask, clock: FrozenDateTimeFactory) -> None:
    at_the_end, too_late = link(world, "julie"), link(world, "julie")
    clock.tick(timedelta(minutes=20))
    assert Visitor(app, world).send(at_the_end, at_the_end).status_code == 302
    clock.tick(timedelta(seconds=1))
    assert Visitor(app, world).send(too_late, too_late).status_code == 401


def test_a_wrong_password_is_said_and_the_address_comes_back(world: World, app: Flask) -> None:
    answer = Visitor(app, world).send("/sign-in", "/sign-in", email=JULIE, password="pas le bon du tout")
    assert answer.status_code == 401
    assert "Adresse ou mot de passe inconnus" in text_of(answer)
    assert f'value="{JULIE}"' in answer.text
    assert "pas le bon du tout" not in answer.text


@pytest.mark.parametrize(
    ("following", "reached"),
    [
        ("/tickets?closed=1", "/tickets?closed=1"),
        ("https://ailleurs.example.test/", "/portal"),
        ("//ailleurs.example.test/", "/portal"),
        ("/\\ailleurs.example.test", "/portal"),
        ("/\t/ailleurs.example.test", "/portal"),
        ("javascript:alert(1)", "/portal"),
        ("", "/portal"),
    ],
)
def test_what_was_asked_for_is_reached_after_signing_in_if_it_is_here(
    world: World, app: Flask, following: str, reached: str
) -> None:
    world.desk.by(world.julie).do(set_password, world.julie.id or 0, password=PASSWORD)
    answer = Visitor(app, world).send("/sign-in", "/sign-in", email=JULIE, password=PASSWORD, next=following)
    assert answer.headers["Location"] == reached


def test_who_has_not_signed_in_is_asked_to_and_comes_back(world: World, app: Flask) -> None:
    visitor = Visitor(app, world)
    assert visitor.get("/tickets?closed=1").headers["Location"] == "/sign-in?next=/tickets?closed%3D1"
    assert visitor.get("/my-day").headers["Location"] == "/sign-in?next=/my-day"
    assert (
        'name="next" type="hidden" value="/tickets?closed=1"' in visitor.get("/sign-in?next=/tickets?closed%3D1").text
    )


@pytest.mark.parametrize(
    ("following", "reached"),
    [
        ("/tickets?closed=1&q=OF", "/tickets?closed=1&q=OF"),
        ("//ailleurs.example.test/", "/portal"),
        (f"/tickets?q={'x' * 500}", "/portal"),
    ],
)
def test_a_mailed_link_leads_to_the_page_that_was_asked_for(
    world: World, app: Flask, following: str, reached: str
) -> None:
    """On another device too, as the link itself carries it. A name of another site, or an address that would not fit a
    mail, is left out."""
    visitor, asks = Visitor(app, world), f"/sign-in?{urlencode({'next': following})}"
    page = visitor.get(asks).text
    assert f'id="link-next" name="next" type="hidden" value="{escape(following)}"' in page
    visitor.send(asks, "/sign-in/link", email=JULIE, next=following)
    with world.desk.database.reading() as session:
        body = session.scalars(select(Message.body).where(Message.kind == "sign_in_link")).one()
    mailed = next(word for word in body.split() if "/sign-in/" in word).removeprefix(
        world.desk.settings.environment.url
    )
    phone = Visitor(app, world)
    action = re.search(r'action="(/sign-in/[^"]+)"', phone.get(mailed).text)
    assert action
    assert unquote(unescape(action[1])) == unquote(mailed)
    assert phone.send(mailed, unescape(action[1])).headers["Location"] == reached
    again = phone.send(mailed, mailed).text
    assert (
        f'id="link-next" name="next" type="hidden" value="{escape(reached if reached == following else "")}"' in again
    )


@pytest.mark.parametrize(("token", "status"), [(True, 401), (False, 400)])
def test_who_is_signed_out_while_writing_reads_it_again_and_comes_back_to_the_page(
    world: World, app: Flask, token: bool, status: int
) -> None:
    """Its session is over, or is known no more at all."""
    visitor = Visitor(app, world)
    form = {"csrf_token": visitor.token("/sign-in") if token else "gone", "text": "Toujours <là>", "password": "secret"}
    came_from = {"Referer": "http://localhost/tickets/1"}
    answer = visitor.client.post("/portal/tickets/1/comment", data=form, headers=came_from)
    assert answer.status_code == status
    assert '<dd class="kept">Toujours &lt;là&gt;</dd>' in answer.text
    assert 'href="/sign-in?next=/tickets/1"' in answer.text
    assert "secret" not in answer.text
    empty = visitor.client.post("/portal/tickets/1/accept", data=form | {"text": ""}, headers=came_from)
    assert "Ce que vous aviez" not in empty.text


def test_signing_out_forgets_the_session(world: World, app: Flask) -> None:
    visitor = Visitor(app, world, "julie")
    visitor.send("/portal", "/sign-out")
    assert visitor.get("/portal").headers["Location"].startswith("/sign-in")


def test_someone_struck_off_is_out_at_once(world: World, app: Flask) -> None:
    visitor = Visitor(app, world, "julie")
    with world.desk.database.writing() as session:
        session.execute(update(Person).where(Person.id == world.julie.id).values(active=False))
    assert visitor.get("/portal").headers["Location"].startswith("/sign-in")


def test_another_password_ends_the_sessions_of_the_former(world: World, app: Flask) -> None:
    """Whoever had learnt it, and sits there still, is out; who set it signs in anew."""
    visitor = Visitor(app, world, "julie")
    world.desk.by(world.julie).do(set_password, world.julie.id or 0, password=PASSWORD)
    assert visitor.get("/portal").headers["Location"].startswith("/sign-in")
    assert visitor.send("/sign-in", "/sign-in", email=JULIE, password=PASSWORD).status_code == 302
    assert visitor.get("/portal").status_code == 200


def test_asking_for_a_link_says_the_same_whether_the_address_is_known(world: World, app: Flask) -> None:
    visitor = Visitor(app, world)
    said = []
    for email in (JULIE, "personne@acme.example.test"):
        assert visitor.send("/sign-in", "/sign-in/link", email=email).status_code == 302
        said.append(text_of(visitor.get("/sign-in")))
    assert said[0] == said[1]
    assert "un lien de connexion vient d’y être envoyé. Il vaut 20 minutes." in said[0]
    with world.desk.database.reading() as session:
        assert [m.recipient for m in session.scalars(select(Message)) if "/sign-in/" in m.body] == [JULIE]


def test_a_form_without_its_token_writes_nothing(world: World, app: Flask) -> None:
    visitor = Visitor(app, world, "julie")
    answer = visitor.client.post("/tickets", data={"title": "Sans jeton"})
    assert answer.status_code == 400
    assert "rien n’a été enregistré" in text_of(answer)
    assert "Sans jeton" not in visitor.get("/tickets").text


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [("/nulle-part", 404, "Introuvable"), ("/board", 403, "Cette action n’est pas ouverte à votre rôle")],
)
def test_a_refusal_is_a_page_with_its_reason(world: World, app: Flask, address: str, status: int, title: str) -> None:
    answer = Visitor(app, world, "julie").get(address)
    assert answer.status_code == status
    assert title in text_of(answer)


def test_every_page_forbids_what_is_foreign_or_inline(world: World, app: Flask) -> None:
    visitor = Visitor(app, world, "julie")
    for address in ("/sign-in", "/portal", "/nulle-part", "/static/desk.css"):
        headers = visitor.get(address).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'self';")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_site_reached_by_https_is_reached_by_nothing_else(world: World) -> None:
    """Its cookie too."""
    settings = world.desk.settings
    https = settings.environment.model_copy(update={"public_url": "https://support.example.test"})
    world.desk.settings = replace(settings, environment=https)
    answer = site(world.desk).test_client().get("/sign-in")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(answer.headers["Set-Cookie"].split("; "))


def test_pages_are_kept_by_nobody_in_between(world: World, app: Flask) -> None:
    visitor = Visitor(app, world, "julie")
    assert visitor.get("/portal").headers["Cache-Control"] == "no-store"
    assert "max-age" in visitor.get("/static/htmx.js").headers["Cache-Control"]
