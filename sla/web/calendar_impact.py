"""What an edit of the calendar would change, as its preview shows it, and what is chosen for each broken promise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sla import wording
from sla.desk.calendar_edits import AddPeriod, Several
from sla.desk.calendar_preview import Previewed, repairs_typed
from sla.errors import Refused
from sla.web.calendar_forms import form_of
from sla.web.calendar_shown import changed_days, legend, said, title, weeks
from sla.web.sealed import Copy, sealed
from sla.web.turn import turn

MOVED_SHOWN = 200
PROMISED = {"callback": ("phone", "Rappel convenu"), "session": ("screen", "Prise en main réservée")}


@dataclass(slots=True)
class Repairs:
    """By appointment: what was chosen (`cancel`, `other`, or a proposed instant) and the other instant typed; `errors`:
    what was wrong with it. `entrusted`: by ticket in danger, the technician who is to have it."""

    chosen: Mapping[int, tuple[str, str]]
    entrusted: Mapping[int, int] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, posted: Mapping[str, str]) -> "Repairs":
        """Fields `repair-12`, `other-12` of appointments; `entrust-7`, a technician's number, of a ticket."""
        chosen = {each: (posted[f"repair-{each}"], posted.get(f"other-{each}", "")) for each in _of(posted, "repair-")}
        entrusted = {each: posted[f"entrust-{each}"] for each in _of(posted, "entrust-")}
        return cls(chosen, {each: int(who) for each, who in entrusted.items() if _is_number(who)})

    def read(self) -> dict[int, datetime | None]:
        return turn().see(repairs_typed, self.chosen)

    def blame(self, refused: Refused) -> None:
        for name, sentence in refused.errors().items():
            number = name.removeprefix("repairs.")
            if number.isdecimal():
                self.errors[int(number)] = sentence


def _of(posted: Mapping[str, str], prefix: str) -> list[int]:
    """The numbers that follow a prefix in the names of fields."""
    found = [key.removeprefix(prefix) for key in posted if key.startswith(prefix)]
    return [int(each) for each in found if _is_number(each)]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def preview_context(seen: Previewed, repairs: Repairs, now: datetime) -> dict[str, Any]:
    """What manage/calendar_preview.html reads."""
    impact, zone = seen.impact, seen.before.zone
    changed = changed_days(seen.before, seen.after, now)
    today = now.astimezone(zone).date()
    far = min(changed) if changed and (min(changed) - today).days > 60 else None
    shown = weeks(seen.after, now, far, changed)
    return {
        "seen": seen,
        "impact": impact,
        "title": title(seen.edit, seen.data, zone),
        "typed": form_of(seen.edit, zone),
        "listed": _listed(seen, today.year),
        "copy": sealed(Copy(seen.edit, seen.number, tuple(seen.unused))),
        "next_number": max(seen.number, 1) + 1,
        "moved": impact.moved[:MOVED_SHOWN],
        "still": impact.running - sum(each.clock != "acceptance" for each in impact.moved),
        "opening": wording.amount(abs(impact.open_s)),
        "weeks": shown,
        "legend": legend(shown),
        "repairs": repairs,
        "promised": PROMISED,
        "changes": bool(changed),
    }


def _listed(seen: Previewed, year: int) -> list[tuple[str, str]]:
    """The closures of a file: when, and their label."""
    zone = seen.before.zone
    edits = seen.edit.edits if isinstance(seen.edit, Several) else ()
    periods = [each for each in edits if isinstance(each, AddPeriod)]
    return [(said(each.start, each.end, zone, year), each.label) for each in periods]
