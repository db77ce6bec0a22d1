"""`assign`, `unpin`: a dispatcher's choice, obeyed until it is taken back."""

from sla.desk.assign import assign, unpin
from sla.desk.people import be_absent
from sla.desk.take import next_for
from sla.errors import Forbidden, IllegalMove, NotFound, NotMastered, Overtaken, Secret, TooLong
from tests.desk.kept import NETWORK, USAGE, a_ticket, events, in_hand, refused, ticket, told
from tests.worlds import World

AT = "2026-06-01 10:00"


def test_a_pin_is_obeyed_and_says_who_and_why(world: World) -> None:
    number = a_ticket(world)
    world.do("diane", AT, assign, number, technician=world.yann.id, reason=" Il connaît ce client. ")
    kept, last = ticket(world, number), events(world, number)[-1]
    assert (kept.technician_id, kept.pinned, kept.begun, kept.state) == (world.yann.id, True, False, "assigned")
    assert last.data["reasons"] == [{"code": "chosen_by", "who": "Diane", "why": "Il connaît ce client."}]
    assert not last.public
    assert told(world, f"assigned:{number}") == ["yann.lebihan"]
    assert world.see("clara", AT, next_for, world.clara.id) is None
    assert world.see("yann", AT, next_for, world.yann.id).reasons[0].code == "pinned"


def test_unpinned_the_plan_chooses_again(world: World) -> None:
    number = a_ticket(world)
    world.do("diane", AT, assign, number, technician=world.yann.id)
    facts = {"starts_at": "2026-06-01T09:00", "ends_at": "2026-06-06T00:00", "label": "Congés"}
    world.do("diane", AT, be_absent, world.yann.id, **facts)
    world.do("diane", AT, unpin, number)
    kept = ticket(world, number)
    assert not kept.pinned
    assert kept.technician_id in (world.clara.id, world.mehdi.id)
    assert events(world, number)[-1].data["reasons"][0]["code"] == "masters"


def test_unpinned_work_in_progress_stays_where_it_is(world: World) -> None:
    number = in_hand(world)
    world.do("diane", AT, assign, number, technician=world.yann.id)
    world.do("diane", AT, unpin, number)
    assert ticket(world, number).technician_id == world.yann.id


def test_two_dispatchers_at_once_the_second_is_told_who_was_first(world: World) -> None:
    number = a_ticket(world)
    seen = ticket(world, number).seq
    world.do("diane", AT, assign, number, technician=world.yann.id, seen_seq=seen)
    refusal = refused(world, Overtaken, "marc", AT, assign, number, technician=world.clara.id, seen_seq=seen)
    assert "Diane a modifié le ticket nº\u00a01 entre-temps (affecté)" in refusal.sentence("fr")


def test_refusals(world: World) -> None:
    number, usage = a_ticket(world), a_ticket(world, item=USAGE)
    refusal = refused(world, NotMastered, "diane", AT, assign, usage, technician=world.mehdi.id)
    names = "Clara Fontaine, Sandrine Vidal, Yann Le Bihan"
    assert refusal.sentence("fr") == (
        f"Mehdi Haddad ne maîtrise pas l’utilisation courante\u00a0: choisissez parmi {names}."
    )
    assert refusal.sentence("en") == f"Mehdi Haddad does not master everyday use: choose among {names}."
    refused(world, Forbidden, "clara", AT, assign, number, technician=world.clara.id)
    refused(world, Forbidden, "julie", AT, unpin, number)
    refused(world, NotFound, "diane", AT, assign, 999, technician=world.clara.id)
    refused(world, NotFound, "diane", AT, assign, number, technician=world.diane.id)
    refused(world, NotFound, "diane", AT, assign, number, technician=999)
    refused(world, TooLong, "diane", AT, assign, number, technician=world.clara.id, reason="x" * 501)
    refused(world, IllegalMove, "diane", AT, assign, a_ticket(world, item=NETWORK), technician=world.mehdi.id)
    refused(world, NotFound, "diane", AT, unpin, 999)


def test_a_reason_that_gives_a_code_is_refused(world: World) -> None:
    """The technician is mailed it, and the history keeps it."""
    number, mehdi = a_ticket(world), world.people["mehdi"].id
    text = "mot de passe : Azerty12"
    refused(world, Secret, "diane", "2026-06-01 09:10", assign, number, technician=mehdi, reason=text)
