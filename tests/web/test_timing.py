"""A technician's timer, corrections and the checklist on pages, without JavaScript; no text that looks like a code."""

from dataclasses import replace

import pytest
from freezegun import freeze_time

from sla.desk.accept import accept
from sla.desk.deposit import deposit
from sla.desk.estimates import ask_estimate, offer_estimate
from sla.desk.readiness import CONDITIONS, set_readiness
from sla.desk.resolve import resolve
from sla.desk.running_work import start_work
from sla.desk.sessions import book_session
from sla.desk.take import take
from sla.desk.ticket_view import TicketView, see_ticket
from sla.desk.work import work
from sla.jobs.fire import fire_due
from tests.web.visitor import Visitor, site, text_of
from tests.worlds import World, paris

NOW = "2026-11-24 11:52"
CHARGED = "etats"


pytestmark = pytest.mark.usefixtures("clock")


def arrives(world: World, who: str) -> Visitor:
    return Visitor(site(world.desk), world, who)


@pytest.fixture
def clara(world: World) -> Visitor:
    return arrives(world, "clara")


def deposited(world: World, item: str = CHARGED, at: str = "2026-11-23 09:05") -> int:
    given = {"item": item, "severity": "major", "title": "Mention sur la facture", "description": "Elle manque."}
    return int(world.do("julie", at, deposit, **given).id)


def seen(world: World, number: int) -> TicketView:
    view: TicketView = world.see("diane", NOW, see_ticket, number)
    return view


def kinds(world: World, number: int) -> list[str]:
    return [event.kind for event in seen(world, number).events]


def test_what_runs_comes_first_with_what_it_will_consume(world: World, clara: Visitor) -> None:
    """97 min of a forfait of ten hours: 1 h 45 will be taken, 8 h 15 will be left; signed in anew it still runs."""
    number = deposited(world)
    world.do("clara", "2026-11-24 10:15", start_work, number)
    for page in ("/my-day", f"/tickets/{number}"):
        read = text_of(clara.get(page))
        assert "1 h 37 réel 1 h 37 → décompté 1 h 45 , solde 8 h 15" in read
        assert "Depuis 10 h 15. S’arrête de lui-même à 12 h 30, « à confirmer »." in read
        assert "Contrat de maintenance en cours · aucun temps estimatif" in read
    assert "réel 1 h 37" in text_of(arrives(world, "clara").get("/my-day"))
    alone = clara.get(f"/tickets/{number}/time")
    assert f'hx-get="/tickets/{number}/time?gauge=1" hx-trigger="every 60s"' in alone.text
    assert "<html" not in alone.text


def test_begun_paused_and_gone_on_with_the_same_day(world: World, clara: Visitor) -> None:
    number = deposited(world)
    page = f"/tickets/{number}"
    done = clara.send(page, f"{page}/start_work?from=ticket")
    assert f"Minuteur en marche depuis 11 h 52 sur le ticket nº {number}." in text_of(clara.get(done.location))
    with freeze_time(paris("2026-11-24 12:10"), tz_offset=0):
        done = clara.send("/my-day", f"{page}/stop_work?from=day")
        assert done.location == "/my-day"
        assert "Temps noté : réel 0 h 18 → décompté 0 h 30, solde 9 h 30." in text_of(clara.get("/my-day"))
        assert "Reprendre le travail" in text_of(clara.get(page))


def test_ended_the_page_opens_what_is_owed_next(world: World, clara: Visitor) -> None:
    number = deposited(world)
    world.do("clara", "2026-11-24 10:15", start_work, number)
    done = clara.send("/my-day", f"/tickets/{number}/stop_work?from=day", then="report")
    assert done.location == f"/tickets/{number}?open=report#moves"
    assert "<details open><summary>Rapport d’intervention" in clara.get(done.location).text


def test_a_second_timer_takes_the_place_of_the_first(world: World, clara: Visitor) -> None:
    first, second = deposited(world), deposited(world, item="erreurs")
    world.do("clara", "2026-11-24 10:15", start_work, first)
    page = f"/tickets/{second}"
    assert "Passer à ce ticket" in clara.get(page).text
    begun = clara.send(page, f"{page}/start_work?from=ticket")
    said = f"Minuteur du ticket nº {first} arrêté. Temps noté : réel 1 h 37 → décompté 1 h 45, solde 8 h 15."
    assert f"{said} Minuteur en marche depuis 11 h 52 sur le ticket nº {second}." in text_of(clara.get(begun.location))
    assert kinds(world, first)[-1] == "worked"


def test_a_session_takes_its_place_too(world: World, clara: Visitor) -> None:
    first, second = deposited(world), deposited(world, item="erreurs")
    answers = {each.code: ("ready", "") for each in CONDITIONS}
    world.do("clara", "2026-11-24 09:20", set_readiness, second, answers=answers)
    session = world.do("clara", "2026-11-24 09:20", book_session, second, starts_at="2026-11-24T10:30")
    world.do("clara", "2026-11-24 10:15", start_work, first)
    page = f"/tickets/{second}"
    begun = clara.send(page, f"/calls/{session.id}/start_session?from=ticket&ticket={second}")
    assert f"Minuteur du ticket nº {first} arrêté." in text_of(clara.get(begun.location))
    assert kinds(world, second)[-2:] == ["session_started", "work_started"]


def test_time_that_a_timer_left_is_confirmed_corrected_or_dropped(world: World, clara: Visitor) -> None:
    """From 16:20 on, stopped at 17:00: 40 min, 0 h 45; nothing is counted before the technician says so."""
    number = deposited(world)
    world.do("clara", "2026-11-23 16:20", start_work, number)
    fire_due(world.desk, paris("2026-11-23 17:00"))
    read = text_of(clara.get("/my-day"))
    assert "Temps à confirmer" in read
    assert ", arrêté à 17 h 00." in read
    assert "16 h 20 – 17 h 00 · réel 0 h 40 → décompté 0 h 45" in read
    back = clara.send("/my-day", "/stints/1/confirm_work?from=day", minutes="bientôt", note="État fini")
    assert back.status_code == 422
    assert "« bientôt » n’est pas une durée" in text_of(back)
    assert 'value="État fini"' in back.text
    done = clara.send("/my-day", "/stints/1/confirm_work?from=day")
    assert "réel 0 h 40 → décompté 0 h 45, solde 9 h 15." in text_of(clara.get(done.location))
    assert "Temps à confirmer" not in text_of(clara.get("/my-day"))


def test_what_can_t_stand_stops_the_timer_all_the_same_and_comes_back(world: World, clara: Visitor) -> None:
    """Stopped at 11:52 whatever was typed: the text comes back where the time is confirmed, and is not kept."""
    number = deposited(world)
    world.do("clara", "2026-11-24 10:15", start_work, number)
    back = clara.send("/my-day", f"/tickets/{number}/stop_work?from=day", note="mdp : toto", then="report")
    assert back.status_code == 200
    read = text_of(back)
    assert "Minuteur arrêté à 11 h 52. Son temps attend : corrigez ce qui est signalé, confirmez." in read
    assert "Le champ « Ce qui a été fait » semble contenir un code ou un mot de passe" in read
    assert 'value="mdp : toto"' in back.text
    assert "En ce moment" not in read
    assert "mdp : toto" not in clara.get("/my-day").text
    done = clara.send("/my-day", "/stints/1/confirm_work?from=day", note="Mention ajoutée")
    assert "réel 1 h 37 → décompté 1 h 45, solde 8 h 15." in text_of(clara.get(done.location))
    assert seen(world, number).events[-1].text == "Mention ajoutée"


def test_what_was_done_is_said_as_the_timer_stops(world: World, clara: Visitor) -> None:
    number = deposited(world)
    world.do("clara", "2026-11-24 10:15", start_work, number)
    assert 'name="own_error"' not in clara.get("/my-day").text  # nothing was delivered yet
    clara.send("/my-day", f"/tickets/{number}/stop_work?from=day", note="Mention ajoutée")
    assert seen(world, number).events[-1].text == "Mention ajoutée"


def test_a_dispatcher_confirms_it_in_its_technician_s_stead(world: World) -> None:
    """On the page of what is owed and on the ticket's; a colleague sees it and has no button."""
    number = deposited(world)
    world.do("clara", "2026-11-23 16:20", start_work, number)
    fire_due(world.desk, paris("2026-11-23 17:00"))
    diane, page = arrives(world, "diane"), f"/tickets/{number}"
    for shown in ("/calls", page):
        read = text_of(diane.get(shown))
        assert "Clara Fontaine · Lun. 23 nov., arrêté à 17 h 00." in read
        assert "Confirmer 0 h 40" in read
    assert "Confirmer 0 h 40" not in text_of(arrives(world, "mehdi").get(page))
    back = diane.send("/calls", "/stints/1/confirm_work?from=calls", minutes="bientôt")
    assert back.status_code == 422
    assert "« bientôt » n’est pas une durée" in text_of(back)
    assert "Rendez-vous" in text_of(back)
    done = diane.send(page, f"/stints/1/confirm_work?from=ticket&ticket={number}")
    assert done.location == page
    read = text_of(diane.get(page))
    assert "réel 0 h 40, décompté 0 h 45 sur la journée, à la place de Clara Fontaine" in read
    assert "Temps à confirmer" not in text_of(diane.get("/calls"))


def test_a_report_that_would_miss_time_comes_back(world: World, clara: Visitor) -> None:
    number = deposited(world)
    world.do("clara", "2026-11-23 16:20", start_work, number)
    fire_due(world.desk, paris("2026-11-23 17:00"))
    back = clara.send(f"/tickets/{number}", f"/tickets/{number}/report", done="Mention ajoutée")
    assert back.status_code == 409
    assert "Du temps reste à confirmer sur le ticket nº 1 : Clara Fontaine, de 16 h 20 à 17 h 00" in text_of(back)
    assert "Mention ajoutée</textarea>" in back.text


def test_dropped_it_is_told_so(world: World, clara: Visitor) -> None:
    world.do("clara", "2026-11-23 16:20", start_work, deposited(world))
    fire_due(world.desk, paris("2026-11-23 17:00"))
    done = clara.send("/my-day", "/stints/1/drop_work?from=day", text="Réunion")
    assert "Temps écarté : rien n’est compté." in text_of(clara.get(done.location))


def test_dropped_whatever_is_said_of_it(world: World, clara: Visitor) -> None:
    world.do("clara", "2026-11-23 16:20", start_work, deposited(world))
    fire_due(world.desk, paris("2026-11-23 17:00"))
    done = clara.send("/my-day", "/stints/1/drop_work?from=day", text="mdp : toto")
    read = text_of(done)
    assert done.status_code == 200
    assert "Temps écarté : rien n’est compté." in read
    assert "Texte non gardé." in read
    assert "Vous aviez écrit : « mdp : toto »." in read
    assert "Temps à confirmer" not in read


def test_typed_time_is_put_right_on_the_ticket(world: World, clara: Visitor) -> None:
    number = deposited(world)
    world.do("clara", "2026-11-24 11:00", work, number, minutes=60, note="Requête")
    page = f"/tickets/{number}"
    back = clara.send(page, f"/entries/1/correct_work?ticket={number}", minutes="30", reason="")
    assert back.status_code == 422
    assert 'value="30"' in back.text
    done = clara.send(page, f"/entries/1/correct_work?ticket={number}", minutes="30", reason="Coupé par un appel")
    read = text_of(clara.get(done.location))
    assert "Temps corrigé : réel 0 h 30 → décompté 0 h 30, solde 9 h 30." in read
    assert "1 h 00 → 0 h 30" in read
    world.do("clara", NOW, work, number, minutes=20)
    done = clara.send(
        page, f"/entries/2/correct_work?ticket={number}", minutes="45", reason="Non, trois quarts d’heure"
    )
    said = "Temps corrigé : 0 h 45. En tout ce jour-là : réel 1 h 05 → décompté 1 h 15, solde 8 h 45."
    assert said in text_of(clara.get(done.location))
    assert "Corriger ce temps" not in text_of(arrives(world, "mehdi").get(page))  # it is not his


def test_a_zero_with_a_space_after_it_takes_time_back_as_a_zero_does(world: World, clara: Visitor) -> None:
    number = deposited(world)
    world.do("clara", "2026-11-24 11:00", work, number, minutes=60, note="Requête")
    page = f"/tickets/{number}"
    done = clara.send(page, f"/entries/1/correct_work?ticket={number}", minutes="0 ", reason="Autre ticket")
    assert "Temps corrigé : réel 0 h 00 → décompté 0 h 00, solde 10 h 00." in text_of(clara.get(done.location))


def test_work_beyond_two_hours_waits_for_the_client_s_agreement(world: World, clara: Visitor) -> None:
    number = deposited(world)
    page = f"/tickets/{number}"
    clara.send(page, f"{page}/offer_estimate", minutes="2h30", perimeter="Mention et essai")
    read = text_of(clara.get(page))
    assert "attend la réponse de Alain ou Agnes" in read
    assert "Commencer le travail" not in read
    assert clara.send(page, f"{page}/start_work?from=ticket").status_code == 409


def test_beyond_the_four_hours_one_button_hands_it_over(world: World, clara: Visitor) -> None:
    """« - de 4h »: four hours exactly are too much; asked first, nothing is written, what was typed comes back."""
    number = deposited(world)
    page = f"/tickets/{number}"
    asked = clara.send(page, f"{page}/offer_estimate", minutes="4h", perimeter="Refaire tous les états")
    assert asked.status_code == 409
    assert "4 h dépasse ce que la TMA prend (moins de 4 h)" in text_of(asked)
    assert 'name="transfer" value="1"' in asked.text
    assert "Refaire tous les états" in asked.text
    assert seen(world, number).estimate is None
    clara.send(page, f"{page}/offer_estimate", minutes="4h", perimeter="Refaire tous les états", transfer="1")
    fire_due(world.desk, paris(NOW))
    assert seen(world, number).ticket.state == "to_deployment"


def test_an_adjustment_can_be_support_s_own_error(world: World, clara: Visitor) -> None:
    number = deposited(world)
    page = f"/tickets/{number}"
    assert 'name="own_error"' not in clara.get(page).text
    world.do("clara", "2026-11-23 15:00", resolve, number, text="Fait.")
    world.do("julie", "2026-11-24 09:00", accept, number, reservations=True, text="L’avoir manque.")
    assert "Erreur du support" in clara.get(page).text
    typed = {"minutes": "45", "own_error": "y", "reason": "Avoir oublié"}
    done = clara.send(page, f"{page}/work", **typed)
    assert "réel 0 h 45 → décompté 0 h 00, solde 10 h 00." in text_of(clara.get(done.location))


@pytest.mark.parametrize(
    ("item", "said"), [("etats", "À partir de 4 h, la demande passe"), ("usage", "Au-delà de 4 h, la demande passe")]
)
def test_the_limit_is_that_of_the_line(world: World, clara: Visitor, item: str, said: str) -> None:
    """« - de 4h »: four hours exactly already go; elsewhere what is beyond them."""
    number = deposited(world, item=item)
    world.do("clara", "2026-11-23 12:20", work, number, minutes=180)
    assert said in text_of(clara.get(f"/tickets/{number}"))


def test_the_warning_and_its_gauge_follow_the_configuration(world: World, clara: Visitor) -> None:
    """A desk that warns at 1 h 30 of its own limit reads these, not the booklet's figures."""
    rules = replace(world.desk.settings.work, warn_minutes=90)
    world.desk.settings = replace(world.desk.settings, work=rules)
    number = deposited(world, item="usage")
    world.do("clara", "2026-11-23 12:20", work, number, minutes=89)
    assert "la demande passe d’elle-même" not in text_of(clara.get(f"/tickets/{number}"))
    world.do("clara", "2026-11-23 13:40", work, number, minutes=1)
    page = clara.get(f"/tickets/{number}")
    assert "Au-delà de 4 h, la demande passe d’elle-même" in text_of(page)
    assert "alerte 1 h 30" in text_of(page)


class TestChecklist:
    def test_it_is_answered_by_support_and_by_the_client(self, world: World, clara: Visitor) -> None:
        number = deposited(world)
        world.do("clara", "2026-11-24 09:10", take, number)
        world.do("clara", "2026-11-24 09:10", book_session, number, starts_at="2026-11-24T14:00")
        page = f"/tickets/{number}"
        assert "0 réponse sur 5" in text_of(clara.get(page))
        assert "Prise en main bloquée : 5 réponses manquent." in text_of(clara.get(page))
        blocked = clara.send(page, f"/calls/1/start_session?from=ticket&ticket={number}")
        assert blocked.status_code == 409
        assert "il reste à répondre à « Poste pour la prise en main" in text_of(blocked)
        clara.send(page, f"{page}/set_readiness", workstation="ready", workstation_note="Poste 2")
        julie = arrives(world, "julie")
        assert "Poste 2 (Clara Fontaine" in text_of(julie.get(page))
        rest = {"supervisor": "ready", "examples": "ready", "person": "ready", "server": "not_applicable"}
        done = julie.send(page, f"/portal{page}/set_readiness", **rest)
        assert "Vos réponses sont transmises au support." in text_of(julie.get(done.location))
        clara.send(page, f"/calls/1/start_session?from=ticket&ticket={number}")
        assert kinds(world, number)[-2:] == ["session_started", "work_started"]

    @pytest.mark.parametrize("who", ["clara", "julie"])
    def test_a_note_that_looks_like_a_code_comes_back(self, world: World, who: str) -> None:
        number = deposited(world)
        page = f"/tickets/{number}"
        action = f"{page}/set_readiness" if who == "clara" else f"/portal{page}/set_readiness"
        back = arrives(world, who).send(page, action, supervisor="ready", supervisor_note="Sup3rv")
        assert back.status_code == 422
        assert "semble contenir un code ou un mot de passe" in text_of(back)
        assert kinds(world, number)[-1] != "readiness_set"

    def test_what_is_not_ready_says_why(self, world: World, clara: Visitor) -> None:
        page = f"/tickets/{deposited(world)}"
        back = clara.send(page, f"{page}/set_readiness", server="not_ready")
        assert "dites ce qui manque" in text_of(back)


class TestWarning:
    """A text of support that looks like a code is held back once, as typed; sent again, it goes."""

    FORMS = (
        ("answer", {"text": "Le mot de passe est Azerty12"}),
        ("wait_for_client", {"text": "Est-ce bien mdp : toto ?"}),
        ("resolve", {"text": "Code superviseur : 4321"}),
        ("escalate", {"reason": "password: abc"}),
    )

    @pytest.mark.parametrize(("verb", "typed"), FORMS)
    def test_held_back_once(self, world: World, clara: Visitor, verb: str, typed: dict[str, str]) -> None:
        number = deposited(world)
        page = f"/tickets/{number}"
        before = kinds(world, number)
        held = clara.send(page, f"{page}/{verb}", **typed)
        assert held.status_code == 422
        assert "semble contenir un code ou un mot de passe : rien n’est encore envoyé." in text_of(held)
        assert next(iter(typed.values())) in held.text
        assert f'id="{verb}-sure" name="sure" type="hidden" value="1"' in held.text
        assert kinds(world, number) == before
        assert clara.send(page, f"{page}/{verb}", sure="1", **typed).status_code == 302

    def test_on_the_board_too(self, world: World) -> None:
        number = deposited(world)
        diane = arrives(world, "diane")
        held = diane.send(f"/board?ticket={number}", f"/tickets/{number}/decline?from=board", reason="mdp : toto")
        assert held.status_code == 422
        assert 'id="decline-sure" name="sure" type="hidden" value="1"' in held.text


def test_a_requester_is_told_whom_to_ask(world: World) -> None:
    number = deposited(world)
    world.do("julie", "2026-11-24 09:00", ask_estimate, number)
    world.do("clara", "2026-11-24 10:00", offer_estimate, number, perimeter="Mention", minutes="1h")
    julie = arrives(world, "julie")
    assert "À décider par Agnes ou Alain. Les travaux commencent après cet accord." in text_of(
        julie.get(f"/tickets/{number}")
    )
    refused = julie.send(f"/tickets/{number}", f"/portal/tickets/{number}/estimate", decision="accept")
    assert refused.status_code == 403
    assert "demandez-la à Alain ou Agnes" in text_of(refused)


def test_the_figures_are_for_support_alone(world: World) -> None:
    number = deposited(world)
    assert arrives(world, "julie").get(f"/tickets/{number}/time").status_code in (403, 404)
    for action in (f"/tickets/{number}/start_work", "/stints/1/confirm_work", "/entries/1/correct_work?ticket=1"):
        assert arrives(world, "julie").send("/portal", action).status_code in (403, 404)
