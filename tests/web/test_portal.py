"""What a client does on the portal, form by form, at exact instants of Tuesday 24 November 2026."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from freezegun import freeze_time
from sqlalchemy import event, func, select

from sla.desk.answer import answer
from sla.desk.deposit import deposit
from sla.desk.estimates import offer_estimate
from sla.desk.report import report
from sla.desk.resolve import resolve
from sla.desk.sessions import book_session
from sla.desk.wait import wait_for_client
from sla.desk.work import work
from sla.store.tables import Event, Ticket
from sla.web.hours_files import harmless
from tests.web.visitor import Visitor, text_of
from tests.worlds import World

INCLUDED, CHARGED, EXCLUDED = "usage_documents", "formation", "informatique_reseau"
TYPED = {"title": "Le délai de réappro n’est pas repris", "description": "Article 40-2217 : 15 jours dans la fiche."}


@pytest.fixture(scope="module", autouse=True)
def clock() -> Iterator[None]:
    """12:41 at the desk: it is closed until 13:30."""
    with freeze_time("2026-11-24 11:41:00", tz_offset=0):
        yield


def deposited(world: World, who: str = "julie", at: str = "2026-11-23 10:00", item: str = INCLUDED) -> int:
    ticket = world.do(who, at, deposit, item=item, severity="minor", **TYPED)
    return int(ticket.id)


def technician_of(world: World, number: int) -> Any:
    with world.desk.database.reading() as session:
        found = session.scalar(select(Ticket.technician_id).where(Ticket.id == number))
    return next(each for each in world.people.values() if each.id == found)


def resolved(world: World, number: int) -> None:
    who = technician_of(world, number)
    world.do(who, "2026-11-23 11:00", answer, number, text="Je regarde.")
    world.do(who, "2026-11-23 15:00", resolve, number, text="Le délai vient de la fiche fournisseur.")


def count(world: World, kind: Any) -> int:
    with world.desk.database.reading() as session:
        return int(session.scalar(select(func.count()).select_from(kind)) or 0)


def state(world: World, number: int) -> str:
    with world.desk.database.reading() as session:
        return str(session.scalar(select(Ticket.state).where(Ticket.id == number)))


def last_kind(world: World, number: int) -> str:
    with world.desk.database.reading() as session:
        query = select(Event.kind).where(Event.ticket_id == number).order_by(Event.seq.desc()).limit(1)
        return str(session.scalar(query))


# ---- before and after sending ----


def test_the_promise_is_shown_before_sending_and_the_typed_text_stays(world: World, julie: Visitor) -> None:
    shown = julie.send("/portal", "/tickets", item=INCLUDED, severity="minor", preview="1", **TYPED)
    said = text_of(shown)
    assert shown.status_code == 200
    assert "L’horloge démarre aujourd’hui à 13 h 30 , à la reprise du support" in said
    assert "au plus tard mercredi 25 novembre à 9 h 30 4 h ouvrées" in said
    assert "Inclus dans votre contrat de maintenance" in said
    assert TYPED["title"] in shown.text
    assert TYPED["description"] in said
    assert count(world, Ticket) == 0


def test_without_history_nothing_is_claimed_but_the_guarantee(julie: Visitor) -> None:
    said = text_of(julie.get(f"/portal/promise?item={INCLUDED}&severity=minor"))
    assert "Réponse garantie" in said
    assert "Réponse attendue" not in said


def test_with_enough_answers_known_a_window_is_told_with_its_confidence(world: World, julie: Visitor) -> None:
    """Thirty answers, each an hour after its deposit."""
    for number in range(30):
        day = f"2026-11-{2 + number // 6:02}"
        made = deposited(world, "bruno", f"{day} 09:{10 + number % 6}")
        world.do(technician_of(world, made), f"{day} 10:{10 + number % 6}", answer, made, text="Voici.")
    said = text_of(julie.get(f"/portal/promise?item={INCLUDED}&severity=minor"))
    assert re.search(
        r"Réponse attendue aujourd’hui entre \S+ h \d\d et \S+ h \d\d , 8 fois sur 10 Réponse garantie", said
    )


def test_the_box_alone_is_what_the_page_shows(julie: Visitor) -> None:
    box = julie.get(f"/portal/promise?item={INCLUDED}&severity=minor")
    page = julie.get(f"/portal?item={INCLUDED}&severity=minor")
    assert "<html" not in box.text
    assert text_of(box) in text_of(page)


def test_a_deposit_leads_to_its_receipt(world: World, julie: Visitor) -> None:
    sent = julie.send("/portal", "/tickets", item=INCLUDED, severity="minor", **TYPED)
    assert (sent.status_code, sent.headers["Location"]) == (302, "/tickets/1")
    said = text_of(julie.get("/tickets/1"))
    assert "Votre ticket est reçu sous le nº 1." in said
    assert "L’horloge démarre aujourd’hui à 13 h 30" in said
    assert "au plus tard mercredi 25 novembre à 9 h 30" in said
    assert "Inclus dans votre contrat" in said


def test_a_refused_deposit_names_each_field_and_writes_nothing(world: World, julie: Visitor) -> None:
    sent = julie.send("/portal", "/tickets", item="", title="Une phrase", description="")
    said = text_of(sent)
    assert sent.status_code == 422
    assert "Le champ « De quoi s’agit-il ? » est vide : choisissez une ligne de la liste." in said
    assert "s’agit-il ? : Le champ" not in said  # it is named once a line
    assert "Le champ « Ce que vous faites, ce que vous voyez » est vide" in said
    assert "Le champ « Quelle gêne ? » est vide : dites à quel point vous êtes gêné." in said
    assert 'value="Une phrase"' in sent.text
    assert count(world, Ticket) == 0


def test_a_line_that_is_not_in_the_list_is_refused_by_its_value(world: World, julie: Visitor) -> None:
    sent = julie.send("/portal", "/tickets", item="inventée", severity="minor", **TYPED)
    assert sent.status_code == 422
    assert "ne peut pas être « inventée »" in text_of(sent)
    assert count(world, Ticket) == 0


def test_what_is_typed_is_shown_as_typed(julie: Visitor) -> None:
    sent = julie.send(
        "/portal", "/tickets", item=INCLUDED, severity="minor", title="<b>gras</b>", description="<script>"
    )
    page = julie.get(sent.headers["Location"]).text
    assert "&lt;b&gt;gras&lt;/b&gt;" in page
    assert "<script>" not in page


def test_without_a_forfait_the_client_is_told_why_and_what_is_on_sale(world: World, app: Flask) -> None:
    bruno = Visitor(app, world, "bruno")
    before = text_of(bruno.get(f"/portal?item={CHARGED}&severity=minor"))
    assert "Votre société n’a pas de forfait en cours de validité avec des heures disponibles." in before
    sent = bruno.send("/portal", "/tickets", item=CHARGED, severity="minor", **TYPED)
    after = text_of(bruno.get(sent.headers["Location"]))
    assert "Un forfait d’heures est nécessaire" in after
    assert "Forfaits en vente : 10, 20, 30 ou 50 h. Rien n’est perdu" in after


def test_what_support_does_not_treat_is_said_before_sending(julie: Visitor) -> None:
    said = text_of(julie.get(f"/portal?item={EXCLUDED}&severity=minor"))
    assert "Non traité." in said
    assert "L’horloge démarre" not in said


def test_a_text_that_gives_a_password_is_held_back_once(world: World, julie: Visitor) -> None:
    typed = {"item": INCLUDED, "severity": "minor", "title": "Accès", "description": "Le mot de passe est : toto"}
    held = julie.send("/portal", "/tickets", **typed)
    assert (held.status_code, count(world, Ticket)) == (422, 0)
    assert "semble contenir un code ou un mot de passe : rien n’est encore envoyé." in text_of(held)
    assert 'name="sure" type="hidden" value="1"' in held.text
    assert julie.send("/portal", "/tickets", sure="1", **typed).status_code == 302
    number = 1
    held = julie.send(f"/tickets/{number}", f"/portal/tickets/{number}/comment", text="mdp = toto")
    assert (held.status_code, last_kind(world, number)) == (422, "received")


# ---- the home page and the list ----


def test_the_clients_own_moves_come_first(world: World, julie: Visitor) -> None:
    first, second = deposited(world), deposited(world)
    resolved(world, first)
    world.do(technician_of(world, second), "2026-11-23 11:00", wait_for_client, second, text="Quelle version ?")
    said = text_of(julie.get("/portal"))
    assert said.index("travail à accepter avant") < said.index("une question vous est posée")
    assert said.index("une question vous est posée") < said.index("Déposer un ticket")


def test_search_ignores_accents_and_case(world: World, julie: Visitor) -> None:
    number = deposited(world)
    assert f"/tickets/{number}" in julie.get("/tickets?q=DELAI+reappro").text
    assert f"/tickets/{number}" in julie.get(f"/tickets?q={number}").text
    assert "Aucun ticket en cours ne répond à ces mots" in text_of(julie.get("/tickets?q=facture"))


def test_twenty_tickets_a_page(world: World, julie: Visitor) -> None:
    for _ in range(21):
        deposited(world)
    first, second = julie.get("/tickets").text, julie.get("/tickets?page=2").text
    rows = re.compile(r'<a href="/tickets/(\d+)">')
    assert rows.findall(first) == [str(number) for number in range(21, 1, -1)]
    assert rows.findall(second) == ["1"]
    assert julie.get("/tickets?page=999").status_code == julie.get("/tickets?page=x").status_code == 200


def test_the_home_page_asks_no_more_questions_when_there_are_more_tickets(world: World, julie: Visitor) -> None:
    asked: list[str] = []
    event.listen(world.desk.database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    counts = []
    for _ in range(2):
        for _ in range(4):
            resolved(world, deposited(world))
            deposited(world)
        asked.clear()
        julie.get("/portal")
        counts.append(len(asked))
    assert counts[0] == counts[1]


# ---- on a ticket ----


def test_a_message_reaches_the_ticket(world: World, julie: Visitor) -> None:
    number = deposited(world)
    sent = julie.send(f"/tickets/{number}", f"/portal/tickets/{number}/comment", text="Toujours là.")
    assert (sent.status_code, last_kind(world, number)) == (302, "commented")
    assert "Toujours là." in text_of(julie.get(f"/tickets/{number}"))


def test_an_empty_message_is_refused(world: World, julie: Visitor) -> None:
    number = deposited(world)
    events = count(world, Event)
    sent = julie.send(f"/tickets/{number}", f"/portal/tickets/{number}/comment", text="  ")
    assert sent.status_code == 422
    assert "est vide : écrivez un message." in text_of(sent)
    assert count(world, Event) == events


@pytest.mark.parametrize(
    ("decision", "text", "left"),
    [("yes", "", "closed"), ("reservations", "Le total", "reopened"), ("no", "Non", "reopened")],
)
def test_the_work_is_accepted_with_reservations_or_refused(
    world: World, julie: Visitor, decision: str, text: str, left: str
) -> None:
    number = deposited(world)
    resolved(world, number)
    page = text_of(julie.get(f"/tickets/{number}"))
    assert "Le délai vient de la fiche fournisseur." in page
    sent = julie.send(f"/tickets/{number}", f"/portal/tickets/{number}/accept", decision=decision, text=text)
    assert sent.status_code == 302
    assert state(world, number) == left


@pytest.mark.parametrize("decision", ["reservations", "no", "", "autre"])
def test_reservations_and_a_refusal_must_be_said(world: World, julie: Visitor, decision: str) -> None:
    number = deposited(world)
    resolved(world, number)
    sent = julie.send(f"/tickets/{number}", f"/portal/tickets/{number}/accept", decision=decision, text="")
    assert sent.status_code == 422
    assert state(world, number) == "resolved"


def test_nothing_is_ever_decided_by_reading_an_address(world: World, julie: Visitor) -> None:
    number = deposited(world)
    resolved(world, number)
    events = count(world, Event)
    for act in ("comment", "accept", "estimate", "reopen", "ask_estimate", "call_back"):
        assert julie.get(f"/portal/tickets/{number}/{act}?decision=yes&text=oui").status_code == 405
    assert count(world, Event) == events


def test_a_closed_ticket_is_reopened_with_its_reason(world: World, julie: Visitor) -> None:
    number = deposited(world)
    resolved(world, number)
    julie.send(f"/tickets/{number}", f"/portal/tickets/{number}/accept", decision="yes", text="")
    empty = julie.send(f"/tickets/{number}", f"/portal/tickets/{number}/reopen", text="")
    assert (empty.status_code, state(world, number)) == (422, "closed")
    julie.send(f"/tickets/{number}", f"/portal/tickets/{number}/reopen", text="Le problème réapparaît.")
    assert state(world, number) == "reopened"


def test_words_beside_a_yes_are_asked_about_before_anything_is_written(world: World, julie: Visitor) -> None:
    """Reservations typed beside the wrong button would close the ticket."""
    number = deposited(world)
    resolved(world, number)
    page, action, words = f"/tickets/{number}", f"/portal/tickets/{number}/accept", "Sauf l’édition, encore fausse"
    asked = julie.send(page, action, decision="yes", text=words)
    assert asked.status_code == 422
    assert "Sont-ce des réserves, qui font revenir le ticket, ou un simple mot pour le support ?" in text_of(asked)
    assert words in asked.text
    buttons = ('value="word">J’accepte sans réserve, avec ce mot<', 'value="reservations">J’accepte avec réserves<')
    assert all(button in asked.text for button in buttons)
    assert state(world, number) == "resolved"
    assert julie.send(page, action, decision="word", text="Merci !").status_code == 302
    assert state(world, number) == "closed"


def test_what_is_no_longer_possible_is_said_in_words(world: World, julie: Visitor) -> None:
    """Two tabs: the second one accepts what the first has accepted."""
    number = deposited(world)
    resolved(world, number)
    token = julie.token(f"/tickets/{number}")
    for expected in (302, 409):
        sent = julie.client.post(
            f"/portal/tickets/{number}/accept", data={"csrf_token": token, "decision": "yes", "text": ""}
        )
        assert sent.status_code == expected
    assert "Rien n’a été changé : recette acceptée par Julie, aujourd’hui à" in text_of(sent)


def test_a_call_is_agreed_at_an_instant_of_the_desk(world: World, julie: Visitor) -> None:
    number = deposited(world)
    sent = julie.send(f"/tickets/{number}", f"/portal/tickets/{number}/call_back", starts_at="2026-11-25T14:00")
    assert sent.status_code == 302
    assert "Rappel convenu Demain à 14 h 00 , avec Clara Fontaine" in text_of(julie.get(f"/tickets/{number}"))


def test_a_session_is_told_with_its_instant_its_length_and_whom(world: World, julie: Visitor) -> None:
    number = deposited(world)
    wanted = {"starts_at": "2026-11-25T14:00", "minutes": "1h30", "note": "L’écran figé"}
    world.do("diane", "2026-11-24 12:00", book_session, number, **wanted)
    read = text_of(julie.get(f"/tickets/{number}"))
    assert "Intervention réservée" in read
    assert "Prise en main réservée pour demain à 14 h 00" in read
    assert "Prise en main réservée Demain à 14 h 00 , avec Clara Fontaine, 1 h 30 L’écran figé" in read


def test_a_call_on_a_saturday_is_refused_with_the_next_opening(world: World, julie: Visitor) -> None:
    number = deposited(world)
    sent = julie.send(f"/tickets/{number}", f"/portal/tickets/{number}/call_back", starts_at="2026-11-28T10:00")
    assert sent.status_code == 422
    assert "Le support est fermé sam. 28, 10 h 00" in text_of(sent)
    assert 'value="2026-11-28T10:00"' in sent.text


def test_an_estimate_is_decided_by_who_may(world: World, app: Flask, julie: Visitor) -> None:
    number = deposited(world, item=CHARGED)
    who = technician_of(world, number)
    world.do(who, "2026-11-23 11:00", offer_estimate, number, perimeter="Une demi-journée.", minutes=90)
    page = text_of(julie.get(f"/tickets/{number}"))
    assert "Temps estimatif : 1 h 30" in page
    assert "À décider par Agnes ou Alain." in page
    refused = julie.send(f"/tickets/{number}", f"/portal/tickets/{number}/estimate", decision="accept", text="")
    assert (refused.status_code, state(world, number)) == (403, "waiting_client")
    alain = Visitor(app, world, "alain")
    alain.send(f"/tickets/{number}", f"/portal/tickets/{number}/estimate", decision="accept", text="")
    assert state(world, number) == "in_progress"


def test_notes_and_time_are_not_told_to_the_client(world: World, julie: Visitor) -> None:
    number = deposited(world)
    world.do(technician_of(world, number), "2026-11-23 12:00", work, number, minutes=30, note="piste interne")
    assert "piste interne" not in julie.get(f"/tickets/{number}").text


def test_a_report_is_read_from_the_ticket(world: World, julie: Visitor) -> None:
    number = deposited(world, item=CHARGED)
    who = technician_of(world, number)
    world.do(who, "2026-11-23 12:00", work, number, minutes="1h37")
    sent = world.do(who, "2026-11-23 12:10", report, number, done="La mention sort.", remaining="Un essai.")
    address = f"/tickets/{number}/report/{sent.seq}"
    assert address in julie.get(f"/tickets/{number}").text
    said = text_of(julie.get(address))
    assert "1 h 37 de travail, décompte de 1 h 45 . Il restait 8 h 15 sur vos forfaits" in said
    assert "10 h 23 – 12 h 00" in said


def test_a_deadline_explains_itself(world: World, julie: Visitor) -> None:
    """Four hours promised; late, it goes on being counted: one on Friday, seven on Monday, half of Tuesday."""
    number = deposited(world, at="2026-11-20 16:00")
    said = text_of(julie.get(f"/tickets/{number}/why/first_response"))
    assert "ven. 20, 16 h 00 – 17 h 00 1 h 00" in said
    assert "17 h 00 – lun. 23, 9 h 00 – Nuit, week-end" in said
    assert "Total 11 h 30" in said
    assert "<html" not in julie.client.get(f"/tickets/{number}/why/first_response", headers={"HX-Request": "true"}).text
    for clock in ("next_response", "inventée"):
        assert julie.get(f"/tickets/{number}/why/{clock}").status_code == 404


# ---- hours ----


def worked(world: World) -> int:
    number = deposited(world, item=CHARGED)
    who = technician_of(world, number)
    world.do(who, "2026-11-23 11:00", work, number, minutes=52)
    world.do(who, "2026-11-23 11:30", work, number, minutes=5)
    world.do(who, "2026-11-23 15:00", work, number, minutes=16)
    return number


def test_every_movement_is_on_its_line(world: World, app: Flask) -> None:
    """52 min cost an hour, 5 more nothing; 16 more make 73 min: an hour and a quarter."""
    worked(world)
    said = text_of(Visitor(app, world, "agnes").get("/hours"))
    assert "lun. 23 nov. Intervention de" in said
    assert "nº 1 0 h 21 0 h 15 8 h 45" in said
    assert "nº 1 0 h 52 1 h 00 9 h 00" in said
    assert "lun. 5 janv. Forfait 10 h +10 h 00 10 h 00" in said


def test_the_movements_as_csv(world: World, app: Flask) -> None:
    worked(world)
    sent = Visitor(app, world, "alain").get("/hours.csv")
    lines = sent.get_data().decode("utf-8-sig").split("\r\n")
    assert lines[1] == "2026-01-05;Forfait 10 h du 2026-01-05;Achat;;;;;10,00;10,00;Forfait 10 h"
    assert re.fullmatch(
        r"2026-11-23;Forfait 10 h du 2026-01-05;Consommation;1;[^;]+;52;1,00;;9,00;Ticket nº\u00a01", lines[2]
    )
    assert lines[3].split(";")[5:9] == ["21", "0,25", "", "8,75"]
    assert sent.headers["Content-Disposition"] == 'attachment; filename="forfaits.csv"'


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1"])
def test_a_spreadsheet_runs_nothing(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_a_requester_sees_the_balance_and_no_movement(world: World, julie: Visitor) -> None:
    worked(world)
    said = text_of(julie.get("/hours"))
    assert "8 h 45 restantes sur 10 h" in said
    assert "Intervention de" not in said
    refusal = julie.get("/hours.csv")
    assert refusal.status_code == 403
    assert "ne permet pas cette action. Demandez-la à un valideur ou au référent du compte" in text_of(refusal)


def test_a_forfait_is_asked_for_in_one_click_and_taken_back(world: World, app: Flask) -> None:
    agnes = Visitor(app, world, "agnes")
    assert agnes.send("/hours", "/hours/ask_hours", hours="20").status_code == 302
    said = text_of(agnes.get("/hours"))
    assert "Forfait de 20 h demandé par Agnes, aujourd’hui à 12 h 41. Le support doit encore répondre." in said
    assert "Demander 10 h" not in said
    again = agnes.send("/hours", "/hours/ask_hours", hours="10")
    assert (again.status_code, "déjà demandé" in again.text) == (409, True)
    assert agnes.send("/hours", "/hours/withdraw_hours", request="1").status_code == 302
    assert "Demander 10 h" in text_of(agnes.get("/hours"))


@pytest.mark.parametrize("number", ["", "7", "-1", "x", "99999999999999999999"])
def test_a_request_that_is_not_there_is_not_taken_back(world: World, app: Flask, number: str) -> None:
    sent = Visitor(app, world, "agnes").send("/hours", "/hours/withdraw_hours", request=number)
    assert sent.status_code == 404


@pytest.mark.parametrize("hours", ["", "15", "dix", "-10", "²", "9" * 5000])
def test_what_is_not_on_sale_is_not_asked_for(world: World, app: Flask, hours: str) -> None:
    sent = Visitor(app, world, "agnes").send("/hours", "/hours/ask_hours", hours=hours)
    assert (sent.status_code, "n’est en vente" in sent.text) == (422, True)


def test_a_requester_asks_for_no_forfait(world: World, app: Flask, julie: Visitor) -> None:
    assert "Demander 10 h" not in text_of(julie.get("/hours"))
    agnes_page = Visitor(app, world, "agnes")
    assert agnes_page.get("/hours").status_code == 200
    assert julie.send("/portal", "/hours/ask_hours", hours="10").status_code == 403


def test_the_statement_is_a_document_for_who_answers_for_the_company(world: World, app: Flask, julie: Visitor) -> None:
    worked(world)
    sent = Visitor(app, world, "alain").get("/hours.pdf")
    assert (sent.mimetype, sent.data[:5]) == ("application/pdf", b"%PDF-")
    assert sent.headers["Content-Disposition"] == 'inline; filename="releve-d-heures.pdf"'
    assert julie.get("/hours.pdf").status_code == 403


def test_an_interim_report_is_asked_for_from_the_ticket(world: World, julie: Visitor) -> None:
    number = worked(world)
    julie.send(f"/tickets/{number}", f"/portal/tickets/{number}/ask_report", text="Pour ma direction")
    said = text_of(julie.get(f"/tickets/{number}"))
    assert "Un rapport d’étape est demandé" in said
    assert julie.send(f"/tickets/{number}", f"/portal/tickets/{number}/ask_report", text="").status_code == 409


def test_an_estimate_that_was_asked_for_is_awaited_until_support_gives_one(world: World, julie: Visitor) -> None:
    """An answer that the perimeter is not defined is one too, and it can be asked for anew."""
    number = deposited(world, item=CHARGED)
    page = f"/tickets/{number}"
    assert "Demander un temps estimatif" in text_of(julie.get(page))
    julie.send(page, f"/portal/tickets/{number}/ask_estimate", text="Combien ?")
    said = text_of(julie.get(page))
    assert "Un temps estimatif est demandé : il arrivera ici et par courriel." in said
    assert "Demander un temps estimatif" not in said
    who = technician_of(world, number)
    world.do(who, "2026-11-24 11:00", offer_estimate, number, perimeter="Quels états ?", minutes=None)
    assert "Demander un temps estimatif" in text_of(julie.get(page))


def test_the_same_words_sent_again_after_going_back_are_one_ticket(world: World, julie: Visitor) -> None:
    words = {"item": INCLUDED, "severity": "minor", "title": "Écart de stock", "description": "Le stock est faux."}
    first = julie.send("/portal", "/tickets", **words, once="une")
    again = julie.send("/portal", "/tickets", **words, once="autre")
    assert first.location == again.location
    assert count(world, Ticket) == 1


def test_what_was_changed_after_going_back_is_said_not_to_be_sent_and_then_makes_its_own_ticket(
    world: World, julie: Visitor
) -> None:
    words = {"item": INCLUDED, "severity": "minor", "title": "Écart de stock", "description": "Le stock est faux."}
    assert julie.send("/portal", "/tickets", **words, once="une").status_code == 302
    changed = words | {"description": "Le stock du magasin 2 est faux."}
    held = julie.send("/portal", "/tickets", **changed, once="une")
    assert held.status_code == 409
    assert "Cet envoi a déjà donné le ticket nº 1, et son contenu a changé depuis" in text_of(held)
    assert "Le stock du magasin 2 est faux." in held.text
    key = re.search(r'name="once" type="hidden" value="([^"]+)"', held.text)
    assert key
    assert julie.send("/portal", "/tickets", **changed, once=key[1]).location == "/tickets/2"
    assert count(world, Ticket) == 2


def test_the_clients_own_words_find_the_lines_with_who_pays(julie: Visitor) -> None:
    """Accents, case and plural aside; « imprimante » is a synonym of « Problème matériel »."""
    said = text_of(julie.get("/portal/lines?words=IMPRIMANTES"))
    assert "Problème matériel non traité par le support" in said
    said = text_of(julie.get("/portal/lines?words=mise a jour majeure"))
    assert said.startswith("De quoi s’agit-il ? Réalisation de mises à jour majeures décompté de votre forfait")


def test_words_that_find_nothing_leave_the_whole_list(julie: Visitor) -> None:
    said = text_of(julie.get("/portal/lines?words=zzzz"))
    assert "Aucune ligne du livret ne répond à ces mots : choisissez-la dans la liste." in said
    assert julie.get("/portal/lines?words=").text.count("<option") > 40


def test_without_javascript_the_search_brings_the_form_back_as_typed(world: World, julie: Visitor) -> None:
    sent = julie.send("/portal", "/tickets", words="imprimante", find="1", item=INCLUDED, severity="minor", **TYPED)
    assert (sent.status_code, count(world, Ticket)) == (200, 0)
    assert re.search(r'value="informatique_materiel"', sent.text)
    assert re.search(rf'value="{INCLUDED}" checked', sent.text)
    assert TYPED["title"] in sent.text
    assert 'value="imprimante"' in sent.text


def test_a_search_is_shown_as_typed_and_runs_nothing(julie: Visitor) -> None:
    page = julie.get("/portal?words=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in page


def test_a_disagreement_is_sent_with_the_deposit_and_said_on_the_ticket(world: World, julie: Visitor) -> None:
    sent = julie.send("/portal", "/tickets", item=CHARGED, severity="minor", contest="C’est inclus.", **TYPED)
    said = text_of(julie.get(sent.headers["Location"]))
    assert "Vous n’êtes pas d’accord : un répartiteur décide et vous répond." in said
    assert "Prise en charge contestée par Julie" in said
    assert "C’est inclus." in said


def test_a_disagreement_on_the_ticket_needs_its_reason(world: World, julie: Visitor) -> None:
    number = deposited(world, item=CHARGED)
    page = f"/tickets/{number}"
    empty = julie.send(page, f"/portal/tickets/{number}/contest", reason="")
    assert empty.status_code == 422
    assert "Le champ « Pourquoi vous n’êtes pas d’accord » est vide" in text_of(empty)
    sent = julie.send(page, f"/portal/tickets/{number}/contest", reason="C’est inclus.")
    assert sent.status_code == 302
    again = julie.send(page, f"/portal/tickets/{number}/contest", reason="Vraiment.")
    assert again.status_code == 409
    assert "déjà contestée" in text_of(again)
    assert "Vraiment." in text_of(again)


def test_a_search_that_finds_only_closed_tickets_leads_there(world: World, julie: Visitor) -> None:
    deposited(world, item=EXCLUDED)
    said = julie.get("/tickets?q=reappro")
    assert "Aucun ticket en cours ne répond à ces mots Voir les tickets clos (1) Déposer un ticket" in text_of(said)
    assert 'href="/tickets?closed=1&amp;q=reappro"' in said.text


def test_what_is_not_treated_is_reopened_for_what_was_missed(world: World, julie: Visitor) -> None:
    """Nothing there can have come back."""
    number = deposited(world, item=EXCLUDED)
    said = text_of(julie.get(f"/tickets/{number}"))
    assert "Un point nous a échappé ? Rouvrez en le précisant. Ce qui nous a échappé" in said
    assert "réapparaît" not in said
