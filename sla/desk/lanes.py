"""Each technician's expected days: half-days with what was done, what is booked, and what the plan puts there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sla.calendar import BusinessCalendar, Stretch
from sla.desk.dangers import Threat, threats
from sla.desk.lane_pieces import Away, Piece, absences, booked, done, planned_pieces
from sla.desk.office import Tx
from sla.desk.permits import SUPPORT
from sla.desk.queueing import Situation, situation
from sla.errors import Forbidden
from sla.queue.axis import Axis
from sla.queue.dispatch import Technician

OPEN_DAYS, FARTHEST = 4, 40
NOON = 13
"""Spans that begin before this local hour are the morning's."""
PLANNED = ("work", "live")
TOLD = ("closure", "holiday", "special_hours", "lunch")
Period = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Cell:
    """One technician's half-day, working seconds, what overlaps booked once. `off`: why nobody works, when all of it is
    away."""

    booked_s: int
    available_s: int
    pieces: Sequence[Piece]
    off: str | None


@dataclass(frozen=True, slots=True)
class Half:
    """`part`: morning or afternoon; from the first opening to the last closing. `cells`: one a technician."""

    part: str
    start: datetime
    end: datetime
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Day:
    """`shut`: what is closed within usual hours (lunch, a closure) or all day (a holiday), with its reason."""

    day: date
    halves: Sequence[Half]
    shut: Sequence[Stretch]


@dataclass(frozen=True, slots=True)
class Lane:
    """A technician's column. `tickets`: how many await with them; loads are (booked, available) in working seconds,
    of the first day shown and of all days shown; `before`: seconds worked and tickets touched on the last open day."""

    technician: int
    name: str
    skills: Sequence[str]
    tickets: int
    today: tuple[int, int]
    ahead: tuple[int, int]
    before: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lanes:
    """`planned`: to whom the plan gives each ticket, by name."""

    now: datetime
    before: date
    days: Sequence[Day]
    lanes: Sequence[Lane]
    threats: Sequence[Threat]
    planned: Mapping[int, str]


def lanes(
    tx: Tx, *, open_days: int = OPEN_DAYS, technician: int | None = None, known: Situation | None = None
) -> Lanes:
    """The plan by technician over the next open days; one technician's alone if asked. For support only."""
    if tx.actor.role not in SUPPORT:
        raise Forbidden(role=tx.actor.role, action="board")
    stand = known or situation(tx)
    people = [each for each in stand.people if technician in (None, each.id)]
    dates = _dates(tx.hours, tx.today, open_days)
    before = _day_before(tx.hours, dates[0])
    since, until = tx.settings.midnight(before), tx.settings.midnight(dates[-1] + timedelta(days=1))
    away = absences(tx, since, until)
    pieces, counts = planned_pieces(tx, stand.plan)
    worked = done(tx, since)
    today = tx.settings.midnight(tx.today)
    pieces += [*booked(tx, today, until), *(piece for piece in worked if piece.start >= today)]
    own = {each.id: _Column(tx, each, away, pieces) for each in people}
    days = [_day(tx, day, [own[each.id] for each in people]) for day in dates]
    columns = [
        own[each.id].lane(tx, days, index, counts.get(each.id, 0), [p for p in worked if p.start < today])
        for index, each in enumerate(people)
    ]
    names = {each.id: each.name for each in stand.people}
    planned = {slot.ticket: names[slot.technician] for slot in stand.plan.slots}
    return Lanes(tx.now, before, days, columns, threats(tx, stand), planned)


class _Column:
    """One technician's own hours and pieces."""

    def __init__(self, tx: Tx, person: Technician, away: Iterable[Away], pieces: Iterable[Piece]) -> None:
        self.person = person
        self.away = [each for each in away if each.technician == person.id]
        spans = [(each.start, each.end, each.label) for each in self.away]
        self.hours = tx.hours.minus(spans) if spans else tx.hours
        gone = [each.piece() for each in self.away]
        mine = [piece for piece in pieces if piece.technician == person.id]
        self.pieces = sorted([*mine, *gone], key=lambda piece: (piece.start, piece.end))

    def cell(self, hours: BusinessCalendar, start: datetime, end: datetime) -> Cell:
        within = [piece for piece in self.pieces if piece.start < end and piece.end > start]
        available = _seconds(self.hours, start, end)
        busy = [period for piece in within for period in self._busy(piece, start, end)]
        taken = int(sum(last - first for first, last in Axis(hours, start).stretches(busy)))
        off = None
        if not available and _seconds(hours, start, end):
            off = next((piece.title for piece in within if piece.kind == "off"), None)
        return Cell(taken, available, within, off)

    def _busy(self, piece: Piece, start: datetime, end: datetime) -> Sequence[Period]:
        """When a piece takes their time: work that the plan expects goes on after an absence."""
        if piece.kind == "off" or piece.state in ("cancelled", "missed"):
            return ()
        within = max(start, piece.start), min(end, piece.end)
        return list(self.hours.spans(*within)) if piece.kind in PLANNED else (within,)

    def lane(self, tx: Tx, days: Sequence[Day], index: int, tickets: int, past: Iterable[Piece]) -> Lane:
        cells = [[half.cells[index] for half in day.halves] for day in days]
        first = next((own for own in cells if own), [])
        mine = [piece for piece in past if piece.technician == self.person.id]
        before = (sum(int((p.end - p.start).total_seconds()) for p in mine), len({p.ticket for p in mine}))
        return Lane(
            self.person.id,
            self.person.name,
            tuple(self.person.skills),
            tickets,
            _load(first),
            _load([cell for own in cells for cell in own]),
            before,
        )


def _load(cells: Iterable[Cell]) -> tuple[int, int]:
    cells = list(cells)
    return sum(cell.booked_s for cell in cells), sum(cell.available_s for cell in cells)


def _seconds(hours: BusinessCalendar, start: datetime, end: datetime) -> int:
    return int(hours.between(start, end).total_seconds()) if start < end else 0


def _dates(hours: BusinessCalendar, first: date, wanted: int) -> list[date]:
    """Weekdays from `first` until enough of them are open; a closed one among them is shown with its reason."""
    closed = {day for day, _ in hours.closed_days(first, FARTHEST)}
    found: list[date] = []
    for number in range(FARTHEST):
        day = first + timedelta(days=number)
        if hours.open_day(day) or day in closed:
            found.append(day)
        if sum(hours.open_day(each) for each in found) >= wanted:
            break
    return found or [first]


def _day_before(hours: BusinessCalendar, day: date) -> date:
    for number in range(1, FARTHEST):
        if hours.open_day(day - timedelta(days=number)):
            return day - timedelta(days=number)
    return day - timedelta(days=1)


def _day(tx: Tx, day: date, columns: Sequence[_Column]) -> Day:
    spans = tx.hours.hours_of(day)
    halves = []
    for part in ("morning", "afternoon"):
        own = [span for span in spans if (span[0].hour < NOON) == (part == "morning")]
        if own:
            start, end = own[0][0], own[-1][1]
            halves.append(Half(part, start, end, [column.cell(tx.hours, start, end) for column in columns]))
    midnight, next_midnight = tx.settings.midnight(day), tx.settings.midnight(day + timedelta(days=1))
    told = tx.hours.explain(midnight, next_midnight)
    return Day(day, halves, [each for each in told if not each.counted and each.reason in TOLD])
