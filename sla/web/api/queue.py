"""« Au suivant », and the board that the dispatcher's page shows too."""

from typing import Any, Literal

from flask import Response
from pydantic import Field

from sla.desk.board import Board, BoardRow, Filters, board
from sla.desk.permits import require
from sla.desk.queueing import told
from sla.desk.sight import ticket_in_sight
from sla.desk.take import next_for, take_next
from sla.errors import NotFound
from sla.queue.dispatch import Choice
from sla.web.api import asked
from sla.web.api.blueprint import pages
from sla.web.api.told import TicketTold, sentences
from sla.web.api.typed_json import Moment, QueryNumber, Searched, Told, Wanted
from sla.web.turn import actor, turn

NOTHING = {204: "Nothing waits that is this technician's to do."}


class NextTold(Told):
    """`reasons`: each a `code`, its facts and `text`, a sentence in the language asked for; weightiest first."""

    ticket: TicketTold
    reasons: list[dict[str, Any]]


@pages.get("/next")
@pages.output(NextTold)
@pages.doc(responses=NOTHING)
def foretell() -> Any:
    """What « au suivant » would give now, and why; nothing is begun."""
    require(actor(), "take_next")
    choice = turn().see(next_for, actor().id or 0)
    if choice is None:
        return Response(status=204)
    return _next(turn().see(ticket_in_sight, choice.work.ticket), choice)


@pages.post("/next")
@pages.output(NextTold)
@pages.doc(operation_id="take_next", responses=NOTHING)
def take_first() -> Any:
    """« Au suivant »: begin what comes first for the technician who asks."""
    try:
        return _next(*turn().do(take_next))
    except NotFound:
        return Response(status=204)


def _next(ticket: Any, choice: Choice) -> NextTold:
    return NextTold(ticket=TicketTold.of(ticket), reasons=sentences(told(each) for each in choice.reasons))


class BoardWanted(Wanted):
    view: Literal["all", "late", "unassigned", "paused"] = Field("all", description="late: or soon to be")
    technician: QueryNumber | None = None
    company: QueryNumber | None = None
    severity: asked.SeverityCode | None = None
    level: asked.LevelCode | None = None
    text: Searched = Field("", description="words to be found, or a number; the first 200 characters count")


class BoardRowTold(Told):
    """`left_s`: working seconds to the nearest deadline, negative when late. `mark`: on_time, watch, late, paused
    or none."""

    number: int
    title: str
    company: str
    severity: str
    level: str
    item: str
    state: str
    waiting_for: str | None
    technician_id: int | None
    technician: str | None
    pinned: bool
    begun: bool
    deposited_at: Moment
    contested: bool
    worked_minutes: int
    seq: int
    clock: str | None
    due_at: Moment | None
    left_s: int | None
    mark: str


class SlotTold(Told):
    """When a technician is expected to work on a ticket; `late_s`: working seconds past the deadline at its end."""

    ticket: int
    technician: int
    start: Moment
    end: Moment
    due_at: Moment | None
    late: bool
    late_s: int


class BoardTold(Told):
    """`total` counts all that the filters let through, `rows` are the first of them; `counts` is by view, all told."""

    now: Moment
    total: int
    counts: dict[str, int]
    rows: list[BoardRowTold]
    plan: list[SlotTold]
    unplaced: list[int]


@pages.get("/board")
@pages.input(BoardWanted, location="query")
@pages.output(BoardTold)
def queue(query_data: BoardWanted) -> Any:
    """What awaits, by working time left, and each technician's expected days."""
    seen: Board = turn().see(board, Filters(**dict(query_data)))
    return BoardTold(
        now=seen.now,
        total=seen.total,
        counts=seen.counts,
        rows=[_row(row) for row in seen.rows],
        plan=[SlotTold.model_validate(slot) for slot in seen.plan.slots] if seen.plan else [],
        unplaced=list(seen.plan.unplaced) if seen.plan else [],
    )


def _row(row: BoardRow) -> BoardRowTold:
    facts = {field: getattr(row, field) for field in BoardRowTold.model_fields if field != "number"}
    return BoardRowTold(number=row.id, **facts)
