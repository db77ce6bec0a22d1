"""A deadline that an edit of the calendar moved, as history tells it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from sla.wording.instants import brief
from sla.wording.labels import label


def moved(data: Mapping[str, Any], because: Mapping[int, str], zone: tzinfo, now: datetime, lang: str = "fr") -> str:
    """« Résolution, mer. 25, 17 h 00 → jeu. 26, 17 h 00 (Déménagement) », from what the fact keeps; `because`: the
    reasons of the calendar's editions by number."""
    moves: Mapping[str, Sequence[str]] = data.get("moves") or {}
    between = "; " if lang == "en" else "\u202f; "
    told = between.join(_move(clock, *ends, zone=zone, now=now, lang=lang) for clock, ends in moves.items())
    why = because.get(int(data.get("edition", 0)), "")
    return f"{told} ({why})" if told and why else told or why


def _move(clock: str, old: str, new: str, *, zone: tzinfo, now: datetime, lang: str) -> str:
    before, after = (brief(datetime.fromisoformat(text), zone, now, lang) for text in (old, new))
    return f"{label('clock', clock, lang)}, {before} → {after}"
