"""The plan as `parts/lanes.html` draws it: instants become quarters of a half-day, pieces become blocks and lines."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Any

from sla import wording
from sla.calendar import Stretch
from sla.desk.lane_pieces import Piece
from sla.desk.lanes import Cell, Day, Half, Lanes
from sla.wording.reasons import skill

QUARTERS, QUARTER_S = 14, 900
AGREED = ("call", "session")
"""Pieces that begin at an agreed instant: it is shown in place of the ticket's number."""
LINES = 3
"""Lines shown in a half-day to come; the rest is counted."""
Link = Callable[[Piece], str]


def drawn(
    plan: Lanes, zone: tzinfo, link: Link, lane_link: Callable[[int], str], selected: int | None
) -> dict[str, Any]:
    """`selected`: the ticket that the panel shows, drawn as a suggestion until somebody has begun it."""
    today = plan.now.astimezone(zone).date()
    rows: list[dict[str, Any]] = []
    worked = [
        f"{wording.hours(each.before[0])}, {wording.plural(each.before[1], 'ticket', 'tickets')}" for each in plan.lanes
    ]
    rows.append({"kind": "past", "day": plan.before, "cells": worked})
    for day in plan.days:
        rows.extend(_today(plan, day, zone, link, selected) if day.day == today else _ahead(day, zone, link))
    first = plan.days[0].day
    lanes = [
        {
            "name": each.name,
            "tickets": each.tickets,
            "skills": ", ".join(skill(code) for code in each.skills),
            "url": lane_link(each.technician),
            "loads": [
                _load("Auj." if first == today else wording.day(first).split(" ")[0].capitalize(), each.today),
                _load(f"{sum(bool(day.halves) for day in plan.days)} j.", each.ahead),
            ],
        }
        for each in plan.lanes
    ]
    return {"caption": f"Sem. {first.isocalendar().week}", "lanes": lanes, "rows": rows}


def _load(label: str, load: tuple[int, int]) -> dict[str, Any]:
    return {"label": label, "booked": load[0], "available": load[1]}


def _today(plan: Lanes, day: Day, zone: tzinfo, link: Link, selected: int | None) -> Iterable[dict[str, Any]]:
    shut = sorted(day.shut, key=lambda each: each.start)
    for half in day.halves:
        for each in (gap for gap in shut if gap.end <= half.start):
            yield {"kind": "shut", "day": None, "reason": _why(each, zone)}
        shut = [gap for gap in shut if gap.end > half.start]
        yield {
            "kind": "today",
            "day": day.day,
            "part": half.part,
            "hours": _hour_labels(half, plan.now, zone),
            "now_at": _now_at(half, plan.now),
            "cells": [_scaled(half, cell, link, selected) for cell in half.cells],
        }
    for each in shut:
        yield {"kind": "shut", "day": None if day.halves else day.day, "reason": _why(each, zone)}


def _ahead(day: Day, zone: tzinfo, link: Link) -> Iterable[dict[str, Any]]:
    told = [each for each in day.shut if each.reason != "lunch"]
    for each in told:
        yield {"kind": "shut", "day": day.day, "reason": _why(each, zone)}
    for index, half in enumerate(day.halves):
        cells = [_listed(half, cell, link) for cell in half.cells]
        yield {
            "kind": "half",
            "day": day.day,
            "first_of_day": not index and not told,
            "part": half.part,
            "cells": cells,
        }


def _why(gap: Stretch, zone: tzinfo) -> str:
    if gap.reason == "lunch":
        return gap.label
    whole = (gap.end - gap.start).total_seconds() >= 82_800
    if gap.reason == "holiday":
        return f"Férié\u00a0: {gap.label}"
    times = f" de {wording.clock_time(gap.start, zone)} à {wording.clock_time(gap.end, zone)}" if not whole else ""
    return f"Fermé{times}\u00a0: {gap.label}"


def _quarters(half: Half, at: datetime) -> float:
    """Where an instant stands among the half-day's rows; longer halves are drawn to a smaller scale."""
    size = max((half.end - half.start).total_seconds(), QUARTERS * QUARTER_S)
    return QUARTERS * (at - half.start).total_seconds() / size


def _now_at(half: Half, now: datetime) -> float | None:
    return _quarters(half, now) / QUARTERS if half.start <= now < half.end else None


def _hour_labels(half: Half, now: datetime, zone: tzinfo) -> Sequence[tuple[int, str]]:
    """Whole hours inside the half-day, but those within 30 minutes of now."""
    labels = []
    for hour in range(24):
        at = half.start.replace(hour=hour, minute=0, second=0, microsecond=0)
        near = abs((at - now).total_seconds()) < 1_800
        if half.start < at < half.end and not near:
            labels.append((int(_quarters(half, at)), f"{at.astimezone(zone).hour}\u00a0h"))
    return labels


def _scaled(half: Half, cell: Cell, link: Link, selected: int | None) -> dict[str, Any]:
    """Blocks one under the other: each begins at its time or where the one above ends, and is a quarter at least."""
    blocks: list[dict[str, Any]] = []
    free = 0
    for piece in cell.pieces:
        begin = max(int(_quarters(half, max(piece.start, half.start))), free)
        if begin >= QUARTERS:
            break
        end = round(_quarters(half, min(piece.end, half.end)))
        length = min(max(1, end - begin), QUARTERS - begin)
        blocks.append(_block(piece, begin, length, link, selected))
        free = begin + length
    return {"off": cell.off, "blocks": blocks}


def _block(piece: Piece, quarter: int, length: int, link: Link, selected: int | None) -> dict[str, Any]:
    ghost = piece.ticket == selected and piece.kind == "work"
    detail = f"{piece.company} · en cours" if piece.kind == "live" else piece.company
    title = f"{piece.company}, {piece.title}" if piece.kind in AGREED else piece.title
    return {
        "kind": "ghost" if ghost else piece.kind,
        "mark": piece.mark,
        "quarter": quarter,
        "length": length,
        "number": piece.ticket or "",
        "title": title,
        "detail": f"Prévu · {detail}" if ghost else detail if piece.kind not in AGREED and length > 2 else "",
        "at": piece.start,
        "url": link(piece),
    }


def _listed(half: Half, cell: Cell, link: Link) -> dict[str, Any]:
    if cell.off:
        return {"off": cell.off}
    lines = [
        {
            "at": max(piece.start, half.start),
            "kind": "work" if piece.kind in ("live", "done") else piece.kind,
            "text": piece.title if piece.kind == "off" else f"{piece.ticket} {piece.title}",
            "url": link(piece) if piece.ticket else None,
        }
        for piece in cell.pieces
    ]
    if len(lines) > LINES:
        more = len(lines) - LINES + 1
        kept = lines[: LINES - 1]
        lines = [*kept, {**lines[LINES - 1], "text": f"et {more} autres tickets", "url": None}]
    return {"off": None, "booked": cell.booked_s, "available": cell.available_s, "lines": lines}
