"""What was told is looked at again while the answer is awaited, and told anew, with its reason, once it has moved."""

from sqlalchemy import select

from sla.desk.actor import SYSTEM
from sla.desk.answer import answer
from sla.desk.assign import assign, unpin
from sla.desk.foretell import foretell
from sla.desk.hours import buy_hours
from sla.desk.people import be_absent
from sla.desk.predict import Expected
from sla.desk.qualify import qualify
from sla.desk.reopen import reopen
from sla.desk.resolve import resolve
from sla.desk.scene import scene
from sla.desk.ticket_view import see_ticket
from sla.desk.wait import wait_until
from sla.errors import Forbidden
from sla.store.tables import FirstAnswer, Prediction
from sla.wording import change
from tests.desk.answered import answered_before
from tests.desk.kept import ERROR, NETWORK, USAGE, a_ticket, due, fire, refused
from tests.worlds import World, paris

AT = "2026-06-01 09:00"


def judged(world: World) -> None:
    """A hundred answers that came where the replay had said, so that it is believed as it is."""
    for index in range(100):
        marks = {"replay": [(index + 1) / 101, 60.0], "similar": [0.5, 900.0], "last_hundred": [0.5, 900.0]}
        answered_before(world, [900], marks=marks, until=paris("2026-05-29 12:00"))


def told(world: World, number: int) -> list[Prediction]:
    with world.desk.database.reading() as session:
        query = select(Prediction).where(Prediction.ticket_id == number).order_by(Prediction.id)
        return list(session.scalars(query))


def seen(world: World, number: int, at: str, who: str = "julie") -> Expected:
    found: Expected | None = world.see(who, at, see_ticket, number).expected
    assert found is not None
    return found


def three_of_bolt(world: World, at: str) -> None:
    """Blocking, and more than Clara and Yann do at once."""
    for number in range(6):
        a_ticket(world, at, who="bruno", severity="blocking", title=f"Arrêt de la ligne {number}")


def test_it_is_looked_at_every_half_hour_of_the_desk(world: World) -> None:
    judged(world)
    number = a_ticket(world, "2026-06-01 12:15")
    assert due(world, "expectation", number) == [paris("2026-06-01 13:45")]
    fire(world, "2026-06-01 13:45")
    assert due(world, "expectation", number) == [paris("2026-06-01 14:15")]


def test_below_thirty_answers_nothing_was_told_and_nothing_is_looked_at(world: World) -> None:
    assert due(world, "expectation", a_ticket(world)) == []


def test_what_stands_is_not_told_again(world: World) -> None:
    judged(world)
    number = a_ticket(world, "2026-05-31 12:00")  # a Sunday
    world.do(SYSTEM, "2026-05-31 14:00", foretell, number)
    assert [each.cause for each in told(world, number)] == ["deposited"]


def test_urgent_requests_of_others_move_it_and_are_said_without_their_names(world: World) -> None:
    judged(world)
    number = a_ticket(world, AT, severity="minor")
    first = told(world, number)[0]
    three_of_bolt(world, "2026-06-01 09:05")
    now = seen(world, number, "2026-06-01 09:06")
    assert now.window is not None
    assert first.high_at is not None
    assert now.window.high > first.high_at
    assert now.change is not None
    said = change(now.change).replace("\u00a0", " ")
    assert said == "Plus tard qu’annoncé : six demandes bloquantes sont arrivées."
    assert "Bolt" not in said
    world.do(SYSTEM, "2026-06-01 09:06", foretell, number)
    assert [each.cause for each in told(world, number)] == ["deposited", "moved"]
    # What stands now is what was told last; why it had moved is still said.
    assert seen(world, number, "2026-06-01 09:06").change == now.change


def test_an_absence_moves_it(world: World) -> None:
    judged(world)
    for index in range(6):
        a_ticket(world, "2026-06-01 08:00", who="bruno", title=f"Rien ne va {index}")
    number = a_ticket(world, AT)
    for who in ("clara", "yann", "sandrine"):
        away = {"starts_at": "2026-06-01T09:00", "ends_at": "2026-06-03T17:00", "label": "Maladie"}
        world.do("marc", "2026-06-01 09:01", be_absent, world.people[who].id, **away)
    moved = seen(world, number, "2026-06-01 09:02").change
    assert moved is not None
    assert change(moved).replace("\u00a0", " ") == "Plus tard qu’annoncé : trois techniciens sont absents."


def test_an_answered_ticket_is_looked_at_no_more(world: World) -> None:
    judged(world)
    number = a_ticket(world, AT)
    world.do("clara", "2026-06-01 09:10", answer, number, text="Bonjour")
    fire(world, "2026-06-01 12:00")
    assert due(world, "expectation", number) == []
    assert len(told(world, number)) == 1


def test_only_the_clock_looks_again(world: World) -> None:
    number = a_ticket(world)
    refused(world, Forbidden, "marc", "2026-06-01 10:00", foretell, number)


def first_answer(world: World, number: int) -> FirstAnswer:
    """The last that it got."""
    query = select(FirstAnswer).where(FirstAnswer.ticket_id == number).order_by(FirstAnswer.asked_at.desc()).limit(1)
    with world.desk.database.reading() as session:
        return session.scalars(query).one()


def test_a_date_that_the_client_chose_pauses_what_is_told_and_not_the_looks(world: World) -> None:
    """Nobody can say when an answer comes while it is the client's turn; from the day it chose on, it is told again."""
    judged(world)
    number = a_ticket(world, AT)
    world.do("julie", "2026-06-01 09:10", wait_until, number, day="2026-06-03")
    assert seen(world, number, "2026-06-02 10:00").window is None
    fire(world, "2026-06-02 10:00")
    assert due(world, "expectation", number) == [paris("2026-06-02 10:30")]
    fire(world, "2026-06-03 09:00")
    fire(world, "2026-06-03 10:00")
    rows = told(world, number)
    assert [each.cause for each in rows] == ["deposited", "moved"]
    assert rows[-1].low_at is not None
    assert rows[-1].low_at >= paris("2026-06-03 09:00")


def test_what_waited_for_hours_is_told_a_window_as_it_comes_to_the_queue(world: World) -> None:
    """No window while the company has none; from the sale on it is told one, looked at again, and scored by the wait
    since then: the client's own is nobody's experience of support."""
    judged(world)
    number = a_ticket(world, AT, who="bruno", item=USAGE)
    assert (told(world, number), due(world, "expectation", number)) == ([], [])
    world.do("marc", "2026-06-03 09:00", buy_hours, world.companies["bolt"], hours=10)
    assert [(each.cause, each.at) for each in told(world, number)] == [("deposited", paris("2026-06-03 09:00"))]
    assert due(world, "expectation", number) == [paris("2026-06-03 09:30")]
    world.do("sandrine", "2026-06-03 09:20", answer, number, text="Bonjour")
    scored = first_answer(world, number)
    assert (scored.wait_s, scored.asked_at) == (20 * 60, paris("2026-06-03 09:00"))
    assert set(scored.marks) == {"replay", "similar", "last_hundred"}


def test_a_declined_one_taken_back_is_told_anew(world: World) -> None:
    """Its looks had ended with it; a new cycle owes a first answer again."""
    judged(world)
    number = a_ticket(world, AT)
    world.do("diane", "2026-06-01 09:05", qualify, number, reason="Réseau", item=NETWORK)
    fire(world, "2026-06-01 12:00")
    assert due(world, "expectation", number) == []
    world.do("diane", "2026-06-02 09:00", qualify, number, reason="Une erreur, finalement", item=ERROR)
    assert [(each.cause, each.at) for each in told(world, number)][1:] == [("deposited", paris("2026-06-02 09:00"))]
    assert due(world, "expectation", number) == [paris("2026-06-02 09:30")]
    world.do("clara", "2026-06-02 09:10", answer, number, text="Bonjour")
    assert first_answer(world, number).wait_s == 600


def test_given_back_to_the_plan_it_is_not_told_twice(world: World) -> None:
    """What was told at the deposit stays what is scored."""
    judged(world)
    number = a_ticket(world, AT)
    world.do("diane", "2026-06-01 09:05", assign, number, technician=world.people["yann"].id, reason="Il connaît")
    world.do("diane", "2026-06-01 09:06", unpin, number)
    assert [each.cause for each in told(world, number)] == ["deposited"]
    assert due(world, "expectation", number) == [paris("2026-06-01 09:30")]


def test_one_reopened_after_months_waits_from_then_in_the_replay_as_in_the_plan(world: World) -> None:
    """It does not come before all else for the age of its first deposit, and is told when an answer is expected."""
    judged(world)
    number = a_ticket(world, "2025-12-01 09:00")
    world.do("clara", "2025-12-01 09:10", answer, number, text="Bonjour")
    world.do("clara", "2025-12-01 09:20", resolve, number, text="Corrigé")
    fire(world, "2026-05-29 17:00")
    world.do("julie", AT, reopen, number, text="Ça recommence.")
    assert [job.since for job in world.see(SYSTEM, AT, scene).waiting] == [0.0]
    assert [each.at for each in told(world, number)][-1] == paris(AT)
    assert due(world, "expectation", number) == [paris("2026-06-01 09:30")]


def test_the_answer_to_one_reopened_after_its_window_is_scored_by_what_was_told_then(world: World) -> None:
    """Its first cycle's answer stays what it was; another answer within a cycle is no first one."""
    judged(world)
    number = a_ticket(world, "2025-12-01 09:00")
    world.do("clara", "2025-12-01 09:10", answer, number, text="Bonjour")
    world.do("clara", "2025-12-01 09:20", resolve, number, text="Corrigé")
    fire(world, "2026-05-29 17:00")
    world.do("julie", AT, reopen, number, text="Ça recommence.")
    world.do("clara", "2026-06-01 09:25", answer, number, text="Je reprends.")
    world.do("clara", "2026-06-01 09:40", answer, number, text="J’y suis.")
    with world.desk.database.reading() as session:
        kept = session.scalars(
            select(FirstAnswer).where(FirstAnswer.ticket_id == number).order_by(FirstAnswer.asked_at)
        )
        assert [(each.asked_at, each.wait_s) for each in kept] == [
            (paris("2025-12-01 09:00"), 600),
            (paris(AT), 25 * 60),
        ]
    assert set(first_answer(world, number).marks) == {"replay", "similar", "last_hundred"}


def test_below_thirty_answers_too_the_wait_is_counted_from_the_deposit(world: World) -> None:
    """Nothing was told then, and being given back to the plan is no new beginning."""
    number = a_ticket(world, AT)
    world.do("diane", "2026-06-01 09:05", assign, number, technician=world.people["yann"].id, reason="Il connaît")
    world.do("diane", "2026-06-01 09:30", unpin, number)
    assert [each.at for each in told(world, number)] == [paris(AT)]
    world.do("clara", "2026-06-01 10:00", answer, number, text="Bonjour")
    assert first_answer(world, number).wait_s == 3600


def test_declined_and_taken_back_at_once_it_has_one_look_ahead(world: World) -> None:
    judged(world)
    number = a_ticket(world, AT)
    world.do("diane", "2026-06-01 09:05", qualify, number, reason="Réseau", item=NETWORK)
    world.do("diane", "2026-06-01 09:10", qualify, number, reason="Une erreur, finalement", item=ERROR)
    assert [each.at for each in told(world, number)] == [paris(AT), paris("2026-06-01 09:10")]
    assert due(world, "expectation", number) == [paris("2026-06-01 09:30")]
