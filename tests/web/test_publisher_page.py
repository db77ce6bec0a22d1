"""The errors that the publisher has: by their next follow-up, and each with what its clients are told together."""

import pytest
from flask import Flask

from sla.desk.deposit import deposit
from sla.desk.wait import wait_for_publisher
from tests.desk.kept import events
from tests.web.visitor import Visitor, site, text_of
from tests.worlds import World

NOW = "2026-11-24 10:20"


pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def app(world: World) -> Flask:
    for who in ("julie", "bruno"):
        facts = {"item": "erreurs", "severity": "major", "title": "Stock négatif", "description": "x"}
        number = world.do(who, "2026-11-16 09:00", deposit, **facts).id
        world.do("clara", "2026-11-16 10:00", wait_for_publisher, number, reference="CEG-4711")
    return site(world.desk)


def test_what_is_to_be_asked_again_is_said(world: World, app: Flask) -> None:
    page = text_of(Visitor(app, world, "clara").get("/publisher"))
    assert "CEG-4711 depuis le 16 novembre 2026 2 tickets, 2 en attente Acme, Bolt Pas encore dit À relancer" in page


def test_a_fix_is_announced_from_the_page(world: World, app: Flask) -> None:
    visitor = Visitor(app, world, "clara")
    wrong = visitor.send("/publisher/1", "/publisher/1/announce_fix", version="", text="Installez-la.")
    assert wrong.status_code == 422
    assert "Installez-la." in wrong.text
    done = visitor.send("/publisher/1", "/publisher/1/announce_fix", version="2026.2", text="Installez-la.")
    assert done.status_code == 302
    assert "Corrigée dans la version 2026.2." in text_of(visitor.get("/publisher/1"))
    assert "Installez-la." in events(world, 2)[-2].text
    assert "version 2026.2" in text_of(visitor.get("/publisher?state=fixed"))
    again = visitor.send("/publisher", "/publisher/1/announce_fix", version="2026.3")
    assert again.status_code == 409


def test_a_follow_up_is_noted_with_its_next_date(world: World, app: Flask) -> None:
    visitor = Visitor(app, world, "diane")
    assert visitor.send("/publisher/1", "/publisher/1/chase_publisher", note="Vu", days="beaucoup").status_code == 422
    visitor.send("/publisher/1", "/publisher/1/chase_publisher", note="Vu avec eux", told="", days="3")
    page = text_of(visitor.get("/publisher/1"))
    assert "prochaine relance ven. 27, 10 h 20" in page
    assert "Vu avec eux" in page


def test_a_dispatcher_closes_what_will_not_be_fixed(world: World, app: Flask) -> None:
    """Or says which other it is; a technician has no such form."""
    assert "Fermer sans correction" not in Visitor(app, world, "clara").get("/publisher/1").text
    visitor = Visitor(app, world, "diane")
    facts = {"item": "erreurs", "severity": "major", "title": "Stock négatif", "description": "x"}
    number = world.do("julie", "2026-11-16 09:00", deposit, **facts).id
    world.do("clara", "2026-11-16 10:00", wait_for_publisher, number, reference="CEG-4712")
    wrong = visitor.send("/publisher/2", "/publisher/2/close_error", reason="", into="1", told="Voyez ailleurs.")
    assert wrong.status_code == 422
    assert "Voyez ailleurs." in wrong.text
    visitor.send("/publisher/2", "/publisher/2/close_error", reason="Doublon", into="1", told="")
    assert "Fermée le 24 novembre 2026, sans correction. Doublon" in text_of(visitor.get("/publisher/2"))
    assert "3 tickets, 3 en attente" in text_of(visitor.get("/publisher"))
    visitor.send("/publisher/1", "/publisher/1/close_error", reason="Refusée", into="", told="")
    page = text_of(visitor.get("/publisher?state=closed"))
    assert "CEG-4711" in page
    assert "Refusée" in page
    late = visitor.send("/publisher", "/publisher/1/close_error", reason="Vue ailleurs", into="x")
    assert late.status_code == 404
    assert "Ce que vous aviez écrit Raison Vue ailleurs" in text_of(late)


def test_a_tickets_page_leads_to_the_error(world: World, app: Flask) -> None:
    assert "Erreur CEG-4711" in text_of(Visitor(app, world, "clara").get("/tickets/1"))


def test_these_pages_are_supports(world: World, app: Flask) -> None:
    for who in ("julie", "paul"):
        visitor = Visitor(app, world, who)
        assert [visitor.get(page).status_code for page in ("/publisher", "/publisher/1")] == [403, 403]
    assert Visitor(app, world, "clara").get("/publisher/99").status_code == 404
