"""The board with 100,000 tickets beside the board with 1,000, each with 1,000 that await: in one run, as a ratio.

Run with `python -m bench.board`. Closed tickets are written as rows with their history and clocks, open ones too; the
read and the rendered page are both timed.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from sla.desk.actor import SYSTEM, Actor, Role
from sla.desk.board import Filters, board
from sla.desk.keys import mark_of
from sla.desk.office import Desk
from sla.desk.people import add_company, add_person, sign_contract
from sla.settings import Environment, load
from sla.store.migrate import migrate
from sla.store.tables import ClockRow, Event, Person, Ticket
from sla.web.app import create_app

NOW = datetime(2026, 11, 24, 9, 20, tzinfo=UTC)
OPEN = 1_000
ROUNDS = 15
BATCH = 10_000


def new_desk(folder: Path, total: int, awaiting: int = OPEN) -> Desk:
    """A desk with four technicians, 20 companies, and `total` tickets of which so many await."""
    desk = Desk.open(load(Environment(sla_var=folder)))
    migrate(desk.database)
    turn = desk.by(SYSTEM, NOW - timedelta(days=400))
    technicians = [
        turn.do(add_person, name=line.name, email=line.email, role="technician", code=line.code).id
        for line in desk.settings.technicians
    ]
    turn.do(add_person, name="Diane", email="diane@support.example.test", role="dispatcher")
    contacts = [contact(desk, n) for n in range(20)]
    fill(desk, total, awaiting, technicians, contacts)
    return desk


def contact(desk: Desk, number: int) -> tuple[int, int]:
    turn = desk.by(SYSTEM, NOW - timedelta(days=400))
    company = turn.do(add_company, name=f"Société {number}")
    turn.do(sign_contract, company.id)
    facts: dict[str, Any] = {"role": "client", "company": company.id, "portal_role": "account"}
    person = turn.do(add_person, name=f"Contact {number}", email=f"c{number}@societe.example.test", **facts)
    return company.id, person.id


def fill(desk: Desk, total: int, awaiting: int, technicians: list[int], contacts: list[tuple[int, int]]) -> None:
    draw, items = random.Random(1), [item.code for item in desk.settings.catalogue if item.coverage == "maintenance"]
    for first in range(0, total, BATCH):
        numbers = range(first + 1, min(total, first + BATCH) + 1)
        tickets = [ticket(n, n > total - awaiting, draw, items, technicians, contacts) for n in numbers]
        with desk.database.writing() as session:
            session.execute(insert(Ticket), tickets)
            session.execute(insert(Event), list(events(tickets)))
            session.execute(insert(ClockRow), [clock(row) for row in tickets])


def ticket(
    n: int, awaits: bool, draw: random.Random, items: list[str], technicians: list[int], contacts: list[tuple[int, int]]
) -> dict[str, Any]:
    company, person = draw.choice(contacts)
    age = timedelta(minutes=draw.randrange(1, 5 * 1440) if awaits else draw.randrange(20 * 1440, 400 * 1440))
    due = NOW + timedelta(minutes=draw.randrange(-600, 6000)) if awaits else None
    return {
        "id": n,
        "company_id": company,
        "requester_id": person,
        "title": f"Demande {n} sur l’ERP",
        "description": "Article 40-2217 : délai fournisseur à 15 jours dans la fiche.",
        "item": draw.choice(items),
        "level": "maintenance",
        "severity": draw.choice(["blocking", "major", "minor", "question"]),
        "state": "assigned" if awaits else "closed",
        "technician_id": draw.choice(technicians),
        "pinned": False,
        "begun": not awaits,
        "deposited_at": NOW - age,
        "answered_at": None if awaits else NOW - age + timedelta(hours=1),
        "worked_minutes": 0,
        "awaiting": awaits,
        "due_clock": "first_response" if awaits else None,
        "due_at": due,
        "seq": 3,
        "search": f"demande {n} sur l'erp",
    }


def events(tickets: list[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    for row in tickets:
        for seq, kind in enumerate(("deposited", "received", "assigned" if row["awaiting"] else "closed"), 1):
            fact = {"ticket_id": row["id"], "seq": seq, "at": row["deposited_at"], "kind": kind}
            yield {**fact, "author": "", "public": True, "text": "", "data": {}}


def clock(row: dict[str, Any]) -> dict[str, Any]:
    at = row["deposited_at"]
    facts = {
        "cycle": 1,
        "generation": 1,
        "target_s": 7200,
        "spent_s": 0,
        "started_at": at,
        "since": at,
        "due_at": row["due_at"],
    }
    return {"ticket_id": row["id"], "name": "first_response", "mark": "running" if row["awaiting"] else "met", **facts}


def timed(*calls: Callable[[], object]) -> list[float]:
    """The median seconds of processor of each call, in turn, so that a slow spell of the machine falls on all."""
    spent: list[list[float]] = [[] for _ in calls]
    for call in calls:
        call()
    for _ in range(ROUNDS):
        for call, found in zip(calls, spent, strict=True):
            begun = time.process_time()
            call()
            found.append(time.process_time() - begun)
    return [statistics.median(found) for found in spent]


def _read(desk: Desk, with_plan: bool) -> Callable[[], object]:
    return lambda: desk.by(SYSTEM, NOW).see(board, Filters(), with_plan=with_plan)


def dispatcher(desk: Desk) -> Actor:
    with desk.database.reading() as session:
        person = session.scalars(select(Person).where(Person.role == "dispatcher")).one()
    return Actor(person.id, person.name, Role.DISPATCHER)


def rendered(desk: Desk) -> Callable[[], object]:
    app = create_app(desk)
    client = app.test_client()
    with client.session_transaction() as session:
        mark = desk.by(SYSTEM).see(mark_of, dispatcher(desk).id or 0)
        session["_user_id"], session["_fresh"] = mark, True

    def get() -> object:
        answer = client.get("/board")
        if answer.status_code != 200:
            raise RuntimeError(f"the board answered {answer.status_code}")
        return answer

    return get


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        small, large = new_desk(Path(folder) / "small", 1_000), new_desk(Path(folder) / "large", 100_000)
        desks = small, large
        rows = [
            (name, [_read(desk, plan) for desk in desks])
            for name, plan in (("the queue", False), ("and the plan", True))
        ]
        rows.append(("the page", [rendered(desk) for desk in desks]))
        print("| board, 1,000 tickets await | of 1,000 | of 100,000 | ratio |\n| --- | ---: | ---: | ---: |")
        for name, calls in rows:
            a, b = timed(*calls)
            print(f"| {name} | {a * 1000:.1f} ms | {b * 1000:.1f} ms | {b / a:.2f} |")
        small.close()
        large.close()


if __name__ == "__main__":
    main()
