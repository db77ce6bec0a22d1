"""What happens on the desk: who deposits what and when, and what the dispatcher does about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sla.contract.forfait import QUARTER, quarters_left
from sla.contract.service_item import Coverage
from sla.demo.cast import Cast, Firm
from sla.demo.courses import asked, called, networked, plain, published, requalified, worked_around
from sla.demo.offers import beyond, deployed, estimated, excluded, overrun, visited
from sla.demo.shift import Shift
from sla.demo.stage import Stage
from sla.demo.telling import Course, Live, Telling
from sla.demo.words import Request, requests
from sla.desk.answer import answer
from sla.desk.deposit import deposit
from sla.desk.escalate import decline
from sla.desk.estimates import ask_estimate
from sla.desk.ledger import forfaits_of
from sla.desk.office import Tx
from sla.ticket.states import State

COURSES: Mapping[str, Callable[[Telling], Course]] = {
    "": plain,
    "asked": asked,
    "publisher": published,
    "workaround": worked_around,
    "call": called,
    "session": visited,
    "estimate": estimated,
    "over": beyond,
    "overrun": overrun,
    "network": networked,
    "requalified": requalified,
    "excluded": excluded,
    "deployment": deployed,
}
RESERVE_MINUTES = 75
"""What a company keeps of its hours: it asks for nothing that would take more."""
RECENT = 8
"""A request is not made again among so many."""

CONSUMING_SHARE = 0.7
"""How often a company with hours left may ask for work that consumes them."""


@dataclass
class Plot:
    stage: Stage
    cast: Cast
    chance: Random
    tellings: dict[int, Telling] = field(default_factory=dict)
    shifts: dict[str, Shift] = field(default_factory=dict)
    deck: list[Request] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)
    calm_from: datetime | None = None
    """From then on nobody asks by chance for what takes days: what is alive at the end is put there on purpose."""

    def someone_asks(self) -> None:
        """A company, and the next request that it would make."""
        firms = self.cast.firms
        firm = self.chance.choices(firms, [each.weight for each in firms])[0]
        request = self._draw(firm)
        if request is not None:
            self.ask(firm, request)

    def _draw(self, firm: Firm) -> Request | None:
        """From a shuffled deck, so that the same request doesn't come twice before the others have."""
        left = self._minutes_left(firm) if self.chance.random() < CONSUMING_SHARE else 0
        found = next((each for each in self.deck if self._suits(each, left)), None)
        if found is None:
            fresh = list(requests())
            self.chance.shuffle(fresh)
            self.deck.extend(fresh)
            found = next((each for each in self.deck if self._suits(each, left)), None)
        if found is not None:
            self.deck.remove(found)
        return found

    def _suits(self, request: Request, minutes_left: int) -> bool:
        """Whether a company with these minutes left would ask it now."""
        if self._calm and request.story not in ("", "excluded"):
            return False
        if request in self.asked[-RECENT:]:
            return False
        free = self.stage.desk.settings.catalogue.get(request.item).coverage != Coverage.TMA
        return free or minutes_left >= request.minutes + RESERVE_MINUTES

    def _minutes_left(self, firm: Firm) -> int:
        """On its forfaits, less what it has asked for already."""
        if not firm.draws_on_hours:
            return 0
        asked = sum(each.words.minutes for each in self.tellings.values() if each.firm is firm and not each.over)
        return QUARTER * self.stage.see(self.cast.manager, quarters_left_of, firm.id) - asked

    def ask(self, firm: Firm, request: Request, live: Live | None = None, story: str | None = None) -> Telling:
        """A deposit, and the course that follows it."""
        who = firm.someone(self.chance)
        self.asked.append(request)
        live = live or self._by_chance()
        telling = Telling(self.stage, self.cast, firm, who, request.drawn(self.chance), self.chance, live)
        words = telling.words
        facts: dict[str, Any] = {"item": words.item, "severity": words.severity, "title": words.title}
        ticket = self.stage.do(who, deposit, description=words.description, **facts)
        telling.number = ticket.id
        self.tellings[ticket.id] = telling
        telling.course = COURSES[self._story(request) if story is None else story](telling)
        if ticket.state in (State.TO_DEPLOYMENT, State.DECLINED):
            telling.go_on()
        elif ticket.state in (State.NEW, State.WAITING_CLIENT):
            self.stage.later(self.stage.minutes(self.chance.randint(25, 60)), lambda: self._decide(telling))
        elif request.story == "estimate" and self.chance.random() < 0.5:
            asked_at = self.stage.at + timedelta(seconds=self.chance.randint(40, 160))
            self.stage.later(asked_at, lambda: self.how_long(telling))
        return telling

    def _story(self, request: Request) -> str:
        """A request with a question is asked back half the time."""
        if request.story:
            return request.story
        return "asked" if request.question and self.chance.random() < 0.5 and not self._calm else ""

    def _by_chance(self) -> Live:
        """Some clients ask where things stand, and are left without news for too long."""
        if self._calm or self.chance.random() > 0.14:
            return Live()
        return Live(chase_at=self.stage.minutes(self.chance.randint(120, 500)))

    @property
    def _calm(self) -> bool:
        return self.calm_from is not None and self.stage.at >= self.calm_from

    def how_long(self, telling: Telling) -> None:
        telling.client(ask_estimate, text=telling.say("estimate_asked"))

    def _decide(self, telling: Telling) -> None:
        """The dispatcher says what follows where a contract or a forfait is wanting."""
        state, dispatcher = telling.state, self.cast.dispatcher
        if state == State.NEW:
            self.stage.do(dispatcher, decline, telling.number, reason=telling.say("no_contract"))
        elif state == State.WAITING_CLIENT:
            self.stage.do(dispatcher, answer, telling.number, text=telling.say("no_hours"))


def quarters_left_of(tx: Tx, company: int) -> int:
    return quarters_left(forfaits_of(tx, company), tx.today)


def timetable(stage: Stage, start: datetime, end: datetime, chance: Random) -> list[datetime]:
    """Deposits at any hour: eight to eleven on a working day, one or two on any other."""
    found: list[datetime] = []
    for n in range((stage.day(end) - stage.day(start)).days + 1):
        day = stage.day(start) + timedelta(days=n)
        count = chance.randint(8, 11) if stage.hours.open_day(day) else chance.randint(1, 2)
        midnight = stage.desk.settings.midnight(day)
        found.extend(midnight + timedelta(seconds=_second_of_day(chance)) for _ in range(count))
    return sorted(at for at in found if start <= at <= end)


def _second_of_day(chance: Random) -> int:
    begin, end = chance.choices(((8, 12), (13, 18), (18, 23), (0, 8)), (45, 40, 10, 5))[0]
    return chance.randrange(begin * 3600, end * 3600)
