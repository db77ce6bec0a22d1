"""Facts restated from the test suites of other systems and from a brute-force walk of our own (`source` in facts.json).

Where systems differ on a duration used up exactly at closing, ours is the closing.
"""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sla.calendar import BusinessCalendar

Row = dict[str, Any]
BOOK: Row = json.loads(Path(__file__).with_name("facts.json").read_text(encoding="utf-8"))


def hours(written: list[str]) -> list[list[str]]:
    return [text.split("-") for text in written]


def desk(fact: Row) -> BusinessCalendar:
    def periods(kind: str) -> list[tuple[datetime, datetime, str]]:
        return [(instant(start), instant(end), kind) for start, end in fact.get(kind, ())]

    weekly = {day: hours(written) for days, written in BOOK["weeks"][fact["week"]].items() for day in days.split()}
    closed = [date.fromisoformat(day) for day in BOOK["holidays"].get(fact.get("holidays"), ())]
    special = {date.fromisoformat(day): hours(written) for day, written in fact.get("special", {}).items()}
    return BusinessCalendar(fact["zone"], weekly, closed, special, periods("closures"), periods("openings"))


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def answered(calendar: BusinessCalendar, fact: Row) -> Any:
    at = instant(fact["at"])
    if fact["ask"] == "add":
        return calendar.add(at, timedelta(seconds=fact["seconds"]))
    if fact["ask"] == "between":
        return calendar.between(at, instant(fact["end"])).total_seconds()
    return getattr(calendar, fact["ask"])(at)


@pytest.mark.parametrize("fact", BOOK["facts"], ids=lambda fact: f"{fact['id']}-{fact['ask']}")
def test_the_calendar_agrees_with_the_fact(fact: Row) -> None:
    expected = instant(fact["answer"]) if isinstance(fact["answer"], str) else fact["answer"]
    assert answered(desk(fact), fact) == expected


def test_no_fact_was_lost() -> None:
    assert len(BOOK["facts"]) == 317
    assert len({fact["id"] for fact in BOOK["facts"]}) == 317
