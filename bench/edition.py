"""An edit of the calendar under 100,000 running tickets: its preview, and saving it, with every deadline written.

Run with `python -m bench.edition`, or with the number of tickets after it.
"""

import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import insert, select

from bench.board import NOW, contact
from sla.desk.actor import SYSTEM, Actor, Role
from sla.desk.calendar_edits import AddPeriod
from sla.desk.edit_calendar import edit_calendar, preview_edit
from sla.desk.office import Desk
from sla.desk.people import add_person
from sla.jobs.fire import fire_due
from sla.settings import Environment, load
from sla.store.migrate import migrate
from sla.store.tables import ClockRow, Event, Person, Ticket

BATCH = 10_000
START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
CLOSURE = AddPeriod(
    "closures", datetime(2026, 11, 26, 8, tzinfo=UTC), datetime(2026, 11, 26, 16, tzinfo=UTC), "Travaux"
)


def new_desk(folder: Path, total: int) -> Desk:
    """`total` running tickets, deposited on the day before, each with a resolution clock that the closure moves."""
    desk = Desk.open(load(Environment(sla_var=folder)))
    migrate(desk.database)
    turn = desk.by(SYSTEM, START - timedelta(days=1))
    technicians = [
        turn.do(add_person, name=line.name, email=line.email, role="technician", code=line.code).id
        for line in desk.settings.technicians
    ]
    turn.do(add_person, name="Marc", email="marc@support.example.test", role="manager")
    owner = contact(desk, 0)
    target = desk.settings.targets.promise("maintenance", "minor").resolution
    due = desk.settings.calendar.add(START, timedelta(seconds=target))
    for first in range(0, total, BATCH):
        rows = [_running(n, owner, technicians, due) for n in range(first + 1, min(total, first + BATCH) + 1)]
        with desk.database.writing() as session:
            session.execute(insert(Ticket), rows)
            session.execute(insert(Event), [_deposited(row) for row in rows])
            session.execute(insert(ClockRow), [_clock(row, target) for row in rows])
    return desk


def _running(n: int, owner: tuple[int, int], technicians: list[int], due: datetime) -> dict[str, Any]:
    company, person = owner
    facts = {
        "company_id": company,
        "requester_id": person,
        "title": f"Demande {n}",
        "description": "",
        "item": "erreurs",
    }
    states = {"level": "maintenance", "severity": "minor", "state": "assigned", "pinned": False, "begun": False}
    spans = {"deposited_at": START, "worked_minutes": 0, "awaiting": True, "due_clock": "resolution", "due_at": due}
    return {"id": n, **facts, **states, **spans, "technician_id": technicians[n % 4], "seq": 1, "search": ""}


def _deposited(row: dict[str, Any]) -> dict[str, Any]:
    data = {"level": "maintenance", "severity": "minor", "item": "erreurs", "by_support": True}
    fact = {"ticket_id": row["id"], "seq": 1, "at": START, "kind": "deposited", "author": "", "public": True}
    return {**fact, "text": "", "data": data}


def _clock(row: dict[str, Any], target: int) -> dict[str, Any]:
    spans = {"started_at": START, "since": START, "due_at": row["due_at"]}
    counts = {"cycle": 1, "generation": 1, "target_s": target, "spent_s": 0}
    return {"ticket_id": row["id"], "name": "resolution", "mark": "running", **counts, **spans}


def main(total: int = 100_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = new_desk(Path(folder), total)
        with desk.database.reading() as session:
            number = session.scalars(select(Person.id).where(Person.role == "manager")).one()
        marc = Actor(number, "Marc", Role.MANAGER)
        begun = perf_counter()
        impact = desk.by(marc, NOW).see(preview_edit, CLOSURE)
        previewed = perf_counter() - begun
        begun = perf_counter()
        desk.by(marc, NOW).do(edit_calendar, CLOSURE, reason="Travaux")
        first = perf_counter() - begun
        while fire_due(desk, NOW).looked_at:
            pass
        saved = perf_counter() - begun
        with desk.database.reading() as session:
            moved = len(session.scalars(select(Event.ticket_id).where(Event.kind == "rescheduled")).all())
        desk.close()
    print("| an edit of the calendar | tickets | seconds |\n| --- | ---: | ---: |")
    print(f"| preview | {len(impact.moved):,} | {previewed:.2f} |")
    print(f"| saving, first batch (the longest that the queue waits) | | {first:.2f} |")
    print(f"| all deadlines written | {moved:,} | {saved:.2f} |")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
