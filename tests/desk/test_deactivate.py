"""Who leaves signs in no more, and leaves nothing that is nobody's."""

from threading import Thread

import pytest
from sqlalchemy import select

from sla.desk.actor import SYSTEM
from sla.desk.answer import answer
from sla.desk.assign import assign
from sla.desk.calendar_edits import AddPeriod
from sla.desk.calls import call_back, hold_call
from sla.desk.deactivate import StillNeeded, deactivate, reactivate
from sla.desk.deposit import deposit
from sla.desk.edit_calendar import edit_calendar
from sla.desk.escalate import escalate
from sla.desk.estimate_decision import accept_estimate
from sla.desk.estimates import offer_estimate
from sla.desk.keys import actor_of, check_token, issue_key
from sla.desk.office import Tx
from sla.desk.people import add_person
from sla.desk.qualify import qualify
from sla.desk.running_work import start_work, stop_work
from sla.desk.sight import ticket_in_sight
from sla.desk.users import users
from sla.desk.wait import wait_until
from sla.errors import AlreadyDone, BadCredentials, Forbidden, NotFound
from sla.store.tables import Person
from tests.desk.at_once import half_way, meanwhile
from tests.desk.kept import a_ticket, fire, in_hand, kinds, refused, ticket, told
from tests.worlds import World, paris

AT, LATER = "2026-06-01 10:00", "2026-06-01 11:00"


def why_not(world: World, who: str) -> str:
    met = refused(world, StillNeeded, "marc", LATER, deactivate, world.people[who].id)
    return met.sentence().replace("\u00a0", " ")


def test_what_a_technician_has_not_begun_goes_back_to_the_plan(world: World) -> None:
    """A pin to someone who has gone no longer holds."""
    number = a_ticket(world)
    world.do("diane", AT, assign, number, technician=world.clara.id, pinned=True)
    world.do("marc", LATER, deactivate, world.clara.id)
    kept = ticket(world, number)
    assert kept.technician_id not in (None, world.clara.id)
    assert (kept.state, kept.pinned, kinds(world, number)[-2:]) == ("assigned", False, ["unpinned", "assigned"])
    assert ticket(world, a_ticket(world, LATER)).technician_id != world.clara.id


def test_what_they_have_begun_or_agreed_on_is_given_to_a_colleague_first(world: World) -> None:
    number = in_hand(world)
    call = world.do("diane", AT, call_back, number, starts_at="2026-06-01T10:30")
    world.do("clara", AT, start_work, number)
    assert why_not(world, "clara").endswith("désactivé : son minuteur tourne sur le ticket nº 1.")
    world.do("clara", "2026-06-01 10:40", stop_work, number)
    assert "des rendez-vous sont à tenir (ticket nº 1)" in why_not(world, "clara")
    world.do("clara", "2026-06-01 10:45", hold_call, call.id)
    assert "des tickets sont en cours (nº 1), affectez-les d’abord à un collègue" in why_not(world, "clara")
    world.do("diane", LATER, assign, number, technician=world.mehdi.id)
    world.do("marc", LATER, deactivate, world.clara.id)
    assert ticket(world, number).technician_id == world.mehdi.id


def test_their_sign_in_their_tokens_and_their_mails_end(world: World) -> None:
    token = world.do("clara", AT, issue_key, world.clara.id, purpose="api", minutes=None)
    world.do("marc", LATER, deactivate, world.clara.id)
    for read, facts in ((actor_of, world.clara.id), (check_token, token)):
        with pytest.raises(BadCredentials):
            world.see(SYSTEM, LATER, read, facts)
    world.do("marc", LATER, reactivate, world.clara.id)
    assert world.see(SYSTEM, LATER, actor_of, world.clara.id).id == world.clara.id
    with pytest.raises(BadCredentials):  # a token that was out of their hands is issued anew
        world.see(SYSTEM, LATER, check_token, token)


def test_a_contact_leaves_its_tickets_to_who_follows_the_account(world: World) -> None:
    number = in_hand(world)
    world.do("marc", AT, deactivate, world.julie.id)
    world.do("clara", LATER, answer, number, text="C’est corrigé.")
    assert told(world, f"answer:{number}") == ["julie", "agnes"]  # of before, and of now
    assert [each.tickets for each in world.see("marc", LATER, users) if each.person.id == world.julie.id] == [1]


def test_whatever_their_contact_would_have_read_of_its_tickets_goes_there_too(world: World) -> None:
    """Not only answers: a date, a call, hours that were edited, a severity, an estimate."""
    number = in_hand(world)
    world.do("marc", AT, deactivate, world.julie.id)
    call = world.do("diane", AT, call_back, number, starts_at="2026-06-03T10:30")
    assert told(world, f"call_booked:{call.id}") == ["agnes", "clara.fontaine"]
    closed = AddPeriod("closures", paris("2026-06-02 09:00"), paris("2026-06-02 17:00"), "Inventaire")
    world.do("marc", LATER, edit_calendar, closed, reason="Inventaire", notify=True)
    assert told(world, "calendar:2") == ["agnes"]
    fire(world, "2026-06-03 10:29")
    assert told(world, f"call_reminder:{call.id}")[-2:] == ["clara.fontaine", "agnes"]
    world.do("clara", "2026-06-03 10:45", hold_call, call.id)
    world.do("clara", "2026-06-03 11:30", wait_until, number, day="2026-06-10")
    assert told(world, f"date_chosen:{number}") == ["agnes"]
    world.do("diane", "2026-06-03 12:00", qualify, number, severity="minor", reason="Gêne moindre.")
    assert told(world, f"requalified:{number}") == ["agnes"]
    world.do("clara", "2026-06-03 12:10", offer_estimate, number, minutes=60, perimeter="La reprise des articles")
    assert (told(world, "estimate:1"), told(world, "estimate_asks")) == (["alain", "agnes"], [])
    world.do("alain", "2026-06-03 12:20", accept_estimate, number)
    assert told(world, "estimate_answered:1") == ["agnes"]


def test_a_company_is_not_left_without_anybody_who_follows_its_tickets(world: World) -> None:
    facts = {"item": "erreurs", "severity": "major", "title": "Écran figé", "description": "Rien ne répond."}
    world.do("bruno", AT, deposit, **facts)
    assert "personne d’autre ne suivrait ses tickets (nº 1), ajoutez d’abord un référent" in why_not(world, "bruno")
    who = {"name": "Béa", "email": "bea@bolt.test", "role": "client", "portal_role": "account"}
    world.do("marc", LATER, add_person, **who, company=world.companies["bolt"])
    assert world.do("marc", LATER, deactivate, world.bruno.id).active is False


def test_what_was_handed_over_keeps_somebody_at_the_deployment_desk(world: World) -> None:
    """Without a request in hand, its last account may go."""
    number = in_hand(world)
    world.do("diane", AT, escalate, number, reason="Un flux entier.")
    assert "n’aurait les demandes du service déploiement (nº 1), ajoutez-lui d’abord un compte" in why_not(
        world, "paul"
    )
    other = {"name": "Lise", "email": "lise@desk.test", "role": "deployment"}
    lise = world.do("marc", LATER, add_person, **other)
    assert world.do("marc", LATER, deactivate, world.paul.id).active is False
    met = refused(world, StillNeeded, "marc", LATER, deactivate, lise.id)
    assert "would have what the deployment desk took over (1)" in met.sentence("en")


def test_a_deployment_desk_with_nothing_in_hand_may_be_closed(world: World) -> None:
    a_ticket(world)
    assert world.do("marc", LATER, deactivate, world.paul.id).active is False


def test_two_managers_who_deactivate_each_other_leave_one(pg_world: World) -> None:
    other = pg_world.do("marc", AT, add_person, name="Nina", email="nina@desk.test", role="manager").id
    with half_way(pg_world, "marc", LATER, deactivate, other):
        second, outcome = meanwhile(lambda: pg_world.do(SYSTEM, LATER, deactivate, pg_world.marc.id))
    second.join()
    assert [type(each) for each in outcome] == [StillNeeded]


def test_who_is_being_deactivated_is_assigned_nothing(pg_world: World) -> None:
    number = a_ticket(pg_world)
    with half_way(pg_world, "marc", LATER, deactivate, pg_world.mehdi.id):
        second, outcome = meanwhile(lambda: pg_world.do("diane", LATER, assign, number, technician=pg_world.mehdi.id))
    second.join()
    assert [type(each) for each in outcome] == [NotFound]


def test_whoever_has_their_ticket_may_still_want_them(pg_world: World) -> None:
    """Tickets are waited for before their technician is locked: nobody waits in a ring."""
    number, begun = a_ticket(pg_world), list[Thread]()
    pg_world.do("diane", AT, assign, number, technician=pg_world.clara.id)

    def assigned_meanwhile(tx: Tx) -> None:
        ticket_in_sight(tx, number, lock=True)
        begun.append(meanwhile(lambda: pg_world.do("marc", LATER, deactivate, pg_world.clara.id))[0])
        free = select(Person.id).where(Person.id == pg_world.clara.id).with_for_update(key_share=True, nowait=True)
        assert tx.session.scalar(free) == pg_world.clara.id

    with half_way(pg_world, "diane", LATER, assigned_meanwhile):
        pass
    begun[0].join()
    assert ticket(pg_world, number).technician_id != pg_world.clara.id


def test_refusals(world: World) -> None:
    assert "c’est le vôtre" in why_not(world, "marc")
    last = refused(world, StillNeeded, SYSTEM, LATER, deactivate, world.marc.id)
    assert "c’est le dernier compte de responsable" in last.sentence()
    refused(world, NotFound, "marc", AT, deactivate, 999)
    refused(world, AlreadyDone, "marc", AT, reactivate, world.diane.id)
    world.do("marc", AT, deactivate, world.diane.id)
    refused(world, AlreadyDone, "marc", AT, deactivate, world.diane.id)
    for who in ("clara", "agnes", "paul"):
        for verb in (deactivate, reactivate):
            refused(world, Forbidden, who, AT, verb, world.yann.id)
