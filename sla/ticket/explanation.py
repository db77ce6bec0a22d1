"""« Pourquoi cette échéance ? »: what a clock has counted and what it has left out, from its start to its deadline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, pairwise

from sla.calendar import BusinessCalendar, Stretch
from sla.ticket.clock import Clock, ClockName, Mark
from sla.ticket.facts import Fact
from sla.ticket.fold import step
from sla.ticket.life import Life, Rules

PAUSES = {
    "question": ("Attente du client\u00a0: sa réponse", "Waiting for the client: an answer"),
    "estimate": ("Attente du client\u00a0: le temps estimatif", "Waiting for the client: the estimate"),
    "forfait": ("Attente du client\u00a0: un forfait d’heures", "Waiting for the client: prepaid hours"),
    "date": ("Date choisie par le client", "A date that the client chose"),
    "publisher": ("Attente de l’éditeur", "Waiting for the publisher"),
    "acceptance": ("Résolu\u00a0: la recette est au client", "Resolved: the client tries the work"),
}
OTHER = ("En attente", "Waiting")


@dataclass(frozen=True, slots=True)
class Explanation:
    """One clock, its last cycle. `spent`: from its start to now or to its end, counted or skipped, without a hole; what
    is counted there sums to what the clock has spent. `ahead`: from now to its deadline, if that is still to come."""

    clock: Clock
    spent: Sequence[Stretch]
    ahead: Sequence[Stretch]

    @property
    def stretches(self) -> list[Stretch]:
        return [*self.spent, *self.ahead]

    @property
    def spent_s(self) -> int:
        return sum(each.seconds for each in self.spent if each.counted)


def explain(
    history: Iterable[Fact], rules: Rules, hours: BusinessCalendar, name: ClockName, now: datetime
) -> Explanation:
    """`hours`: the calendar that this ticket's clocks count by, right for every instant before now; `now` is not before
    the last fact."""
    facts = list(history)
    lives = list(accumulate(facts, lambda life, fact: step(life, fact, rules), initial=Life()))[1:]
    clock = lives[-1].clock(name)
    if clock.started_at is None:
        return Explanation(clock, [], [])
    runs = [*clock.stretches, *([(clock.since, max(now, clock.since))] if clock.since else [])]
    end = now if clock.live else clock.ended_at or now
    turns = list(zip((fact.at for fact in facts), lives, strict=True))
    spent: list[Stretch] = []
    at = clock.started_at
    for begin, until in [*runs, (end, end)]:
        spent += _pauses(turns, at, begin)
        spent += hours.explain(begin, until) if until > begin else []
        at = max(at, until)
    due = clock.due_at if clock.mark is Mark.RUNNING else None
    return Explanation(clock, spent, hours.explain(now, due) if due and due > now else [])


def _pauses(turns: Sequence[tuple[datetime, Life]], begin: datetime, end: datetime) -> list[Stretch]:
    """The time in which a clock stood still, cut where what it waited for changed."""
    told: list[Stretch] = []
    for (since, life), (until, _) in pairwise([*turns, (end, turns[-1][1])]):
        start, stop = max(since, begin), min(until, end)
        if start >= stop:
            continue
        reason = life.waiting_for or ("acceptance" if life.accept_until else "")
        french, english = PAUSES.get(reason, OTHER)
        if told and told[-1].label == french:
            start = told.pop().start
        told.append(Stretch(start, stop, False, f"waiting_{reason}" if reason else "waiting", french, english))
    return told
