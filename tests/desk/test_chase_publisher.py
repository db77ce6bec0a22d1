"""One error at the publisher, behind several clients' tickets: followed up once, told to each, apart."""

import pytest

from sla.desk.answer import answer
from sla.desk.chase_publisher import FollowUpFar, announce_fix, chase_publisher, share_workaround
from sla.desk.portal_ticket import see_own_ticket
from sla.desk.publisher_errors import FollowedError, publisher_error, publisher_errors
from sla.desk.resolve import resolve
from sla.desk.take import take
from sla.desk.wait import resume, wait_for_publisher
from sla.errors import AlreadyDone, Forbidden, Missing, NotFound, Secret
from sla.store.tables import Message
from tests.desk.at_once import half_way, meanwhile
from tests.desk.kept import a_ticket, clock, due, events, fire, kinds, refused, ticket, told
from tests.worlds import World, paris

AT = "2026-06-01 10:00"
LATER = "2026-06-03 10:00"


def waiting(world: World, who: str = "julie", reference: str = "CEG-4711", severity: str = "major") -> int:
    number = a_ticket(world, who=who, severity=severity)
    world.do("clara", AT, take, number)
    world.do("clara", AT, answer, number, text="Je regarde.")
    world.do("clara", AT, wait_for_publisher, number, reference=reference)
    return number


def error(world: World, number: int = 1) -> FollowedError:
    found: FollowedError = world.see("clara", AT, publisher_error, number)
    return found


def test_tickets_that_wait_under_one_reference_are_behind_one_error(world: World) -> None:
    """However it is typed; another reference is another error."""
    julies, brunos = waiting(world), waiting(world, "bruno", "ceg 4711")
    sonias = waiting(world, "agnes", "CEG-4712")
    assert [each.id for each in error(world).tickets] == [julies, brunos]
    assert [each.id for each in error(world, 2).tickets] == [sonias]
    listed = world.see("diane", AT, publisher_errors)
    assert [(each.error.reference, each.waiting) for each in listed] == [("CEG-4711", 2), ("CEG-4712", 1)]
    assert [each.kind for each in error(world).news] == ["sent", "sent"]


def test_a_fix_is_told_to_each_on_its_own_ticket_and_those_that_waited_go_on(world: World) -> None:
    julies, brunos = waiting(world), waiting(world, "bruno")
    world.do("clara", LATER, announce_fix, 1, version="2026.2", text="À installer avant vendredi.")
    for number, contact in ((julies, "julie"), (brunos, "bruno")):
        assert kinds(world, number)[-2:] == ["answered", "resumed"]
        assert ticket(world, number).state == "in_progress"
        said = events(world, number)[-2]
        assert (said.text.splitlines()[0], said.data["fixed_in"]) == (
            "L’éditeur a corrigé l’erreur CEG-4711 dans la version 2026.2.",
            "2026.2",
        )
        assert told(world, f"publisher_fixed:{number}:") == [contact]
        assert clock(world, number, "resolution").mark == "running"
    assert (error(world).error.state, error(world).error.fixed_in, error(world).error.next_at) == (
        "fixed",
        "2026.2",
        None,
    )
    assert due(world, "publisher_follow_up", 1) == []
    assert [each.error.id for each in world.see("diane", AT, publisher_errors, state="fixed")] == [1]


def test_a_client_learns_nothing_of_the_others(world: World) -> None:
    """Neither on its ticket nor by mail: no name, no number, no count."""
    julies, brunos = waiting(world), waiting(world, "bruno")
    world.do("clara", LATER, chase_publisher, 1, note="Acme et Bolt attendent", told="Correction en cours.")
    world.do("clara", LATER, share_workaround, 1, text="Passez par le menu.")
    world.do("clara", LATER, announce_fix, 1, version="2026.2")
    for number, own, other in ((julies, "julie", "Bolt"), (brunos, "bruno", "Acme")):
        seen = world.see(own, LATER, see_own_ticket, number)
        shown = " ".join(f"{each.text} {each.data}" for each in seen.view.events)
        assert other not in shown
        assert "attendent" not in shown
        with world.desk.database.reading() as session:
            mails = [m for m in session.query(Message) if m.recipient.startswith(f"{own}@")]
        assert len(mails) >= 3
        foreign = f"nº\u00a0{brunos if own == 'julie' else julies}"
        assert not [m for m in mails if other in m.subject + m.body or foreign in m.subject + m.body]


def test_what_the_publisher_says_is_kept_and_told_where_it_is_meant_to_be(world: World) -> None:
    """News for clients are an answer; the next follow-up moves, and the old one never fires."""
    number = waiting(world)
    assert due(world, "publisher_follow_up", 1) == [paris("2026-06-08 10:00")]
    world.do(
        "clara", LATER, chase_publisher, 1, note="Reproduit chez eux", told="L’éditeur a reproduit l’erreur.", days=2
    )
    assert kinds(world, number)[-1] == "answered"
    assert told(world, f"answer:{number}") == ["julie", "julie"]
    assert due(world, "publisher_follow_up", 1) == [paris("2026-06-05 10:00")]
    world.do("clara", LATER, chase_publisher, 1, note="Rien de plus")
    assert kinds(world, number).count("answered") == 2
    assert due(world, "publisher_follow_up", 1) == [paris("2026-06-10 10:00")]
    fire(world, "2026-06-09 17:00")
    assert told(world, "publisher:1:") == []
    fire(world, "2026-06-10 10:00")
    assert told(world, "publisher:1:") == ["clara.fontaine"]


def test_each_technician_is_reminded_once_for_all_their_tickets(world: World) -> None:
    waiting(world), waiting(world, "bruno")
    fire(world, "2026-06-08 10:00")
    assert told(world, "publisher:1:") == ["clara.fontaine"]


def test_a_workaround_goes_to_every_ticket_that_goes_on_and_stays_with_the_error(world: World) -> None:
    open_, done = waiting(world, severity="blocking"), waiting(world, "bruno")
    world.do("clara", AT, resume, done)
    world.do("clara", AT, resolve, done, text="Contourné.")
    world.do("clara", LATER, share_workaround, 1, text="La base est verrouillée.", possible=False)
    assert kinds(world, open_)[-1] == "workaround_impossible"
    assert kinds(world, done)[-1] == "resolved"
    assert (error(world).error.workaround, error(world).error.no_workaround) == ("", "La base est verrouillée.")
    world.do("clara", LATER, share_workaround, 1, text="Passez par le menu.")
    assert (error(world).error.workaround, error(world).error.no_workaround) == ("Passez par le menu.", "")
    assert clock(world, open_, "workaround").mark in ("met", "missed")


def test_a_fix_that_does_not_hold_opens_the_error_again(world: World) -> None:
    number = waiting(world)
    world.do("clara", LATER, announce_fix, 1, version="2026.2")
    refused(world, AlreadyDone, "clara", LATER, announce_fix, 1, version="2026.3")
    world.do("clara", "2026-06-04 10:00", wait_for_publisher, number, reference="CEG-4711")
    assert (error(world).error.state, error(world).error.fixed_in) == ("open", "")
    assert due(world, "publisher_follow_up", 1) == [paris("2026-06-11 10:00")]
    assert [each.kind for each in error(world).news] == ["sent", "fixed", "sent"]


@pytest.mark.parametrize("days", [0, -1, 61])
def test_a_follow_up_comes_within_sixty_working_days(world: World, days: int) -> None:
    waiting(world)
    refused(world, FollowUpFar, "clara", AT, chase_publisher, 1, note="x", days=days)


def test_refusals(world: World) -> None:
    waiting(world)
    refused(world, Missing, "clara", AT, chase_publisher, 1, note=" ")
    refused(world, Secret, "clara", AT, chase_publisher, 1, note="mdp: abc")
    refused(world, Missing, "clara", AT, announce_fix, 1, version="")
    refused(world, Missing, "clara", AT, share_workaround, 1, text="")
    refused(world, NotFound, "clara", AT, announce_fix, 999, version="1")
    for who in ("julie", "paul"):
        refused(world, Forbidden, who, AT, announce_fix, 1, version="1")
        with pytest.raises(Forbidden):
            world.see(who, AT, publisher_error, 1)


def test_a_ticket_that_is_linked_while_the_fix_is_announced_is_told_too(pg_world: World) -> None:
    """Announced while the second ticket's wait is half-way: it is waited for, and that ticket resumes as well."""
    first, second = waiting(pg_world), a_ticket(pg_world, who="bruno")
    pg_world.do("clara", AT, take, second)
    pg_world.do("clara", AT, answer, second, text="Je regarde.")
    with half_way(pg_world, "clara", LATER, wait_for_publisher, second, reference="CEG-4711"):
        announcing, _ = meanwhile(lambda: pg_world.do("diane", LATER, announce_fix, 1, version="2026.2"))
    announcing.join()
    assert error(pg_world).error.state == "fixed"
    assert [kinds(pg_world, each)[-1] for each in (first, second)] == ["resumed", "resumed"]
