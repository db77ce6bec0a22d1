"""`note`: internal, never seen by the client, meeting no promise, holding no secret."""

import pytest

from sla.desk.note import note
from sla.desk.ticket_view import see_ticket
from sla.errors import Forbidden, Missing, NotFound, Secret
from tests.desk.kept import CONSULTING, a_ticket, clock, events, refused
from tests.worlds import World


def test_a_note_stays_inside(world: World) -> None:
    number = a_ticket(world)
    before = clock(world, number, "first_response")
    world.do("clara", "2026-06-01 09:10", note, number, text="Client pressé.")
    assert not events(world, number)[-1].public
    assert clock(world, number, "first_response").due_at == before.due_at
    assert "noted" not in [event.kind for event in world.see("julie", "2026-06-01 09:20", see_ticket, number).events]
    assert "noted" in [event.kind for event in world.see("clara", "2026-06-01 09:20", see_ticket, number).events]


@pytest.mark.parametrize("text", ["mot de passe : Azerty12", "MDP=x", "le code SUPERVISEUR est 4321", "password is x"])
def test_a_note_that_gives_a_code_is_refused(world: World, text: str) -> None:
    refused(world, Secret, "clara", "2026-06-01 09:10", note, a_ticket(world), text=text)


def test_a_note_may_say_that_a_code_is_ready(world: World) -> None:
    number = a_ticket(world)
    world.do("clara", "2026-06-01 09:10", note, number, text="Accès SUPERVISEUR disponible.")
    assert events(world, number)[-1].text == "Accès SUPERVISEUR disponible."


def test_refusals(world: World) -> None:
    number, at = a_ticket(world), "2026-06-01 10:00"
    refused(world, Missing, "clara", at, note, number, text="")
    refused(world, Forbidden, "julie", at, note, number, text="x")
    refused(world, NotFound, "clara", at, note, 999, text="x")
    world.do("paul", at, note, a_ticket(world, item=CONSULTING), text="Vu.")
    refused(world, NotFound, "paul", at, note, number, text="x")
