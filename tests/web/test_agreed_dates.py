"""Dates that are agreed on the pages: the nearest free slots, calls that move, a chosen date, merged tickets."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from sla.desk.calls import call_back
from sla.desk.diary import free_slots
from sla.desk.owed_appointments import owed_appointments
from sla.desk.sessions import book_session
from tests.desk.kept import a_ticket, events, fire, in_hand, kinds, ticket, told
from tests.web.visitor import Visitor, text_of
from tests.worlds import World, paris

NOW = "2026-06-01 10:00"


pytestmark = pytest.mark.usefixtures("clock")


def slots(page: str) -> list[str]:
    """The values of the slots that a page offers, in order."""
    return re.findall(r'name="slot"[^>]*value="([^"]+)"', page) or re.findall(r'value="([^"]+)"[^>]*name="slot"', page)


def test_the_client_ticks_one_of_the_nearest_free_slots(world: World, julie: Visitor) -> None:
    number = in_hand(world)
    page = f"/tickets/{number}"
    offered = slots(julie.get(page).text)
    assert "aujourd’hui à 10 h 15" in text_of(julie.get(page))
    assert len(offered) == 6
    assert julie.send(page, f"/portal/tickets/{number}/call_back", slot=offered[2], note="").status_code == 302
    booked = [event for event in events(world, number) if event.kind == "call_booked"]
    assert [event.data["starts_at"] for event in booked] == [offered[2]]
    assert "Le rappel est convenu : lundi 1er juin à 13 h 30." in text_of(julie.get(page))


def test_another_instant_that_is_typed_wins_and_a_refused_one_comes_back(world: World, julie: Visitor) -> None:
    number = in_hand(world)
    page, action = f"/tickets/{number}", f"/portal/tickets/{number}/call_back"
    back = julie.send(page, action, slot="", starts_at="2026-06-02T12:20", note="Avant midi")
    assert back.status_code == 422
    assert "Commencé demain à 12 h 20, ce rendez-vous finirait à 12 h 35, après la fermeture : choisissez" in text_of(
        back
    )
    assert 'value="2026-06-02T12:20"' in back.text
    assert julie.send(page, action, starts_at="2026-06-02T11:20").status_code == 302


def test_the_client_moves_and_takes_back_its_own_call(world: World, julie: Visitor) -> None:
    number = in_hand(world)
    call = world.do("julie", "2026-06-01 09:50", call_back, number, starts_at="2026-06-02T14:00").id
    page = f"/tickets/{number}"
    there = f"/portal/tickets/{number}/calls/{call}"
    wrong = julie.send(page, f"{there}/move_call", call=str(call), starts_at="2026-06-06T10:00")
    assert (wrong.status_code, "Le support est fermé" in text_of(wrong)) == (422, True)
    assert "Ce que vous aviez écrit" not in wrong.text  # the form itself came back
    assert julie.send(page, f"{there}/move_call", call=str(call), starts_at="2026-06-03T10:00").status_code == 302
    moved = text_of(julie.get(page))
    assert "Le rappel est déplacé : mercredi 3 juin à 10 h 00." in moved
    assert "Rappel déplacé : demain à 14 h 00 → mer. 3, 10 h 00" in moved
    doubted = julie.send(page, f"{there}/cancel_call", call=str(call), reason="Mon code est 1234, réglé")
    assert doubted.status_code == 422
    assert "Mon code est 1234, réglé" in doubted.text
    assert f'id="cancel_call-sure-{call}" name="sure" type="hidden" value="1"' in doubted.text
    assert julie.send(page, f"{there}/cancel_call", call=str(call), reason="Réglé").status_code == 302
    assert kinds(world, number)[-2:] == ["call_moved", "call_cancelled"]


def test_the_client_moves_its_own_session(world: World, julie: Visitor) -> None:
    """Under the rules of a call: opening hours for the whole of it, the diary of whoever holds it, both told."""
    number = in_hand(world)
    session = world.do("clara", "2026-06-01 09:50", book_session, number, starts_at="2026-06-02T14:00").id
    page = f"/tickets/{number}"
    there = f"/portal/tickets/{number}/calls/{session}/move_session"
    assert "Déplacer la prise en main" in text_of(julie.get(page))
    wrong = julie.send(page, there, call=str(session), starts_at="2026-06-02T16:30", reason="Réunion")
    assert (wrong.status_code, "finirait à 17 h 30, après la fermeture" in text_of(wrong)) == (422, True)
    assert 'value="Réunion"' in wrong.text
    assert julie.send(page, there, call=str(session), starts_at="2026-06-03T10:00", reason="Réunion").status_code == 302
    assert "La prise en main est déplacée : mercredi 3 juin à 10 h 00." in text_of(julie.get(page))
    assert (kinds(world, number)[-1], ticket(world, number).state) == ("session_moved", "planned")
    assert sorted(told(world, f"call_moved:{session}")) == ["clara.fontaine", "julie"]


def test_the_dispatcher_s_board_offers_the_nearest_free_slots(world: World, diane: Visitor) -> None:
    """Of the ticket's technician, or of whom the dispatcher asks for by a link; the slot ticked says with whom."""
    number = in_hand(world)
    panel = diane.get(f"/board?ticket={number}").text
    mine = world.see("diane", NOW, free_slots, number)
    assert slots(panel[: panel.index("Réserver une prise en main")]) == [
        f"{each.starts_at.isoformat()}~{world.clara.id}" for each in mine
    ]
    asked = f"/board?ticket={number}&slots={world.mehdi.id}"
    assert f"slots={world.mehdi.id}" in panel
    offered = slots(diane.get(asked).text)
    assert {each.partition("~")[2] for each in offered} == {str(world.mehdi.id)}
    assert "Mehdi Haddad" in text_of(diane.get(asked))
    typed = {"slot": offered[0], "technician": str(world.clara.id), "note": "Avant midi"}
    done = diane.send(asked, f"/tickets/{number}/call_back?ticket={number}&from=board", **typed)
    assert done.location.startswith("/board?ticket=")
    [owed] = world.see("diane", NOW, owed_appointments, ticket=number)
    assert (owed.technician_id, owed.starts_at.isoformat()) == (world.mehdi.id, offered[0].partition("~")[0])
    later = {"slot": offered[0], "starts_at": "2026-06-02T15:00", "technician": str(world.clara.id), "minutes": "1h"}
    diane.send(asked, f"/tickets/{number}/book_session?ticket={number}&from=board", **later)
    assert world.see("diane", NOW, owed_appointments, ticket=number)[-1].technician_id == world.clara.id


def test_a_slot_that_is_gone_comes_back_on_the_board(world: World, diane: Visitor) -> None:
    number, other = in_hand(world), in_hand(world)
    offered = slots(diane.get(f"/board?ticket={number}").text)[0]
    world.do("marc", NOW, call_back, other, starts_at=offered.partition("~")[0], technician=world.clara.id)
    back = diane.send("/board", f"/tickets/{number}/call_back?ticket={number}&from=board", slot=offered, note="L’OF")
    assert back.status_code == 422
    assert f"(ticket nº {other}, convenu par Marc)" in text_of(back)
    assert 'value="L’OF"' in back.text


def test_another_company_s_call_is_not_moved_through_one_s_own_ticket(world: World, app: Flask) -> None:
    call = world.do("julie", "2026-06-01 09:50", call_back, in_hand(world), starts_at="2026-06-02T14:00").id
    mine = a_ticket(world, who="bruno")
    bruno = Visitor(app, world, "bruno")
    sent = bruno.send(
        f"/tickets/{mine}", f"/portal/tickets/{mine}/calls/{call}/move_call", starts_at="2026-06-03T10:00"
    )
    assert sent.status_code == 404


def test_the_client_chooses_a_date_and_goes_on_sooner(world: World, julie: Visitor) -> None:
    number = in_hand(world)
    page = f"/tickets/{number}"
    back = julie.send(page, f"/portal/tickets/{number}/wait_until", day="2026-05-31", text="")
    assert (back.status_code, "choisissez un jour après aujourd’hui" in text_of(back)) == (422, True)
    assert (
        julie.send(page, f"/portal/tickets/{number}/wait_until", day="2026-06-09", text="En congé").status_code == 302
    )
    said = text_of(julie.get(page))
    assert "C’est noté : nous reprenons mardi 9 juin à 9 h 00." in said
    assert "Nous reprenons mardi 9 juin à 9 h 00" in said
    assert "En pause jusqu’à la date que vous avez choisie" in said
    assert "Votre réponse est attendue" not in said
    assert "Reprend le mar. 9 juin, 9 h 00" in text_of(julie.get("/tickets"))
    assert "À votre tour" not in text_of(julie.get("/portal"))
    assert julie.send(page, f"/portal/tickets/{number}/resume").status_code == 302
    assert ticket(world, number).state == "in_progress"


def test_support_sets_the_date_and_its_page_says_when_it_goes_on(world: World, diane: Visitor) -> None:
    number = in_hand(world)
    page = f"/tickets/{number}"
    assert diane.send(page, f"{page}/wait_until", day="2026-06-09", text="").status_code == 302
    assert "et reprend mardi 9 juin à 9 h 00" in text_of(diane.get(page))
    fire(world, "2026-06-09 09:00")
    assert ticket(world, number).state == "in_progress"


@pytest.mark.parametrize("verb", [call_back, book_session])
def test_a_colleague_takes_an_appointment_over_at_its_instant(
    world: World, diane: Visitor, verb: Callable[..., object]
) -> None:
    """The instant stands in the form already; whose account is to be deactivated has nothing more to keep."""
    number, agreed = in_hand(world), {"starts_at": "2026-06-02T14:00", "technician": world.clara.id}
    made = world.do("diane", NOW, verb, number, **agreed)
    move = "move_call" if verb is call_back else "move_session"
    form = diane.get("/calls").text
    assert f'action="/calls/{made.id}/{move}?from=calls"' in form
    assert 'value="2026-06-02T14:00"' in form
    assert f"{world.clara.name}, sans changement" in form
    typed = {"starts_at": "2026-06-02T14:00", "reason": "Clara nous quitte", "technician": str(world.mehdi.id)}
    assert diane.send("/calls", f"/calls/{made.id}/{move}?from=calls", **typed).status_code == 302
    (owed,) = world.see("diane", NOW, owed_appointments)
    assert (owed.technician, owed.starts_at) == (world.mehdi.name, paris("2026-06-02 14:00"))


@pytest.mark.parametrize("typed", ["abc", "nº 999", "9" * 30, "0"])
def test_a_number_that_no_ticket_bears_comes_back_beside_its_field(world: World, diane: Visitor, typed: str) -> None:
    number = in_hand(world)
    answer = diane.send(f"/tickets/{number}", f"/tickets/{number}/merge", into=typed, reason="Même panne")
    assert (answer.status_code, "aucun ticket ne porte ce numéro" in text_of(answer)) == (422, True)
    assert f'value="{typed}"' in answer.text
    assert "Même panne" in answer.text


def test_support_books_moves_and_merges_from_the_ticket(world: World, diane: Visitor, julie: Visitor) -> None:
    number, kept = in_hand(world), in_hand(world)
    page = f"/tickets/{number}"
    offered = slots(diane.get(page).text)
    assert diane.send(page, f"{page}/book_session", slot=offered[-1], minutes="1h", technician="").status_code == 302
    call = world.do("clara", NOW, call_back, number, starts_at="2026-06-02T14:00").id
    moved = diane.send(page, f"/calls/{call}/move_call?from=ticket&ticket={number}", starts_at="2026-06-02T15:00")
    assert moved.status_code == 302
    assert diane.send(page, f"{page}/merge", into=f"nº\u00a0{kept}", reason="Doublon").status_code == 302
    assert ticket(world, number).merged_into == kept
    assert f"Regroupé avec le ticket nº {kept}" in text_of(diane.get(page))
    assert f"Ce ticket est regroupé avec le nº {kept}." in text_of(julie.get(page))
    stale = julie.send(f"/tickets/{kept}", f"/portal/tickets/{number}/comment", text="Alors ?")
    assert (stale.status_code, f"avec le nº {kept} : écrivez-y" in text_of(stale)) == (409, True)
    assert "Alors ?" in text_of(stale)


def test_a_technician_s_diary_is_read_elsewhere_at_a_secret_address(world: World, app: Flask) -> None:
    clara, nobody = Visitor(app, world, "clara"), Visitor(app, world)
    world.do("clara", "2026-06-01 09:50", book_session, in_hand(world), starts_at="2026-06-02T14:00")
    clara.send("/my-day", "/my-day/issue_feed")
    address = re.search(r"/diary/[\w-]+\.ics", text_of(clara.get("/my-day")))
    assert address is not None
    told = nobody.get(address[0])
    assert (told.status_code, told.mimetype, "DTSTART:20260602T120000Z" in told.text) == (200, "text/calendar", True)
    clara.send("/my-day", "/my-day/revoke_feed")
    assert nobody.get(address[0]).status_code == 404
    assert nobody.get("/diary/nothing.ics").status_code == 404
