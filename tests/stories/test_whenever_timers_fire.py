"""Hours around the end of a forfait: what is left and owed is by the dates of work, of validity and of the act. It is
the same whether the clock's own acts came in time, or after all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from sla.desk.correct_work import correct_work
from sla.desk.hours import buy_hours, correct_hours
from sla.desk.ledger import forfaits_of, owed_by
from sla.desk.qualify import qualify
from sla.desk.work import work
from sla.errors import Refused
from sla.store.tables import Intervention, TimeEntry
from tests.desk.kept import ERROR, USAGE, a_ticket, fire
from tests.worlds import NewWorld, World, paris

LAST_DAY, DAY_AFTER, JUST_GONE = date(2027, 1, 4), date(2027, 1, 5), date(2027, 1, 12)
"""Acme's forfait of 10 h ends on a Monday; the five open days of grace end on Monday the 11th."""
OVER = "2027-02-10 18:00"
LONG = settings().max_examples > 1000


@dataclass(frozen=True)
class Act:
    """`day`: the date of the act; it happens at 10:00 and as many minutes as acts were before it."""

    day: date
    verb: str
    amount: int = 0


def acts(*verbs: str) -> st.SearchStrategy[Act]:
    days = st.integers(-1, 11).map(lambda n: LAST_DAY + timedelta(days=n))
    return st.builds(Act, days, st.sampled_from(verbs), st.integers(1, 8))


@dataclass
class Life:
    """The first ticket has 8 quarter-hours of December, the last was deposited on the last day; `rest` are left then.
    `next_from`: when the next forfait begins, None without one."""

    world: World
    rest: int
    next_from: date | None

    def begin(self) -> None:
        world = self.world
        self.first = a_ticket(world, "2026-12-07 08:00", item=USAGE)
        world.do("clara", "2026-12-07 12:00", work, self.first, minutes=120)
        self.last = a_ticket(world, f"{LAST_DAY} 08:00", item=USAGE)
        if self.rest < 32:
            world.do(
                "marc", f"{LAST_DAY} 08:01", correct_hours, world.forfait, quarters=self.rest - 32, reason="Repris"
            )
        if self.next_from is not None:
            world.do("marc", f"{LAST_DAY} 08:02", buy_hours, self.acme, hours=10, first_day=self.next_from)

    @property
    def acme(self) -> int:
        return self.world.companies["acme"]

    def act(self, what: Act, number: int) -> str:
        at, minutes = f"{what.day} 10:{number:02d}", 15 * what.amount
        try:
            if what.verb == "gives_back":
                self.world.do("diane", at, qualify, self.first, reason="Erreur du logiciel", item=ERROR)
            elif what.verb == "puts_right":
                entry = self.newest_of(self.first)
                self.world.do("clara", at, correct_work, entry, minutes=minutes, reason="Mal tapé")
            elif what.verb == "types_late":
                start = paris(f"{LAST_DAY} 08:30") - timedelta(hours=number + 1)
                self.world.do("clara", at, work, self.last, minutes=min(60, minutes), started_at=start)
            elif what.verb == "works_since":
                start = paris(f"{what.day} 00:00") + timedelta(hours=number)
                self.world.do("clara", at, work, self.last, minutes=min(60, minutes), started_at=start)
            elif what.verb == "adds":
                self.world.do("marc", at, correct_hours, self.world.forfait, quarters=what.amount, reason="Geste")
            elif what.verb == "takes":
                self.world.do("marc", at, correct_hours, self.world.forfait, quarters=-what.amount, reason="Repris")
            else:
                self.world.do("marc", at, buy_hours, self.acme, hours=10)
        except Refused as refusal:
            return refusal.code
        return what.verb

    def newest_of(self, ticket: int) -> int:
        query = select(func.max(TimeEntry.id)).join(Intervention).where(Intervention.ticket_id == ticket)
        with self.world.desk.database.reading() as session:
            return session.scalars(query).one()

    def account(self) -> tuple[list[int], int]:
        packs = self.world.see("diane", OVER, forfaits_of, self.acme)
        return [pack.balance_quarters for pack in packs], int(self.world.see("diane", OVER, owed_by, self.acme))


def lived(world: World, rest: int, next_from: date | None, done: Sequence[Act], *, on_time: bool) -> Any:
    life = Life(world, rest, next_from)
    life.begin()
    said = []
    for number, what in enumerate(sorted(done, key=lambda act: act.day)):
        if on_time:
            fire(world, f"{what.day} 10:{number:02d}")
        said.append(life.act(what, number))
    fire(world, OVER)
    return said, life.account()


VERBS = ("gives_back", "puts_right", "types_late", "works_since", "adds", "takes", "buys")


@pytest.mark.parametrize("new_world", ["sqlite"], indirect=True)
@example(8, None, [Act(JUST_GONE, verb, 4) for verb in ("types_late", "adds", "gives_back")])
@example(0, JUST_GONE, [Act(DAY_AFTER, "works_since", 4), Act(JUST_GONE, "buys")])
@given(
    st.integers(0, 10),
    st.sampled_from([None, date(2027, 1, 1), DAY_AFTER, JUST_GONE, date(2027, 1, 15)]),
    st.lists(acts(*VERBS), min_size=1, max_size=5),
)
@settings(max_examples=100 if LONG else 1, suppress_health_check=list(HealthCheck))
def test_hours_are_the_same_whether_timers_fire_in_time_or_late(
    new_world: NewWorld, rest: int, next_from: date | None, done: list[Act]
) -> None:
    """`rest`: what is left on the last day."""
    with new_world() as timely, new_world() as late:
        assert lived(timely, rest, next_from, done, on_time=True) == lived(late, rest, next_from, done, on_time=False)
