"""A technician's day as steps in order of time: what the plan expects, appointments, absences, the desk's own gaps."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from typing import Any

from sla import wording
from sla.desk.lanes import PLANNED, Day, Half
from sla.desk.my_day import MyDay


def drawn(day: MyDay, zone: tzinfo) -> list[dict[str, Any]]:
    """One block a day: `title`, then `steps`, each a gap (`gap`: its text) or a piece (`piece`, `seconds`)."""
    today = day.plan.now.astimezone(zone).date()
    return [
        {"day": each.day, "title": _title(each.day, today), "steps": _steps(day, each, zone)} for each in day.plan.days
    ]


def load(day: MyDay, zone: tzinfo) -> str | None:
    """What fills the first day shown: « Temps saisi, prévu et rendez-vous : 3 h 17 sur 7 h 00 ouvrées. »"""
    if day.lane is None:
        return None
    first, (taken, own) = day.plan.days[0].day, day.lane.today
    today = first == day.plan.now.astimezone(zone).date()
    what = "Temps saisi" if today else wording.long_day(first).capitalize()
    of = f"{wording.hours(own)} {wording.agreed('ouvrée', own)}"
    return f"{what}, prévu et rendez-vous\u00a0: {wording.hours(taken)} sur {of}."


def _title(day: date, today: date) -> str:
    gap = (day - today).days
    if gap == 0:
        return "Ensuite"
    return f"Demain, {wording.long_day(day)}" if gap == 1 else wording.long_day(day).capitalize()


def _steps(day: MyDay, one: Day, zone: tzinfo) -> list[dict[str, Any]]:
    now = day.plan.now
    found: list[tuple[Any, dict[str, Any]]] = []
    for gap in one.shut:
        if gap.end <= now:
            continue
        whole = (gap.end - gap.start).total_seconds() >= 82_800
        times = f", {wording.clock_time(gap.start, zone)} – {wording.clock_time(gap.end, zone)}"
        label = {"gap": gap.label if whole else gap.label + times}
        found.append((gap.start, label if gap.reason == "lunch" else {**label, "away": True}))
    for piece in _pieces(one):
        if piece.end <= now or piece.kind == "done" or piece.state in ("held", "missed"):
            continue
        if piece.kind != "off" and _began_before(piece, one, now, zone):
            continue
        if piece.kind == "off":
            found.append((piece.start, {"gap": f"{piece.title}, jusqu’à {_until(piece.end, one, zone)}", "away": True}))
        else:
            found.append((piece.start, {"piece": piece, "seconds": _own_seconds(piece, day.plan.days)}))
    if one.halves and one.halves[-1].end > now:
        closing = one.halves[-1].end
        found.append((closing, {"gap": f"Fermeture à {wording.clock_time(closing, zone)}"}))
    if not any("piece" in step for _, step in found):
        found = [(at, step) for at, step in found if "away" in step]
    return [step for _, step in sorted(found, key=lambda each: each[0])]


def _began_before(piece: Any, one: Day, now: datetime, zone: tzinfo) -> bool:
    """Whether a day to come only carries on what an earlier one has begun and tells of."""
    return one.day > now.astimezone(zone).date() and piece.start.astimezone(zone).date() < one.day


def _own_seconds(piece: Any, days: Sequence[Day]) -> int:
    """What a piece takes of the half-days that it goes over: not the lunch, the night or an absence between, nor, of
    what the plan expects, the appointments that it stands aside for."""
    halves = [half for day in days for half in day.halves]
    taken = 0.0
    for half in halves:
        at, end = max(piece.start, half.start), min(piece.end, half.end)
        for other in sorted(_in_its_way(piece, half), key=lambda each: each.start):
            taken += max(0.0, (min(other.start, end) - at).total_seconds())
            at = max(at, other.end)
        taken += max(0.0, (end - at).total_seconds())
    return int(taken)


def _in_its_way(piece: Any, half: Half) -> list[Any]:
    kinds = ("off", "call", "session") if piece.kind in PLANNED else ("off",)
    own = (each for cell in half.cells for each in cell.pieces)
    return [each for each in own if each.kind in kinds and each.state in ("", "booked")]


def _until(end: Any, one: Day, zone: tzinfo) -> str:
    return (
        wording.clock_time(end, zone)
        if end.astimezone(zone).date() == one.day
        else wording.day(end.astimezone(zone).date())
    )


def _pieces(one: Day) -> list[Any]:
    """A piece that goes over lunch or night is told where it begins."""
    seen: list[Any] = []
    for half in one.halves:
        for cell in half.cells:
            seen.extend(piece for piece in cell.pieces if piece not in seen)
    return seen
