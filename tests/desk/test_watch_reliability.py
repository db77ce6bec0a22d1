"""A manager is told when windows no longer hold as often as they claim."""

from datetime import timedelta

import pytest

from sla.desk.actor import SYSTEM
from sla.desk.answer import answer
from sla.desk.predict import VERSION
from sla.desk.reliability import Reliability, reliability
from sla.desk.watch_reliability import watch_reliability
from sla.errors import Forbidden
from sla.store.tables import FirstAnswer, Prediction, Ticket
from tests.desk.answered import answered_before
from tests.desk.kept import a_ticket, due, fire, told
from tests.worlds import World, paris

MINUTES = [60.0 * minute for minute in (5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17)]
"""What was told each time: 7 to 15 min, 8 times in 10."""


def was_told(world: World, waits_min: list[int], severity: str = "major") -> None:
    """Tickets deposited one a minute from 9:00 on 28 May, told alike, and answered after so many minutes."""
    answered_before(world, [wait * 60 for wait in waits_min], severity=severity, until=paris("2026-05-28 16:00"))
    with world.desk.database.writing() as session:
        for row in session.query(FirstAnswer).filter_by(severity=severity):
            grid = {"last_hundred": MINUTES}
            at = session.get_one(Ticket, row.ticket_id).deposited_at
            facts = {"low_at": at + timedelta(minutes=7), "high_at": at + timedelta(minutes=15), "confidence": 0.8}
            scene = {"backlog": 0, "severity": severity, "edition": 0, "newest": 0, "ahead": {}, "away": []}
            session.add(
                Prediction(
                    ticket_id=row.ticket_id,
                    at=at,
                    cause="deposited",
                    rule="last_hundred",
                    version=VERSION,
                    severity=severity,
                    expected_at=at + timedelta(minutes=11),
                    said=grid,
                    offers=grid,
                    scene=scene,
                    **facts,
                )
            )


def rated(world: World) -> Reliability:
    return world.see("marc", "2026-05-29 09:00", reliability)  # type: ignore[no-any-return]


def test_what_held_is_counted_by_severity(world: World) -> None:
    was_told(world, [10] * 8 + [30, 3])
    found = rated(world)
    assert (found.count, found.covered, found.claimed) == (10, 0.8, 0.8)
    assert found.since == paris("2026-05-28 15:28")  # the first told, half an hour before its answer came ninth
    assert [(each.severity, each.count, each.covered) for each in found.severities] == [("major", 10, 0.8)]
    assert dict(found.curve)[0.9] == 0.9
    assert found.rated[0].rule == "told"
    assert found.rated[0].error == (8 * 60 + 19 * 60 + 8 * 60) / 10


def test_fixed_quantiles_are_those_of_all_for_a_severity_that_had_none_yet(world: World) -> None:
    """Forty minor answers were known when the first window of a major one was told: after 20 min, all of them."""
    answered_before(world, [1200] * 40, severity="minor", until=paris("2026-05-27 16:00"))
    was_told(world, [10] * 5)
    found = {each.rule: each for each in rated(world).rated}
    assert found["static"].error == 600
    assert set(found) == {"told", "static", "rolling_mean", "last_wait", "last_hundred"}


def test_nothing_is_rated_before_anything_was_told(world: World) -> None:
    found = rated(world)
    assert (found.count, found.since, found.rated, found.answers, found.least) == (0, None, [], 0, 30)


@pytest.mark.parametrize(("late", "whom"), [(25, []), (34, ["marc"])])
def test_the_manager_is_told_once_a_week_that_windows_do_not_hold(world: World, late: int, whom: list[str]) -> None:
    """Of 90 windows, 65 that hold may be chance; 56 are not."""
    was_told(world, [10] * (90 - late) + [40] * late)
    for at in ("2026-05-28 17:00", "2026-05-29 09:00", "2026-06-01 09:00"):
        world.do(SYSTEM, at, watch_reliability)
    assert told(world, "reliability_drift:2026-05-25") == whom
    assert told(world, "reliability_drift:2026-06-01") == whom


def test_it_is_looked_at_on_the_working_day_after_answers_came(world: World) -> None:
    answered_before(world, [900] * 40)
    for at in ("2026-06-05 09:00", "2026-06-05 10:00"):
        number = a_ticket(world, at, title=f"Écran figé à {at}")
        world.do("clara", at.replace(":00", ":30"), answer, number, text="Bonjour")
    assert due(world, "reliability", 0) == [paris("2026-06-08 09:30")]
    assert fire(world, "2026-06-08 09:30") >= 1


def test_it_is_the_manager_s_to_read(world: World) -> None:
    for who in ("julie", "clara", "diane"):
        with pytest.raises(Forbidden):
            world.see(who, "2026-05-29 09:00", reliability)
