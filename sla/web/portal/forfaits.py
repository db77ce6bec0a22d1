"""Forfaits as their card draws them: addresses and the last lines beside the figures."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from flask import url_for

from sla.desk.hours_card import Hours, HoursCard, Movement


def shown_cards(hours: Hours, cards: Sequence[HoursCard], last: int) -> list[dict[str, Any]]:
    """What `forfait_card` reads, one a forfait; the newest `last` movements, the newest first."""
    return [_shown(hours, card, last) for card in cards]


def _shown(hours: Hours, card: HoursCard, last: int) -> dict[str, Any]:
    lines = [shown_line(line) for line in reversed(card.lines[-last:])]
    gone = [(line.day, line.balance) for line in card.lines if line.kind != "purchase"]
    return {
        "left": card.left,
        "total": card.total,
        "valid_from": card.valid_from,
        "valid_until": card.valid_until,
        "owed": hours.owed if card is hours.running[0] else 0,
        "points": gone,
        "lines": lines,
        "all_url": url_for("portal.hours"),
        "csv_url": url_for("portal.hours_csv") if hours.sees_lines else None,
    }


def shown_line(line: Movement) -> dict[str, Any]:
    url = url_for("ticket_pages.ticket", number=line.number) if line.number else None
    return {**asdict(line), "url": url}
