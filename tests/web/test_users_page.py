"""The manager's pages of accounts and of what is promised."""

import pytest
from flask import Flask

from sla.desk.escalate import escalate
from sla.desk.take import take
from tests.desk.kept import a_ticket, in_hand, ticket
from tests.web.visitor import Visitor, site, text_of
from tests.worlds import World

NOW = "2026-06-01 11:00"


pytestmark = pytest.mark.usefixtures("clock")


def test_who_can_act_is_shown_deactivated_and_active_again(world: World, marc: Visitor) -> None:
    page, yann = "/manage/users", f"/manage/users/{world.yann.id}"
    read = text_of(marc.get(page))
    assert "Technicien code yann Actif" in read, read
    assert "Julie julie@acme.example.test Acme Demandeur Actif" in read
    done = marc.send(page, f"{yann}/deactivate")
    assert "Le compte de Yann Le Bihan est désactivé" in text_of(marc.get(str(done.location)))
    assert "code yann Désactivé" in text_of(marc.get(page))
    marc.send(page, f"{yann}/reactivate")
    assert "code yann Actif" in text_of(marc.get(page))


def test_why_an_account_is_still_needed_is_said(world: World, marc: Visitor) -> None:
    in_hand(world)
    refused = marc.send("/manage/users", f"/manage/users/{world.clara.id}/deactivate")
    assert refused.status_code == 409
    said = "Le compte de Clara Fontaine ne peut pas encore être désactivé : des tickets sont en cours (nº 1)"
    assert said in text_of(refused)


def test_what_becomes_of_their_tickets_is_said(world: World, marc: Visitor) -> None:
    a_ticket(world, "2026-06-01 10:00")
    kept = ticket(world, 1).technician_id
    done = marc.send("/manage/users", f"/manage/users/{kept}/deactivate")
    assert "rien ne lui est envoyé. 1 ticket non commencé est rendu au plan." in text_of(marc.get(str(done.location)))
    done = marc.send("/manage/users", f"/manage/users/{world.julie.id}/deactivate")
    said = "1 ticket ouvert reste à Acme : ce qui s’y écrit est envoyé à qui suit le compte."
    assert said in text_of(marc.get(str(done.location)))
    assert "Julie Demandeur Désactivé julie@acme.example.test" in text_of(marc.get("/manage/companies/1"))


def test_what_deployment_has_taken_over_is_not_said_to_go_back_to_the_plan(world: World, marc: Visitor) -> None:
    number = a_ticket(world)
    world.do("clara", "2026-06-01 09:30", take, number)
    world.do("clara", "2026-06-01 10:00", escalate, number, reason="Un projet à part entière.")
    assert "Clara Fontaine clara.fontaine@support.example.test Technicien code clara Actif 1" in text_of(
        marc.get("/manage/users")
    )
    done = marc.send("/manage/users", f"/manage/users/{world.clara.id}/deactivate")
    said = text_of(marc.get(str(done.location)))
    assert "Le compte de Clara Fontaine est désactivé" in said
    assert "rendu au plan" not in said


def test_support_reads_who_has_what_it_writes_once_a_contact_has_left(world: World, marc: Visitor, app: Flask) -> None:
    number = in_hand(world)
    page, clara = f"/tickets/{number}", Visitor(app, world, "clara")
    assert "Sera lu par Julie." in text_of(clara.get(page))
    marc.send("/manage/users", f"/manage/users/{world.julie.id}/deactivate")
    read = text_of(clara.get(page))
    assert "Sera lu par Agnes." in read
    assert "Compte désactivé : ce qui s’écrit au client va à Agnes." in read


def test_a_colleague_is_added(world: World, marc: Visitor) -> None:
    """A technician whose skills the desk's file does not have is said to be out of the plan."""
    page, facts = "/manage/users", {"name": "Luc Morin", "email": "luc@support.test", "code": "luc"}
    wrong = marc.send(page, page, **facts, role="client")
    assert (wrong.status_code, 'value="Luc Morin"' in wrong.text) == (422, True)
    done = marc.send(page, page, **facts, role="technician")
    read = text_of(marc.get(str(done.location)))
    assert "Luc Morin peut maintenant se connecter avec luc@support.test." in read
    assert "Luc Morin luc@support.test Technicien code luc Hors du plan" in read


def test_what_is_promised_is_shown_with_its_line(world: World, marc: Visitor) -> None:
    read = text_of(marc.get("/manage/targets"))
    assert "Bloquant 1 h ligne 16 2 h ligne 17 4 h ligne 18 8 h ligne 19" in read, read
    assert "Premier contact du déploiement 14 h ligne" in read
    assert "Alertes, en part du délai 50, 75, 90 % ligne 13" in read
    assert "Le fichier ne dit plus ce qui est promis" not in read


def test_accounts_are_the_manager_s_and_targets_are_support_s(world: World) -> None:
    app = site(world.desk)
    for who, users, targets in (("diane", 403, 200), ("clara", 403, 200), ("julie", 403, 403), ("paul", 403, 403)):
        visitor = Visitor(app, world, who)
        assert [visitor.get(f"/manage/{page}").status_code for page in ("users", "targets")] == [users, targets]
