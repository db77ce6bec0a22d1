"""What a client is told to expect: the guaranteed deadline alone until 30 answers are known, then a window too."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from sla.desk.answer import answer
from sla.desk.assign import assign
from sla.desk.people import be_absent
from sla.desk.predict import VERSION, Expected, expect
from sla.desk.ticket_view import see_ticket
from sla.desk.wait import wait_for_client
from sla.store.tables import Person, Prediction
from tests.desk.answered import RULES, answered_before
from tests.desk.kept import ERROR, a_ticket
from tests.worlds import World, paris

TEN_TO_FORTY = [60 * (10 + index % 31) for index in range(62)]


def expected(world: World, at: str, severity: str = "major") -> Expected:
    return world.see("julie", at, expect, item=ERROR, severity=severity, level="maintenance")  # type: ignore[no-any-return]


def seen(world: World, number: int, at: str, who: str = "julie") -> Expected:
    told: Expected | None = world.see(who, at, see_ticket, number).expected
    assert told is not None
    return told


def predictions(world: World, number: int) -> list[Prediction]:
    with world.desk.database.reading() as session:
        query = select(Prediction).where(Prediction.ticket_id == number).order_by(Prediction.id)
        return list(session.scalars(query))


def test_before_the_deposit_the_clock_s_start_and_the_promise_are_told(world: World) -> None:
    told = expected(world, "2026-05-22 18:00")
    assert (told.starts_at, told.due_at) == (paris("2026-05-26 09:00"), paris("2026-05-26 11:00"))
    assert told.expected_at == paris("2026-05-26 09:15")  # 15 min of work, as soon as the desk opens
    assert told.window is None


@pytest.mark.parametrize(("known", "claimed"), [(0, False), (29, False), (30, True)])
def test_a_window_is_claimed_from_thirty_answers_on(world: World, known: int, claimed: bool) -> None:
    answered_before(world, TEN_TO_FORTY[:known])
    assert (expected(world, "2026-06-01 09:00").window is not None) is claimed


def test_the_window_is_that_of_the_same_severity_s_last_answers(world: World) -> None:
    """Major ones took 10 to 40 min, each alike: 13 to 37 min, said by five minutes."""
    answered_before(world, TEN_TO_FORTY)
    answered_before(world, [3600 * 5] * 40, severity="minor", until=paris("2026-05-28 12:00"))
    told = expected(world, "2026-06-01 09:00")
    assert told.window is not None
    assert (told.window.low, told.window.high) == (paris("2026-06-01 09:15"), paris("2026-06-01 09:35"))
    assert told.window.confidence == 0.8
    minor = expected(world, "2026-06-01 09:00", "minor").window
    assert minor is not None
    assert (minor.low, minor.high) == (paris("2026-06-01 15:00"), paris("2026-06-01 15:05"))


def test_with_a_hundred_judged_answers_who_lost_least_is_believed_and_calibrated(world: World) -> None:
    """The replay says 15 min; answers came at the ends of what it said alike, beyond it by 12 min at most."""
    levels = [0.98 + 0.12 * index for index in range(101)]
    for index, level in enumerate(levels):
        marks = {"replay": [level, 100.0], "similar": [0.5, 300.0], "last_hundred": [0.5, 200.0]}
        answered_before(world, [900], marks=marks, until=paris("2026-05-29 12:00") + timedelta(seconds=index))
    number = a_ticket(world, "2026-06-01 09:00")
    told = predictions(world, number)[0]
    assert (told.rule, told.version, told.cause) == ("replay", VERSION, "deposited")
    # 10 % and 90 % of the levels: 1.98 and 11.9 times a minute, the spread of what was certain.
    assert (told.low_at, told.high_at) == (paris("2026-06-01 09:15"), paris("2026-06-01 09:25"))


def test_what_was_told_is_kept_whole_and_a_second_look_says_the_same(world: World) -> None:
    """Stored is replayed: the same rows at the same instant give the same words."""
    answered_before(world, TEN_TO_FORTY, marks={rule: [0.5, 60.0] for rule in RULES})
    number = a_ticket(world, "2026-06-01 09:03")
    kept, again = predictions(world, number)[0], seen(world, number, "2026-06-01 09:03")
    assert again.window is not None
    assert (kept.low_at, kept.high_at, kept.confidence) == (
        again.window.low,
        again.window.high,
        again.window.confidence,
    )
    assert kept.expected_at == again.expected_at
    assert set(kept.said) == set(kept.offers) == set(RULES)
    assert kept.scene["backlog"] == 0


def test_no_look_ahead_an_answer_that_has_not_come_teaches_nothing(world: World) -> None:
    answered_before(world, TEN_TO_FORTY[:30], until=paris("2026-06-01 12:00"))
    assert expected(world, "2026-06-01 11:00").window is None
    assert expected(world, "2026-06-01 12:00").window is not None


def test_nothing_is_expected_of_what_is_answered_or_waits_for_its_client(world: World) -> None:
    answered_before(world, TEN_TO_FORTY)
    number = a_ticket(world, "2026-06-01 09:00")
    world.do("clara", "2026-06-01 09:05", wait_for_client, number, text="Quelle version ?")
    told = world.see("julie", "2026-06-01 09:06", see_ticket, number).expected
    assert told is None or told.window is None
    world.do("clara", "2026-06-01 09:10", answer, number, text="Voilà")
    assert world.see("julie", "2026-06-01 09:11", see_ticket, number).expected is None


def test_what_has_waited_is_told_what_is_left(world: World) -> None:
    """Of the waits of 10 to 40 min, a ticket that has waited 30 has those over 30 before it: 1 to 10 min more."""
    answered_before(world, TEN_TO_FORTY)
    number = a_ticket(world, "2026-06-01 09:00")
    told = seen(world, number, "2026-06-01 09:30").window
    assert told is not None
    assert (told.low, told.high) == (paris("2026-06-01 09:30"), paris("2026-06-01 09:40"))


def test_a_request_that_waits_longer_than_any_has_only_its_guarantee(world: World) -> None:
    answered_before(world, TEN_TO_FORTY)
    number = a_ticket(world, "2026-06-01 09:00")
    told = seen(world, number, "2026-06-01 09:45")
    assert (told.window, told.due_at) == (None, paris("2026-06-01 11:00"))


def test_nothing_is_claimed_of_what_only_those_long_away_can_do(world: World) -> None:
    """Mehdi and Yann alone master updates. Away for two days they come back to it; for six weeks nobody can say."""
    answered_before(world, TEN_TO_FORTY)
    for days, claimed in ((2, True), (42, False)):
        until = paris("2026-06-01 09:00") + timedelta(days=days)
        for who in ("mehdi", "yann"):
            away = {"starts_at": "2026-06-01T08:00", "ends_at": until, "label": "Congés"}
            world.do("marc", "2026-05-29 17:00", be_absent, world.people[who].id, **away)
        told = world.see(
            "julie", "2026-06-01 09:00", expect, item="mise_a_disposition", severity="major", level="maintenance"
        )
        assert (told.window is not None) is claimed
        assert told.due_at == paris("2026-06-01 11:00")


def test_nothing_is_claimed_of_what_is_pinned_to_who_has_left(world: World) -> None:
    answered_before(world, TEN_TO_FORTY)
    number = a_ticket(world, "2026-06-01 09:00")
    world.do("diane", "2026-06-01 09:01", assign, number, technician=world.people["clara"].id)
    assert seen(world, number, "2026-06-01 09:02").window is not None
    with world.desk.database.writing() as session:
        session.get_one(Person, world.people["clara"].id).active = False
    assert seen(world, number, "2026-06-01 09:02").window is None
