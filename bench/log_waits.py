"""The waits of another desk's log, predicted at each deposit from what had come by then; the log is given by its path.

CSV with `ticket,at,activity,technician`, local time without an offset. A ticket's first event stands for its deposit;
dates on which nothing happened are closed.
"""

import csv
import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.expect_scores import Scores
from sla.calendar import BusinessCalendar
from sla.queue.expect.choice import LAST_HUNDRED, Answer, Told, marks, tell
from sla.queue.expect.grid import Grid
from sla.queue.expect.plain import last_hundred, last_wait, rolling_mean
from sla.queue.expect.similar import Request, similar

ROME = ZoneInfo("Europe/Rome")
HOURS = [("07:30", "11:45"), ("12:45", "16:45")]
LEARNED = 0.7
GOALS = {"taken in charge": "Take in charge ticket", "resolved": "Resolve ticket"}
OURS = "told"


@dataclass(frozen=True, slots=True)
class LogTicket:
    """`by`: who registered it, which is all that the log says of a ticket at its deposit."""

    at: datetime
    by: str
    reached: datetime | None


Events = list[tuple[datetime, dict[str, str]]]


def events(path: Path) -> Events:
    """Every row with its instant, in order of time."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(datetime.fromisoformat(row["at"]).replace(tzinfo=ROME), row) for row in csv.DictReader(file)]
    return sorted(rows, key=lambda each: each[0])


def by_ticket(rows: Events) -> list[Events]:
    histories: dict[str, Events] = {}
    for at, row in rows:
        histories.setdefault(row["ticket"], []).append((at, row))
    return list(histories.values())


def read(path: Path, activity: str) -> tuple[list[LogTicket], BusinessCalendar]:
    """In order of deposit."""
    rows = events(path)
    tickets = [_ticket(each, activity) for each in by_ticket(rows)]
    return sorted(tickets, key=lambda each: each.at), calendar_of(rows)


def _ticket(history: Events, activity: str) -> LogTicket:
    reached = next((at for at, row in history if row["activity"] == activity), None)
    return LogTicket(history[0][0], history[0][1]["technician"], reached)


def calendar_of(rows: Events) -> BusinessCalendar:
    """Dates on which nothing happened are closed."""
    lived = {at.date() for at, _ in rows}
    first, last = min(lived), max(lived)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    weekly = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS)
    closed = [_closure(day) for day in every if day not in lived]
    return BusinessCalendar("Europe/Rome", weekly, closures=closed)


def _closure(day: date) -> tuple[datetime, datetime, str]:
    begin = datetime(day.year, day.month, day.day, tzinfo=ROME)
    return begin, begin + timedelta(days=1), "rien ne s’est passé"


@dataclass(slots=True)
class Replayed:
    """The log walked in order of time; an answer is known once it has come."""

    hours: BusinessCalendar
    scores: Scores = field(default_factory=Scores)
    answers: list[Answer] = field(default_factory=list)
    requests: list[tuple[Request, float]] = field(default_factory=list)
    coming: list[tuple[datetime, int, "Asked"]] = field(default_factory=list)
    static: Grid | None = None
    unanswered: int = 0
    waiting: int = 0

    def walk(self, tickets: list[LogTicket]) -> None:
        learned = int(len(tickets) * LEARNED)
        for number, ticket in enumerate(tickets):
            self._come(ticket.at)
            if number == learned:
                self.static = Grid.of([each.wait for each in self.answers])
            self._ask(number, ticket, scored=number >= learned)
        self._come(None)

    def _come(self, until: datetime | None) -> None:
        while self.coming and (until is None or self.coming[0][0] <= until):
            at, _, asked = heapq.heappop(self.coming)
            self.waiting -= 1
            self._answered(asked, self.hours.between(asked.at, at).total_seconds())

    def _ask(self, number: int, ticket: LogTicket, *, scored: bool) -> None:
        local = ticket.at.astimezone(ROME)
        request = Request((ticket.by,), local.hour + local.minute / 60, self.waiting)
        asked = Asked(ticket.at, request, *self._said(request), scored)
        self.waiting += 1
        if ticket.reached is None:
            self.unanswered += scored
            return
        heapq.heappush(self.coming, (ticket.reached, number, asked))

    def _said(self, request: Request) -> tuple[dict[str, Grid], Told | None, dict[str, Grid]]:
        if not self.answers:
            return {}, None, {}
        waits = [each.wait for each in self.answers[-100:]]
        said = {"similar": similar(request, self.requests), LAST_HUNDRED: last_hundred(waits)}
        naive = {
            "static quantiles": self.static or last_hundred(waits),
            "rolling mean of the last 10": rolling_mean(waits),
            "last wait": last_wait(waits),
            "last 100": last_hundred(waits),
        }
        return said, tell(said, "", self.answers), naive

    def _answered(self, asked: "Asked", wait: float) -> None:
        offers = asked.told.offers if asked.told is not None else asked.said
        self.answers.append(Answer("", wait, marks(asked.said, offers, wait)))
        self.requests.append((asked.request, wait))
        if asked.scored and asked.told is not None:
            calibrated = {f"{rule}, calibrated": grid for rule, grid in asked.told.offers.items()}
            self.scores.add("", {**asked.naive, **calibrated, OURS: asked.told.grid}, wait)


@dataclass(frozen=True, slots=True)
class Asked:
    at: datetime
    request: Request
    said: dict[str, Grid]
    told: Told | None
    naive: dict[str, Grid]
    scored: bool


def walked(path: Path) -> Iterator[tuple[str, Replayed]]:
    for goal, activity in GOALS.items():
        tickets, hours = read(path, activity)
        replayed = Replayed(hours)
        replayed.walk(tickets)
        yield goal, replayed
