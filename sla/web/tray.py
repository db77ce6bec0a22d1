"""A ticket of the queue as the parts draw it: its clock, whom it waits for, and at most one hint."""

from datetime import datetime, tzinfo
from typing import Any, Protocol

from sla import wording

AWAITED = {
    "question": "Attend la réponse du client",
    "estimate": "Attend l’accord du client sur le temps estimatif",
    "forfait": "Attend que le client souscrive un forfait",
    "publisher": "Attend l’éditeur",
    "date": "Attend la date choisie par le client",
}
STATES = {"waiting_client": "Attend le client", "waiting_publisher": "Attend l’éditeur"}


class Awaiting(Protocol):
    """What is read of a row of the board."""

    @property
    def id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def company(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def waiting_for(self) -> str | None: ...
    @property
    def technician(self) -> str | None: ...
    @property
    def pinned(self) -> bool: ...
    @property
    def contested(self) -> bool: ...
    @property
    def worked_minutes(self) -> int: ...
    @property
    def clock(self) -> str | None: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def left_s(self) -> int | None: ...
    @property
    def mark(self) -> str: ...
    @property
    def limit_minutes(self) -> int | None: ...


def awaited(state: str, waiting_for: str | None) -> str:
    """Who is awaited, as a phrase; nothing while it is support's turn."""
    return AWAITED.get(waiting_for or "", STATES.get(state, "")) if state.startswith("waiting") else ""


def drawn(row: Awaiting, url: str, planned: str | None, *, current: bool = False) -> dict[str, Any]:
    """The shape of `tray_row` and `clock` in parts/state.html. `planned`: to whom the plan gives it."""
    waits = awaited(row.state, row.waiting_for)
    hint, kind = _hint(row, waits, planned)
    return {
        "number": row.id,
        "url": url,
        "title": row.title,
        "company": row.company,
        "severity": row.severity,
        "current": current,
        "mark": "void" if row.mark == "none" else row.mark,
        "goal": row.clock,
        "left": row.left_s,
        "due": row.due_at,
        "waiting": waits or "En pause",
        "hint": hint,
        "hint_kind": kind,
        "elsewhere": planned if planned != row.technician else None,
    }


def _hint(row: Awaiting, waits: str, planned: str | None) -> tuple[str | None, str]:
    """The one thing to know: a disagreement, the limit of its work, nobody, who is awaited while a clock runs, who has
    it and who is expected to go on."""
    if row.contested:
        return "Le client conteste la prise en charge", "warn"
    if row.limit_minutes is not None:
        worked, limit = wording.hours(row.worked_minutes * 60), wording.amount(row.limit_minutes * 60)
        return f"{worked} de travail sur {limit}", "warn"
    if row.state == "to_deployment":
        return "Au service déploiement", "plain"
    if waits and row.mark != "paused":
        return waits, "plain"
    if row.technician is None:
        return "À affecter", "warn"
    elsewhere = f", prévu chez {planned}" if planned not in (None, row.technician) else ""
    return f"{row.technician}{', épinglé' if row.pinned else ''}{elsewhere}", "plain"


def explained(goal: str, severity: str, target_s: int, spent_s: int, zone: tzinfo) -> str:
    """« Résolution d’un ticket majeur : 14 h ouvrées. 6 h 35 écoulées, 7 h 25 restantes. » What is left is rounded
    down, and what has passed is the rest of the target."""
    left = target_s - spent_s
    spent_s = target_s - left // 60 * 60 if left >= 0 else spent_s
    name = wording.label("clock", goal)
    what = f"{name} sur un ticket « {wording.label('severity', severity)} »"
    target = f"{wording.amount(target_s)} {wording.agreed('ouvrée', target_s)}"
    spent = f"{wording.hours(spent_s)} {wording.agreed('écoulée', spent_s)}"
    ends = f"{wording.hours(left)} {wording.agreed('restante', left)}"
    ends = ends if left >= 0 else f"dépassé de {wording.duration(left)}"
    return f"{what}\u00a0: {target}. {spent}, {ends}."
