"""`answer`: the first one meets the first-response promise, whoever gives it."""

import pytest
from sqlalchemy import select

from sla.desk.answer import answer
from sla.desk.escalate import decline
from sla.errors import Forbidden, IllegalMove, Missing, NotFound
from sla.queue.expect.grid import Grid
from sla.queue.expect.loss import loss
from sla.store.tables import FirstAnswer, Prediction
from tests.desk.kept import CONSULTING, a_ticket, clock, due, kinds, refused, ticket, told
from tests.worlds import World, paris


@pytest.mark.parametrize(("at", "mark"), [("2026-06-01 11:00", "met"), ("2026-06-01 11:00:01", "missed")])
def test_at_the_very_deadline_it_is_met(world: World, at: str, mark: str) -> None:
    number = a_ticket(world)
    world.do("clara", at, answer, number, text="Bonjour")
    assert clock(world, number, "first_response").mark == mark
    assert told(world, f"answer:{number}") == ["julie"]


def test_a_technician_who_answers_has_begun(world: World) -> None:
    number = a_ticket(world)
    world.do("mehdi", "2026-06-01 09:10", answer, number, text="Bonjour")
    assert kinds(world, number)[-2:] == ["taken", "answered"]
    assert (ticket(world, number).state, ticket(world, number).technician_id) == ("in_progress", world.mehdi.id)


def test_a_dispatcher_who_answers_takes_nothing_from_the_plan(world: World) -> None:
    number = a_ticket(world)
    planned = ticket(world, number).technician_id
    world.do("diane", "2026-06-01 09:10", answer, number, text="On s’en occupe.")
    assert (ticket(world, number).state, ticket(world, number).technician_id) == ("assigned", planned)


def test_its_warnings_are_taken_back(world: World) -> None:
    number = a_ticket(world)
    world.do("clara", "2026-06-01 10:15", answer, number, text="Bonjour")
    # Half of the resolution's 14 h is reached at Monday's closing, and told in opening hours.
    assert due(world, "sla_level", number)[0] == paris("2026-06-02 09:00")


def test_the_prediction_is_scored_by_the_first_answer(world: World) -> None:
    number = a_ticket(world)
    world.do("clara", "2026-06-01 10:15", answer, number, text="Bonjour")
    world.do("clara", "2026-06-01 16:00", answer, number, text="Encore")
    with world.desk.database.reading() as session:
        kept = session.get_one(FirstAnswer, (number, paris("2026-06-01 09:00")))
        told = session.scalars(select(Prediction).where(Prediction.ticket_id == number)).one()
    assert (kept.answered_at, kept.wait_s) == (paris("2026-06-01 10:15"), 75 * 60)
    said = Grid(tuple(told.said["replay"]))
    assert kept.marks["replay"] == [said.level_of(75 * 60), loss(said, 75 * 60)]


def test_deployment_answers_what_was_handed_to_it(world: World) -> None:
    number = a_ticket(world, item=CONSULTING)
    world.do("paul", "2026-06-02 17:00", answer, number, text="Je vous propose une date.")
    assert clock(world, number, "deployment").mark == "met"
    assert (ticket(world, number).awaiting, due(world, "sla_level", number)) == (False, [])


def test_refusals(world: World) -> None:
    number, at = a_ticket(world), "2026-06-01 10:00"
    refused(world, Missing, "clara", at, answer, number, text="")
    refused(world, NotFound, "clara", at, answer, 999, text="x")
    refused(world, Forbidden, "julie", at, answer, number, text="x")
    refused(world, NotFound, "paul", at, answer, number, text="x")  # not handed to deployment
    world.do("diane", at, decline, number, reason="Hors contrat")
    refused(world, IllegalMove, "clara", at, answer, number, text="x")
