"""A technician's day and what support does on a ticket, form by form, at 10:20 on Tuesday 24 November 2026."""

from datetime import date
from typing import Any

import pytest

from sla.desk.answer import answer
from sla.desk.calls import call_back
from sla.desk.deposit import deposit
from sla.desk.escalate import escalate
from sla.desk.hours import buy_hours
from sla.desk.note import note
from sla.desk.people import be_absent
from sla.desk.take import take
from sla.desk.ticket_view import TicketView, see_ticket
from sla.desk.wait import wait_for_client
from sla.desk.work import work
from tests.desk.kept import prepared
from tests.web.visitor import Visitor, site, text_of
from tests.worlds import World

NOW = "2026-11-24 10:20"
ERROR, CHARGED, TRAINED = "erreurs", "etats", "usage"


pytestmark = pytest.mark.usefixtures("clock")


def arrives(world: World, who: str) -> Visitor:
    return Visitor(site(world.desk), world, who)


@pytest.fixture
def clara(world: World) -> Visitor:
    return arrives(world, "clara")


def deposited(world: World, who: str = "julie", at: str = "2026-11-24 09:05", **facts: str) -> int:
    given = {"item": ERROR, "severity": "major", "title": "Écran figé", "description": "Rien ne répond.", **facts}
    return int(world.do(who, at, deposit, **given).id)


def seen(world: World, number: int) -> TicketView:
    view: TicketView = world.see("diane", NOW, see_ticket, number)
    return view


def kinds(world: World, number: int) -> list[str]:
    return [event.kind for event in seen(world, number).events]


def test_who_pays_is_told_to_support_as_it_is_where_no_contract_runs(world: World, clara: Visitor) -> None:
    ours, theirs = deposited(world), deposited(world, who="sonia")
    assert "Qui paie Inclus dans le contrat de maintenance Contrat" in text_of(clara.get(f"/tickets/{ours}"))
    said = text_of(clara.get(f"/tickets/{theirs}"))
    assert "Qui paie Relève de la maintenance, sans contrat : au répartiteur d’en décider Aucun contrat" in said
    assert "votre contrat" not in said.partition("Historique")[0]


def test_the_next_ticket_is_shown_with_its_reasons_before_it_is_taken(world: World, clara: Visitor) -> None:
    number = deposited(world)
    read = text_of(clara.get("/my-day"))
    assert "Au suivant Écran figé" in read
    assert "Maîtrise les erreurs du logiciel" in read
    assert "Le seul ticket possible : " in read
    assert seen(world, number).ticket.state == "assigned"
    done = clara.send("/my-day", "/my-day/next")
    assert done.location == f"/tickets/{number}"
    assert f"Ticket nº {number} pris en charge : il est à vous." in text_of(clara.get(done.location))
    assert seen(world, number).ticket.technician_id == world.clara.id


def test_what_comes_next_stands_above_all_else_that_is_in_hand(world: World, clara: Visitor) -> None:
    """However many: what she is at, then « Au suivant », then the others, one a line, each with its timer's button."""
    numbers = [deposited(world, title=f"Écran {n}") for n in range(4)]
    for number in numbers[:3]:
        world.do("clara", "2026-11-24 10:00", take, number)
    page = clara.get("/my-day")
    read = text_of(page)
    assert read.index("En cours Écran 0") < read.index("Au suivant Écran 3") < read.index("Aussi en cours nº")
    assert read.count("Aussi en cours") == 1
    assert page.text.count("</svg>Commencer</button>") == 3


def test_nothing_to_take_is_said_and_not_an_error(world: World, clara: Visitor) -> None:
    number = deposited(world)
    token = {"csrf_token": clara.token("/my-day")}
    world.do("mehdi", "2026-11-24 10:00", take, number)
    done = clara.client.post("/my-day/next", data=token)
    assert done.location == "/my-day"
    assert "Rien n’attend que vous puissiez prendre." in text_of(clara.get("/my-day"))


def test_my_day_is_a_technicians_own(world: World) -> None:
    assert arrives(world, "diane").get("/my-day").status_code == 403
    assert arrives(world, "julie").get("/my-day").status_code == 403


def test_time_typed_is_told_with_what_it_costs_and_what_is_left(world: World, clara: Visitor) -> None:
    """97 real minutes of yesterday are 7 started quarter-hours of yesterday's forfait. With the one that begins today
    18 h 15 are left, as beside it on the page."""
    acme = world.companies["acme"]
    world.do("marc", "2026-11-24 09:00", buy_hours, acme, hours=10, first_day=date(2026, 11, 24))
    number = deposited(world, item=CHARGED, at="2026-11-23 09:05")
    done = clara.send(f"/tickets/{number}", f"/tickets/{number}/work", minutes="1 h 37", started_at="2026-11-23T14:00")
    assert done.status_code == 302
    said = text_of(clara.get(done.location))
    assert "Temps noté : réel 1 h 37 → décompté 1 h 45, solde 18 h 15." in said
    assert said.count("réel 1 h 37 → décompté 1 h 45 , solde 18 h 15") == 1


def test_time_is_logged_from_the_day_and_a_mistake_comes_back_in_its_form(world: World, clara: Visitor) -> None:
    number = deposited(world)
    world.do("clara", "2026-11-24 09:30", take, number)
    typed = {"ticket": str(number), "minutes": "une heure", "note": "Reproduit sur le poste 2"}
    refused = clara.send("/my-day", "/my-day/work", **typed)
    assert refused.status_code == 422
    assert "work-minutes-error" in refused.text
    assert "une heure" in text_of(refused)
    assert 'value="Reproduit sur le poste 2"' in refused.text
    done = clara.send("/my-day", "/my-day/work", **{**typed, "minutes": "40"})
    assert done.location == "/my-day"
    assert "Temps noté : réel 0 h 40, sans décompte (maintenance)." in text_of(clara.get("/my-day"))
    assert seen(world, number).ticket.worked_minutes == 40


def test_a_note_cannot_be_mistaken_for_an_answer(world: World, clara: Visitor) -> None:
    """Their buttons differ, the note is marked wherever it stands, and the client never reads it."""
    number = deposited(world)
    world.do("clara", "2026-11-24 09:30", note, number, text="Copie de 2023, à refaire.")
    html = clara.get(f"/tickets/{number}").text
    assert html.count("Envoyer au client</button>") == 1
    assert html.count("Garder la note</button>") == 1
    kept = html[html.index('<article class="message message-note">') :]
    assert "Note interne, invisible du client" in kept[: kept.index("</article>")]
    assert "Copie de 2023" not in arrives(world, "julie").get(f"/tickets/{number}").text


VERBS: list[tuple[str, dict[str, str], str]] = [
    ("answer", {"text": "Je regarde."}, "Réponse envoyée au client."),
    ("note", {"text": "Voir avec Yann."}, "Note gardée, pour l’équipe seulement."),
    ("wait_for_client", {"text": "Quel poste ?"}, "Question envoyée."),
    ("wait_for_publisher", {"reference": "CEG-4471"}, "En attente de l’éditeur."),
    ("call_back", {"starts_at": "2026-11-24T14:00", "note": "L’OF"}, "Rappel convenu mardi 24 novembre à 14 h 00."),
    ("book_session", {"starts_at": "2026-11-24T14:00", "minutes": "1h30"}, "réservée mardi 24 novembre à 14 h 00."),
    ("work_around", {"possible": "yes", "text": "Passez par le menu."}, "Contournement envoyé au client."),
    ("work_around", {"possible": "no", "text": "La base est illisible."}, "aucun contournement n’est possible"),
    ("set_condition", {"condition": "prerequisites", "met": "yes", "reason": "Vu."}, "Condition renseignée : remplie."),
    ("report", {"done": "Index refait."}, "Rapport d’intervention envoyé au client, en PDF aussi."),
    ("resolve", {"text": "Index refait."}, "Ticket résolu."),
    ("escalate", {"reason": "Plus de quatre heures."}, "transmis au service déploiement"),
]


@pytest.mark.parametrize(("verb", "typed", "said"), VERBS)
def test_each_act_says_what_happened(world: World, clara: Visitor, verb: str, typed: dict[str, str], said: str) -> None:
    number = deposited(world, severity="blocking", at="2026-11-24 10:00")
    done = clara.send(f"/tickets/{number}", f"/tickets/{number}/{verb}", **typed)
    assert done.status_code == 302
    assert said in text_of(clara.get(done.location))


EMPTY: list[tuple[str, dict[str, str], str]] = [
    ("answer", {}, "Le champ « Réponse au client » est vide"),
    ("note", {}, "Le champ « Note interne » est vide"),
    ("note", {"text": "mot de passe : azerty"}, "semble contenir un code ou un mot de passe"),
    ("wait_for_client", {}, "Le champ « Question au client » est vide"),
    ("wait_for_publisher", {"text": "Déjà écrit"}, "Le champ « Référence chez l’éditeur » est vide"),
    ("call_back", {"starts_at": "2026-11-24T13:00"}, "Le support est fermé aujourd’hui à 13 h 00"),
    ("call_back", {"starts_at": "hier"}, "« hier » n’est pas compris"),
    ("book_session", {"starts_at": "2026-11-28T10:00", "minutes": "1h"}, "Le support est fermé"),
    ("book_session", {"starts_at": "2026-11-24T14:00", "minutes": "9h"}, "huit heures au plus"),
    (
        "book_session",
        {"starts_at": "2026-11-24T14:00", "minutes": ""},
        "Le champ « Durée prévue » est vide : donnez une durée",
    ),
    ("work", {"minutes": "0"}, "n’est pas une durée supérieure à zéro"),
    ("work", {"minutes": "30", "started_at": "2026-11-24T10:00"}, "n’est pas encore passé"),
    ("set_condition", {"condition": "prerequisites", "met": "no"}, "Le champ « Raison » est vide"),
    ("report", {"remaining": "Tester"}, "Le champ « Ce qui a été fait » est vide"),
    ("resolve", {}, "Le champ « Explication pour le client » est vide"),
    ("escalate", {}, "Le champ « Pourquoi le déploiement » est vide"),
]


@pytest.mark.parametrize(("verb", "typed", "said"), EMPTY)
def test_a_refused_form_comes_back_with_the_sentence_and_what_was_typed(
    world: World, clara: Visitor, verb: str, typed: dict[str, str], said: str
) -> None:
    """At the page of the ticket, with a status that says so; nothing is written."""
    number = deposited(world)
    before = seen(world, number).ticket.seq
    refused = clara.send(f"/tickets/{number}", f"/tickets/{number}/{verb}", **typed)
    assert refused.status_code == 422
    assert said in text_of(refused)
    assert all(text in refused.text for text in typed.values())
    assert seen(world, number).ticket.seq == before


def test_an_act_out_of_place_is_told_at_the_top_and_keeps_what_was_typed(world: World, clara: Visitor) -> None:
    """A colleague has handed the ticket over meanwhile: asking the client is refused by its state, and the page has no
    such form any more."""
    number = deposited(world)
    token = clara.token(f"/tickets/{number}")
    world.do("diane", "2026-11-24 10:19", escalate, number, reason="Trop long.")
    typed = {"csrf_token": token, "text": "Index refait."}
    refused = clara.client.post(f"/tickets/{number}/wait_for_client", data=typed)
    assert refused.status_code == 409
    said = f"Le ticket nº {number} est « Au service déploiement » : « Mis en attente du client » n’y est pas possible."
    assert said in text_of(refused)
    assert "Ce que vous aviez écrit Question au client Index refait." in text_of(refused)


def test_only_what_the_state_allows_is_offered(world: World, clara: Visitor) -> None:
    number = deposited(world)
    assert f"/tickets/{number}/resume" not in clara.get(f"/tickets/{number}").text
    world.do("clara", "2026-11-24 09:30", wait_for_client, number, text="Quel poste ?")
    html = clara.get(f"/tickets/{number}").text
    assert f'action="/tickets/{number}/resume"' in html
    assert "Attend la réponse du client." in html
    assert f'action="/tickets/{number}/decline"' not in html
    clara.send(f"/tickets/{number}", f"/tickets/{number}/resume")
    assert seen(world, number).ticket.state == "in_progress"


def test_the_four_hours_warn_from_three(world: World, clara: Visitor) -> None:
    number = deposited(world, item=CHARGED, at="2026-11-20 09:05")
    world.do("clara", "2026-11-20 14:00", work, number, minutes="2h59")
    assert "passe d’elle-même au service déploiement" not in text_of(clara.get(f"/tickets/{number}"))
    world.do("clara", "2026-11-20 15:00", work, number, minutes=1)
    assert "passe d’elle-même au service déploiement" in text_of(clara.get(f"/tickets/{number}"))


def test_an_estimate_without_a_time_says_that_the_perimeter_is_not_defined(world: World, clara: Visitor) -> None:
    number = deposited(world, item=CHARGED)
    page = f"/tickets/{number}"
    done = clara.send(page, f"{page}/offer_estimate", minutes="", perimeter="Il manque un exemple.")
    assert "le périmètre n’est pas encore défini" in text_of(clara.get(done.location))
    done = clara.send(page, f"{page}/offer_estimate", minutes="2h", perimeter="Une mention sur la facture.")
    read = text_of(clara.get(done.location))
    assert "Temps estimatif de 2 h proposé au client." in read
    assert "temps estimatif 2 h, attend l’accord du client" in read


def test_what_is_not_met_says_what_can_be_offered(world: World, clara: Visitor) -> None:
    """Everyday use presupposes a trained user: else a flash training or the documents. Its client reads the same, with
    who pays, in its language."""
    number = deposited(world, item=TRAINED)
    page = f"/tickets/{number}"
    clara.send(page, f"{page}/set_condition", condition="trained", met="no", reason="Arrivée en octobre.")
    read = text_of(clara.get(page))
    assert "Non remplie Arrivée en octobre." in read
    assert "À proposer :" in read
    julie = arrives(world, "julie")
    assert (
        "L’assistance à l’utilisation nécessite que l’utilisateur ait été préalablement formé au logiciel. Possible à "
        "la place : Formation flash sur Cegid PMI (décompté de votre forfait), Mise à disposition des documents de "
        "formation (inclus dans votre contrat)." in text_of(julie.get(page))
    )
    julie.send("/portal", "/choose_language", language="en")
    assert (
        "Condition not met: Help with use requires that the user has been trained on the software beforehand. Possible "
        "instead: Short training on Cegid PMI (taken from your prepaid hours), Access to the training documents "
        "(included in your contract)." in text_of(julie.get(page))
    )


def test_a_call_owed_is_held_from_the_ticket(world: World, clara: Visitor) -> None:
    number = deposited(world)
    call = world.do(
        "diane", "2026-11-24 10:00", call_back, number, starts_at="2026-11-24T11:30", technician=world.clara.id
    )
    page = f"/tickets/{number}"
    done = clara.send(page, f"/calls/{call.id}/hold_call?from=ticket&ticket={number}", text="Vu ensemble.")
    assert done.location == page
    assert kinds(world, number)[-1] == "call_held"
    assert "Rendez-vous à tenir" not in text_of(clara.get("/my-day"))


def test_what_stays_agreed_on_a_resolved_ticket_is_not_forgotten(world: World, clara: Visitor) -> None:
    number, agreed = deposited(world), {"starts_at": "2026-11-24T15:00", "technician": world.clara.id}
    world.do("diane", "2026-11-24 10:00", call_back, number, **agreed)
    page, told = f"/tickets/{number}", "le client compte sur ce qui est convenu : tenez-le, ou annulez-le"
    assert told not in text_of(clara.get(page))
    clara.send(page, f"{page}/take")
    clara.send(page, f"{page}/resolve", text="Réglé.")
    assert told in text_of(clara.get(page))


def test_a_session_is_planned_on_the_ticket_and_the_day_then_held(world: World, clara: Visitor) -> None:
    """« Planifié » until it is held; both pages name it, and say with whom."""
    number = deposited(world)
    world.do("clara", "2026-11-24 09:10", take, number)
    page = f"/tickets/{number}"
    clara.send(page, f"{page}/book_session", starts_at="2026-11-24T14:00", minutes="45", note="Voir l’écran")
    read = text_of(clara.get(page))
    assert "Planifié" in read
    assert "Prendre en main le poste de Julie, Acme Prise en main par Clara Fontaine · Voir l’écran" in read
    day = text_of(clara.get("/my-day"))
    assert "14 h 00 45 min Prise en main, Acme Écran figé" in day
    assert "Rendez-vous à tenir 14 h 00 45 min Prendre en main le poste de Julie, Acme" in day
    made = seen(world, number).appointments[0]
    prepared(world, number, NOW)
    done = clara.send("/my-day", f"/calls/{made.id}/hold_session?from=day", text="Index refait ensemble.")
    assert done.location == "/my-day"
    assert (kinds(world, number)[-1], seen(world, number).ticket.state) == ("session_held", "in_progress")
    assert "Rendez-vous à tenir" not in text_of(clara.get("/my-day"))


def test_the_day_says_what_work_takes_beside_what_stands_in_its_way(world: World, clara: Visitor) -> None:
    """Work that stands aside for a call and goes on after an absence takes its own 11 minutes; the heading says what
    fills the day."""
    number = deposited(world)
    world.do("clara", "2026-11-24 09:10", take, number)
    world.do("clara", "2026-11-24 09:12", answer, number, text="Je regarde.")
    before = text_of(clara.get("/my-day"))
    assert "10 h 20 11 min Écran figé" in before
    assert "Temps saisi, prévu et rendez-vous : 0 h 11 sur 7 h 00 ouvrées." in before
    other = deposited(world, title="Stock faux")
    world.do("clara", "2026-11-24 09:13", take, other)
    world.do("clara", "2026-11-24 09:14", call_back, other, starts_at="2026-11-24T10:25")
    away = {"starts_at": "2026-11-24T10:42", "ends_at": "2026-11-24T12:00", "label": "Dentiste"}
    world.do("marc", "2026-11-24 09:15", be_absent, world.clara.id, **away)
    after = text_of(clara.get("/my-day"))
    assert "10 h 20 11 min Écran figé" in after
    assert "10 h 25 15 min Rappeler Acme Stock faux" in after
    assert "Temps saisi, prévu et rendez-vous : 0 h 26 sur 5 h 42 ouvrées." in after


def test_support_acts_are_closed_to_clients(world: World) -> None:
    """Not one of them, whatever its form: refused before anything of support's page is drawn."""
    number = deposited(world)
    julie, before = arrives(world, "julie"), seen(world, number).ticket.seq
    token = julie.token("/portal")
    for verb in ("answer", "note", "work", "assign", "resolve", "reopen", "call_back", "book_session", "decline"):
        answered = julie.client.post(
            f"/tickets/{number}/{verb}", data={"csrf_token": token, "text": "x", "reason": "x"}
        )
        assert answered.status_code == 403, verb
        assert "Historique des actions" not in answered.text
    assert seen(world, number).ticket.seq == before


def test_deployment_sees_what_was_handed_over_and_nothing_else(world: World) -> None:
    handed, kept = deposited(world, title="Nouveau flux"), deposited(world, title="Écran figé")
    world.do("diane", "2026-11-24 10:00", escalate, handed, reason="Plus de quatre heures.")
    paul = arrives(world, "paul")
    read = text_of(paul.get("/handed-over"))
    assert "Nouveau flux" in read
    assert "Écran figé" not in read
    assert paul.get(f"/tickets/{kept}").status_code == 404
    done = paul.send(f"/tickets/{handed}", f"/tickets/{handed}/answer", text="Nous reprenons la demande.")
    assert "Réponse envoyée au client." in text_of(paul.get(done.location))
    assert "transmettre" not in text_of(paul.get(f"/tickets/{handed}")).lower()


def test_a_paused_ticket_of_mine_says_whom_it_waits_for(world: World, clara: Visitor) -> None:
    number = deposited(world)
    world.do("clara", "2026-11-24 09:30", wait_for_client, number, text="Quel poste ?")
    read = text_of(clara.get("/my-day"))
    assert "En pause nº" in read
    assert "En pause 13 h 35 restantes Attend la réponse du client" in read


def test_history_sets_internal_acts_apart(world: World, clara: Visitor) -> None:
    number = deposited(world)
    world.do("clara", "2026-11-24 09:30", answer, number, text="Je regarde.")
    html = clara.get(f"/tickets/{number}").text
    table = html[html.index("Historique des actions</h2>") :]
    assert '<tr class="internal">' in table
    assert "maîtrise les erreurs du logiciel" in table


def test_what_is_out_of_sight_or_does_not_exist_is_not_found(clara: Visitor) -> None:
    assert clara.get("/tickets/999999").status_code == 404
    done: Any = clara.client.post("/tickets/999999/answer", data={"csrf_token": clara.token("/my-day"), "text": "x"})
    assert done.status_code == 404


def test_a_dispatcher_says_again_what_a_ticket_is(world: World) -> None:
    diane, number = arrives(world, "diane"), deposited(world)
    page = f"/tickets/{number}"
    empty = diane.send(page, f"{page}/qualify", severity="minor")
    assert empty.status_code == 422
    assert "« Raison »" in text_of(empty)
    assert "Assistance pour établir votre fiche de diagnostic (Mise à jour logicielle)" in text_of(empty)
    done = diane.send(page, f"{page}/qualify", severity="minor", reason="On peut contourner.")
    assert "requalifié : maintenance, mineur" in text_of(diane.get(done.location))
