"""Forfaits as their card draws them: addresses and the last lines beside the figures."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from itertools import accumulate
from typing import Any

from flask import url_for

from sla.desk.hours_card import Hours, HoursCard, Movement


def shown_cards(hours: Hours, cards: Sequence[HoursCard], last: int) -> list[dict[str, Any]]:
    """What `forfait_card` reads, one a forfait; the newest `last` movements, the newest first."""
    return [_shown(hours, card, last) for card in cards]


def _shown(hours: Hours, card: HoursCard, last: int) -> dict[str, Any]:
    lines = [shown_line(line) for line in reversed(card.lines[-last:])]
    links = {"csv_url": url_for("portal.hours_csv"), "pdf_url": url_for("portal.hours_pdf")}
    return {
        **shown_curve(hours, card),
        "owed": hours.owed if card is hours.running[0] else 0,
        "lines": lines,
        "all_url": url_for("portal.hours"),
        **(links if hours.sees_lines else {}),
    }


def shown_curve(hours: Hours, card: HoursCard) -> dict[str, Any]:
    """The burn-down of one forfait; the forecast is drawn on the only one that runs, for it tells of all that run."""
    ahead = hours.outlook if len(hours.running) == 1 else None
    return {
        "number": card.number,
        "left": card.left,
        "total": card.total,
        "valid_from": card.valid_from,
        "valid_until": card.valid_until,
        "points": _left_by_day(card),
        "forecast": ahead.day if ahead else None,
        "forecast_low": ahead.low if ahead and ahead.day else None,
        "forecast_high": (ahead.high or card.valid_until) if ahead and ahead.day else None,
    }


def _left_by_day(card: HoursCard) -> list[tuple[date, int]]:
    """(day, quarter-hours left after it), by the dates of the work: what was typed late steps down on its own day."""
    moved = sorted((line for line in card.lines if line.kind != "purchase"), key=lambda line: line.day)
    left = accumulate((-line.taken for line in moved), initial=card.total)
    return [(line.day, after) for line, after in zip(moved, list(left)[1:], strict=True)]


def shown_line(line: Movement) -> dict[str, Any]:
    url = url_for("ticket_pages.ticket", number=line.number) if line.number else None
    return {**asdict(line), "url": url}
