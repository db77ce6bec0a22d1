"""One row of a log → the facts that it adds to a ticket's history, by the desk's own legal moves."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from sla.desk.log_rows import Fate, Log, LogRow, Outcome, Unfit
from sla.store.tables import Event
from sla.ticket.clock import ClockName
from sla.ticket.facts import Kind
from sla.ticket.fold import step
from sla.ticket.life import Life, Rules
from sla.ticket.states import OPEN, WAITING, State, allows

INTERNAL = frozenset({Kind.NOTED, Kind.ASSIGNED, Kind.RESUMED})
SPOKEN = frozenset({Kind.ANSWERED, Kind.COMMENTED, Kind.NOTED, Kind.RESOLVED})
"""Facts that are shown with a text; the log has none but the activity's name, which every event keeps in its data."""
REASONS = {Kind.WAITING_CLIENT: "question", Kind.WAITING_PUBLISHER: "publisher", Kind.TRANSFERRED: "log"}


@dataclass(frozen=True, slots=True)
class Scribe:
    """How rows of one log become events: `technicians` maps their names there to people here."""

    log: Log
    technicians: Mapping[str, int]
    rules: Rules

    def write(self, life: Life, row: LogRow) -> tuple[Life, list[Event]]:
        """The ticket after this row, and the events to add; raises Unfit, nothing being half done."""
        if row.kind is Kind.TAKEN and not row.technician:
            raise Unfit(Fate.NO_TECHNICIAN)
        events: list[Event] = []
        for kind in (*self._before(life, row), *self._own(life, row)):
            life = self._add(events, life, row, kind)
        if row.kind is Kind.TAKEN and self.log.taken_answers and _owes_response(life):
            life = self._add(events, life, row, Kind.ANSWERED)
        return life, events

    def _before(self, life: Life, row: LogRow) -> Iterator[Kind]:
        """What must have happened for the row to be so, where the log is known to leave it unsaid."""
        log, state = self.log, life.state
        if state is None and log.first_is_deposit and row.kind is not Kind.DEPOSITED:
            yield Kind.DEPOSITED
            state = State.NEW
        if row.kind is Kind.TAKEN and state in WAITING and log.taken_resumes:
            yield Kind.RESUMED
        if row.kind is Kind.TAKEN and state in (State.RESOLVED, State.CLOSED) and log.taken_reopens:
            yield Kind.REOPENED
        if row.kind is Kind.CLOSED and state in OPEN and log.closed_resolves:
            yield Kind.RESOLVED

    def _own(self, life: Life, row: LogRow) -> Iterator[Kind]:
        if row.kind is not None:
            yield row.kind
        elif life.state is not None or not self.log.first_is_deposit:
            raise Unfit(Fate.IGNORED)

    def _add(self, events: list[Event], life: Life, row: LogRow, kind: Kind) -> Life:
        if not allows(life.state, kind):
            raise Unfit(Fate.ILLEGAL, life.state or "")
        event = Event(at=row.at, kind=kind, public=kind not in INTERNAL, text=row.activity if kind in SPOKEN else "")
        event.data = {"activity": row.activity, "by": row.technician, **self._facts(life, row, kind)}
        event.author_id = self.technicians.get(row.technician)
        event.author = row.technician or self.log.source
        events.append(event)
        return step(life, event, self.rules)

    def _facts(self, life: Life, row: LogRow, kind: Kind) -> dict[str, Any]:
        """What the fold reads of each kind."""
        log = self.log
        if kind is Kind.DEPOSITED:
            return {"item": log.item, "severity": log.severity, "level": log.level, "by_support": False}
        if kind is Kind.TAKEN:
            return {"technician": self.technicians[row.technician]}
        if kind is Kind.REQUALIFIED:
            return {"severity": row.severity, "before": {"severity": life.severity}}
        if kind is Kind.WAITING_PUBLISHER:
            return {"reason": REASONS[kind], "reference": "non reprise"}
        return {"reason": REASONS[kind]} if kind in REASONS else {}


def _owes_response(life: Life) -> bool:
    return life.clock(ClockName.FIRST_RESPONSE).live or life.clock(ClockName.NEXT_RESPONSE).live


@dataclass(slots=True)
class Merger:
    """One ticket's history as it stands (empty for a new ticket), and the rows of a file set against it.

    A row that the history holds is known. One that comes after the whole of it is added. One that would have to be put
    in between is left out: history only grows at its end.
    """

    scribe: Scribe
    history: Sequence[Event]
    life: Life = field(init=False)
    before: Life = field(init=False)
    added: list[Event] = field(default_factory=list)

    def take(self, rows: Sequence[LogRow]) -> list[Outcome]:
        """What becomes of each row; `added` and `life` then hold what the ticket gains."""
        rules = self.scribe.rules
        lives = list(accumulate(self.history, lambda life, fact: step(life, fact, rules), initial=Life()))
        self.before = self.life = lives[-1]
        places = {_key(event): place for place, event in enumerate(self.history, start=1) if "by" in event.data}
        last_known = max((index for index, row in enumerate(rows) if row.key in places), default=-1)
        outcomes, place = [], 0
        for index, row in enumerate(rows):
            if row.key in places:
                place = max(place, places[row.key])
                outcomes.append(Outcome(row.line, Fate.KNOWN))
                continue
            place = max(place, bisect_left(self.history, row.at, key=lambda event: event.at))
            at_end = index > last_known and (not self.history or row.at >= self.history[-1].at)
            outcomes.append(self._new(row, None if at_end else lives[place]))
        return outcomes

    def _new(self, row: LogRow, amid: Life | None) -> Outcome:
        """`amid`: the ticket as it was at the row's place, when that is not the end of its history."""
        try:
            life, events = self.scribe.write(self.life if amid is None else amid, row)
        except Unfit as unfit:
            return Outcome(row.line, unfit.fate, unfit.detail)
        if amid is not None:
            return Outcome(row.line, Fate.TOO_LATE)
        self.life = life
        self.added.extend(events)
        return Outcome(row.line, Fate.IMPORTED)


def _key(event: Event) -> tuple[Any, str, str]:
    return event.at, event.data["activity"], event.data["by"]
