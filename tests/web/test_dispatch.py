"""What a dispatcher sees and does on the board, through the real application."""

import re
from collections.abc import Iterator

import pytest
from freezegun import freeze_time
from sqlalchemy import update

from sla.desk.assign import assign
from sla.desk.calls import call_back
from sla.desk.contest import contest
from sla.desk.deposit import deposit
from sla.desk.lanes import lanes
from sla.desk.people import be_absent
from sla.desk.sessions import book_session, miss_session
from sla.desk.take import take
from sla.desk.ticket_view import see_ticket
from sla.desk.wait import wait_for_client
from sla.desk.work import work
from sla.store.tables import Person
from sla.ticket.facts import Kind
from tests.desk.kept import prepared
from tests.web.visitor import Visitor, site, text_of
from tests.worlds import World, paris

NBSP = "\u00a0"
NOW = "2026-11-24 10:20"


def deposited(world: World, who: str = "bruno", at: str = "2026-11-24 09:05", **facts: str) -> int:
    given = {"item": "erreurs", "severity": "major", "title": "Clôture refusée", "description": "Verrou sur l’OF."}
    ticket = world.do(who, at, deposit, **{**given, **facts})
    return int(ticket.id)


def arrives(world: World, who: str) -> Visitor:
    return Visitor(site(world.desk), world, who)


@pytest.fixture
def at_ten_twenty() -> Iterator[None]:
    with freeze_time(paris(NOW), tz_offset=0):
        yield


@pytest.fixture
def diane(world: World, at_ten_twenty: None) -> Visitor:
    return arrives(world, "diane")


def test_the_tray_says_working_time_left_goal_and_instant(world: World, diane: Visitor) -> None:
    """A major error is owed its first answer within 2 h; what is left is working time, the instant is the desk's."""
    number = deposited(world)
    html = diane.get("/board").text
    clock = next(c for c in world.see("diane", NOW, see_ticket, number).clocks if c.name == "first_response")
    assert clock.due_at == paris("2026-11-24 11:05")
    assert f"45{NBSP}min" in html
    assert f"11{NBSP}h{NBSP}05</time>" in html
    assert "1re réponse avant" in html


def test_the_queue_is_sorted_by_working_time_left(world: World, diane: Visitor) -> None:
    later = deposited(world, severity="question", title="Une question")
    sooner = deposited(world, severity="blocking", title="Plus rien ne marche", at="2026-11-24 10:00")
    html = diane.get("/board").text
    assert html.index(f"ticket={sooner}#panel") < html.index(f"ticket={later}#panel")


def test_a_state_is_never_shown_by_colour_alone(world: World, diane: Visitor) -> None:
    deposited(world, at="2026-11-23 09:05")
    html = diane.get("/board").text
    tile = html[html.index('<p class="tile') :][:400]
    assert "icon-late" in tile
    assert "Dépassé" in tile


def test_a_paused_ticket_says_who_is_awaited(world: World, diane: Visitor) -> None:
    number = deposited(world)
    world.do("mehdi", "2026-11-24 09:30", wait_for_client, number, text="Quel poste ?")
    html = diane.get("/board?view=paused").text
    assert "Attend la réponse du client" in html
    assert "Clôture refusée" in html


def test_filters_live_in_the_address_and_views_keep_them(world: World, diane: Visitor) -> None:
    deposited(world, severity="blocking", title="Bloqué")
    deposited(world, severity="question", title="Simple question")
    html = diane.get("/board?severity=blocking&q=bloque").text
    tray = html[html.index('class="tray"') : html.index("lanes-frame")]
    assert "Bloqué" in tray
    assert "Simple question" not in tray
    assert "/board?severity=blocking&amp;q=bloque&amp;view=paused" in html
    assert 'value="bloque"' in html


def test_a_filter_that_means_nothing_is_left_out(diane: Visitor) -> None:
    assert diane.get("/board?view=nowhere&technician=abc&company=9999999").status_code == 200


def test_the_panel_explains_the_deadline_and_the_choice(world: World, diane: Visitor) -> None:
    """« Pourquoi cette échéance ? » and why this technician, in sentences."""
    number = deposited(world)
    html = diane.get(f"/board?ticket={number}").text
    assert f"Pourquoi mardi 24 novembre à 11{NBSP}h{NBSP}05" in html
    assert "1re réponse sur un ticket « majeur »" in html
    assert f"1{NBSP}h{NBSP}15 écoulées, 0{NBSP}h{NBSP}45 restantes" in html
    assert "Maîtrise les erreurs du logiciel" in html
    assert "Tient l’échéance" in html


def test_what_is_late_says_why_it_waits_behind_what_can_still_be_kept(world: World, diane: Visitor) -> None:
    """Yann alone masters errors today: the blocking one of this morning comes before the minor one of last week."""
    absent = {"starts_at": "2026-11-24T00:00", "ends_at": "2026-11-25T00:00", "label": "Formation"}
    late, fresh = deposited(world, at="2026-11-16 09:05", severity="minor"), deposited(world, severity="blocking")
    for who in ("clara", "mehdi", "sandrine"):
        world.do("diane", NOW, be_absent, world.people[who].id, **absent)
    why = "Son échéance ne peut plus être tenue : il garde 25 % de son poids, et ce qui peut l’être passe avant"
    assert f"Passe après 1 autre ticket {why}" in text_of(diane.get(f"/board?ticket={late}"))
    assert why not in text_of(diane.get(f"/board?ticket={fresh}"))


def test_an_assignment_is_never_silent(world: World, diane: Visitor) -> None:
    """It says to whom, keeps the reason, and the panel repeats it."""
    number = deposited(world)
    page = f"/board?ticket={number}"
    seq = world.see("diane", NOW, see_ticket, number).ticket.seq
    fields = {"technician": str(world.yann.id), "reason": "Connaît leur serveur", "pinned": "y", "seen_seq": str(seq)}
    done = diane.send(page, f"/tickets/{number}/assign?ticket={number}&from=board", **fields)
    assert done.status_code == 302
    html = diane.get(done.location).text
    assert f"Ticket nº{NBSP}{number} affecté à Yann Le Bihan, épinglé." in html
    assert f"Choisi par Diane{NBSP}: Connaît leur serveur" in html


def test_the_second_of_two_dispatchers_is_told_who_was_first(world: World, diane: Visitor) -> None:
    number = deposited(world)
    page = f"/board?ticket={number}"
    seq = world.see("diane", NOW, see_ticket, number).ticket.seq
    world.do("marc", "2026-11-24 10:19", assign, number, technician=world.clara.id)
    fields = {"technician": str(world.yann.id), "reason": "Tapé avec soin", "seen_seq": str(seq)}
    refused = diane.send(page, f"/tickets/{number}/assign?from=board", **fields)
    assert refused.status_code == 409
    assert f"Marc a été plus rapide, aujourd’hui à 10{NBSP}h{NBSP}19" in refused.text
    assert "Tapé avec soin" in refused.text
    assert world.see("diane", NOW, see_ticket, number).ticket.technician_id == world.clara.id


def test_who_does_not_master_it_is_refused_at_the_field(world: World, diane: Visitor) -> None:
    number = deposited(world, item="mise_a_disposition")
    fields = {"technician": str(world.clara.id), "reason": "Essai"}
    refused = diane.send(f"/board?ticket={number}", f"/tickets/{number}/assign?from=board", **fields)
    assert refused.status_code == 422
    assert "assign-technician-error" in refused.text
    assert "Clara Fontaine ne maîtrise pas" in refused.text


def test_a_requalification_without_its_reason_writes_nothing(world: World, diane: Visitor) -> None:
    number = deposited(world)
    before = world.see("diane", NOW, see_ticket, number).ticket.seq
    fields = {"severity": "blocking", "reason": "  "}
    refused = diane.send(f"/board?ticket={number}", f"/tickets/{number}/qualify?from=board", **fields)
    assert refused.status_code == 422
    assert "qualify-reason-error" in refused.text
    assert '<option selected value="blocking">' in refused.text
    assert world.see("diane", NOW, see_ticket, number).ticket.seq == before


def test_a_technician_reads_the_board_and_steers_nothing(world: World, at_ten_twenty: None) -> None:
    number = deposited(world)
    clara = arrives(world, "clara")
    html = clara.get(f"/board?ticket={number}").text
    assert f"/tickets/{number}/assign" not in html
    refused = clara.send(f"/board?ticket={number}", f"/tickets/{number}/assign?from=board", technician="1")
    assert refused.status_code == 403


def test_a_client_is_shown_no_board(world: World, at_ten_twenty: None) -> None:
    assert arrives(world, "julie").get("/board").status_code == 403


def test_an_absence_is_hatched_with_its_reason(world: World, diane: Visitor) -> None:
    fields = {"starts_at": "2026-11-24T13:30", "ends_at": "2026-11-25T17:00", "label": "RTT"}
    world.do("diane", "2026-11-24 09:00", be_absent, world.sandrine.id, **fields)
    html = diane.get("/board").text
    assert f'<td class="cell-off"><span>Absence{NBSP}: RTT</span></td>' in html
    assert "Déjeuner" in html


def test_the_night_before_a_holiday_says_when_the_desk_is_back(world: World) -> None:
    with freeze_time(paris("2026-12-24 18:00"), tz_offset=0):
        html = arrives(world, "diane").get("/board").text
    assert f"Reprise lundi 28 décembre à 9{NBSP}h{NBSP}00" in html
    assert f"Férié{NBSP}: " in html


def test_a_call_owed_is_held_from_the_list_of_calls(world: World, diane: Visitor) -> None:
    number = deposited(world)
    call = world.do("diane", "2026-11-24 10:00", call_back, number, starts_at="2026-11-24T11:30", note="L’OF")
    assert "Rappeler Bruno, Bolt" in diane.get("/calls").text
    done = diane.send("/calls", f"/calls/{call.id}/hold_call?from=calls", text="Vu ensemble.")
    assert done.status_code == 302
    kinds = [event.kind for event in world.see("diane", NOW, see_ticket, number).events]
    assert kinds[-1] == Kind.CALL_HELD
    assert "Aucun rendez-vous n’est dû" in diane.get("/calls").text


ENDED = [
    ("hold_session", {"text": "Paramètres revus."}, "Prise en main effectuée", Kind.SESSION_HELD, "in_progress"),
    ("cancel_session", {"reason": "Réglé."}, "Prise en main annulée", Kind.SESSION_CANCELLED, "assigned"),
]


@pytest.mark.parametrize(("verb", "typed", "said", "kind", "state"), ENDED)
def test_a_session_owed_is_ended_from_the_same_list(
    world: World, diane: Visitor, verb: str, typed: dict[str, str], said: str, kind: Kind, state: str
) -> None:
    """Beside the calls, by verbs of its own; a call's verb does not end it."""
    number = deposited(world)
    call = world.do("diane", "2026-11-24 10:00", call_back, number, starts_at="2026-11-24T11:30")
    session = world.do("diane", "2026-11-24 10:00", book_session, number, starts_at="2026-11-24T14:00", minutes="1h30")
    prepared(world, number, "2026-11-24 10:00")
    html = diane.get("/calls").text
    assert html.index("Rappeler Bruno, Bolt") < html.index("Prendre en main le poste de Bruno, Bolt")
    assert html.count("icon-screen") == html.count("icon-phone") == 1
    assert f"/calls/{session.id}/hold_call" not in html
    assert diane.send("/calls", f"/calls/{session.id}/hold_call?from=calls").status_code == 404
    done = diane.send("/calls", f"/calls/{session.id}/{verb}?from=calls", **typed)
    assert done.status_code == 302
    assert said in diane.get("/calls").text
    ticket = world.see("diane", NOW, see_ticket, number)
    assert (ticket.events[-1].kind, ticket.ticket.state) == (kind, state)
    assert f"/calls/{call.id}/hold_call" in diane.get("/calls").text


def test_a_session_whose_instant_has_passed_is_noted_as_missed(world: World, diane: Visitor) -> None:
    number = deposited(world)
    session = world.do("diane", "2026-11-24 10:00", book_session, number, starts_at="2026-11-24T10:05")
    done = diane.send("/calls", f"/calls/{session.id}/miss_session?from=calls", text="Poste éteint.")
    assert done.status_code == 302
    assert "Prise en main manquée" in diane.get("/calls").text
    ticket = world.see("diane", NOW, see_ticket, number)
    assert (ticket.events[-1].kind, ticket.ticket.state) == (Kind.SESSION_MISSED, "assigned")


def test_a_missed_session_stays_owed_and_is_not_missed_twice(world: World, diane: Visitor) -> None:
    number = deposited(world)
    session = world.do("diane", "2026-11-24 10:00", book_session, number, starts_at="2026-11-24T14:00")
    ahead = diane.get("/calls").text
    assert f"/calls/{session.id}/miss_session" not in ahead  # nobody has missed it yet
    refused = diane.send("/calls", f"/calls/{session.id}/miss_session?from=calls")
    assert refused.status_code == 409
    assert "Ce rendez-vous est à venir" in refused.text
    world.do("diane", "2026-11-24 14:05", miss_session, session.id)
    html = diane.get("/calls").text
    assert "Manquée, toujours due" in html
    assert f"/calls/{session.id}/hold_session" in html
    assert f"/calls/{session.id}/miss_session" not in html
    refused = diane.send("/calls", f"/calls/{session.id}/miss_session?from=calls")
    assert refused.status_code == 409
    assert f"Rien n’a été changé{NBSP}: prise en main manquée par Diane, aujourd’hui à" in refused.text.replace(
        " :", f"{NBSP}:"
    )


def test_a_session_stands_on_the_board_at_its_instant(world: World, diane: Visitor) -> None:
    number = deposited(world)
    world.do("diane", "2026-11-24 10:00", book_session, number, starts_at="2026-11-24T14:00")
    html = diane.get("/board").text
    block = html[html.index("block-session") :][:700]
    assert 'aria-label="Prise en main"' in block
    assert f"14{NBSP}h{NBSP}00" in block
    assert "Bolt, Clôture refusée" in block


def test_a_cancelled_call_needs_its_reason_and_keeps_its_place(world: World, diane: Visitor) -> None:
    number = deposited(world)
    call = world.do("diane", "2026-11-24 10:00", call_back, number, starts_at="2026-11-24T11:30")
    refused = diane.send("/calls", f"/calls/{call.id}/cancel_call?from=calls", reason="")
    assert refused.status_code == 422
    assert "Le champ «\u00a0Pourquoi l’annuler\u00a0» est vide" in refused.text


@pytest.mark.parametrize("address", ["/board?ticket=", "/board?technician=", "/board?company=", "/calls?technician="])
def test_a_number_that_no_row_can_bear_is_no_number(diane: Visitor, address: str) -> None:
    assert diane.get(address + "9" * 20).status_code == 200


def test_a_contested_ticket_is_seen_with_its_reason_and_upheld(world: World, diane: Visitor) -> None:
    number = deposited(world, who="julie", item="usage")
    assert "Contestés" not in diane.get("/board").text
    world.do("julie", "2026-11-24 10:00", contest, number, reason="C’est une erreur.")
    assert "Le client conteste la prise en charge" in text_of(diane.get("/board?view=contested"))
    page = f"/board?view=contested&ticket={number}"
    said = text_of(diane.get(page))
    assert "Le client conteste la prise en charge (TMA). C’est une erreur." in said
    empty = diane.send(page, f"/tickets/{number}/uphold?from=board", reason="")
    assert empty.status_code == 422
    sent = diane.send(page, f"/tickets/{number}/uphold?from=board", reason="Le réglage est au manuel.")
    assert sent.status_code == 302
    assert "Contestés" not in diane.get("/board").text


def test_a_ticket_that_the_plan_gives_to_another_says_to_whom(world: World, diane: Visitor) -> None:
    """Clara has begun it and is away: whoever is expected to go on stands beside her name, here and on her own day."""
    number = deposited(world, item="erreurs")
    world.do("clara", "2026-11-24 09:20", take, number)
    away = {"starts_at": "2026-11-24T10:00", "ends_at": "2026-11-25T17:00", "label": "Maladie"}
    world.do("diane", "2026-11-24 10:00", be_absent, world.clara.id, **away)
    other = world.see("diane", NOW, lanes).planned[number]
    assert other != world.clara.name
    assert f"{world.clara.name}, prévu chez {other}" in text_of(diane.get("/board"))
    assert f"Le plan en prévoit la suite chez {other}" in text_of(arrives(world, "clara").get("/my-day"))
    theirs = next(name for name in ("mehdi", "sandrine", "yann") if world.people[name].name == other)
    assert f"· en cours, confié à {world.clara.name}" in text_of(arrives(world, theirs).get("/my-day"))


def test_work_that_nears_its_limit_says_so_instead_of_who_has_it(world: World, diane: Visitor) -> None:
    """Two hours and a half of TMA work say nothing yet; at three hours of the four the row warns."""
    number = deposited(world, item="parametrage_avance", at="2026-11-23 09:05")
    world.do("clara", "2026-11-23 16:00", work, number, minutes=150)
    assert "de travail sur" not in text_of(diane.get("/board"))
    world.do("clara", "2026-11-24 09:40", work, number, minutes=30)
    assert "3 h 00 de travail sur 4 h" in text_of(diane.get("/board"))


def test_the_panel_says_why_nobody_has_a_ticket_and_what_to_do(world: World, diane: Visitor) -> None:
    """No contract: hers to decide. No hours left: the sale sets it going."""
    undecided, waiting = deposited(world, "sonia"), deposited(world, "bruno", item="usage")
    said = text_of(diane.get(f"/board?ticket={undecided}"))
    assert "À personne Aucun contrat de maintenance n’est en cours : le ticket attend votre décision." in said
    assert "Affecter à un technicien" in said
    assert "Choisir un autre technicien" not in said
    said = text_of(diane.get(f"/board?ticket={waiting}"))
    assert "Il attend que le client ouvre un forfait : dès la vente, le plan lui donne un technicien." in said
    assert "Rien n’est décalé tant que le ticket attend" in said


def test_what_nobody_masters_is_said_so(world: World, diane: Visitor) -> None:
    """Mehdi and Yann, the two who know backups, have left."""
    with world.desk.database.writing() as session:
        session.execute(update(Person).where(Person.code.in_(("mehdi", "yann"))).values(active=False))
    number = deposited(world, "alain", item="informatique_sauvegardes")
    said = text_of(diane.get(f"/board?ticket={number}"))
    assert "À personne Personne ne maîtrise SQL et les sauvegardes : requalifiez-le, ou ajoutez cette" in said
    assert "Affecter à un technicien" not in said


def test_a_callback_s_subject_is_typed_knowing_that_the_client_reads_it(world: World, diane: Visitor) -> None:
    number = deposited(world)
    html = diane.get(f"/board?ticket={number}").text
    assert html.count("Le client le lira. Ni code ni mot de passe.") == 2  # the callback's and the session's


def test_a_pin_never_stands_alone_on_a_line(world: World, diane: Visitor) -> None:
    number = deposited(world)
    world.do("diane", "2026-11-24 10:00", assign, number, technician=world.clara.id)
    html = diane.get(f"/board?ticket={number}").text
    assert re.search(r'Affecté à Clara <span class="whole">Fontaine <svg[^>]*aria-label="Épinglé"', html)
