"""What one « quand ? » costs the desk: the window of a request before its deposit, 200 tickets open, 500 answers known.

Run with `python -m bench.expected`. Everything is counted: the queue read from the database, the plan replayed (four
times: fewer, the longer the queue), calibration over what was answered. The first of a day reads the desk's past too.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, select

from bench.board import NOW, new_desk
from sla.cli.serve import keep_loaded
from sla.desk.actor import SYSTEM
from sla.desk.office import Desk
from sla.desk.predict import Expected, expect
from sla.store.tables import FirstAnswer, Ticket

OPEN, ANSWERED, ROUNDS = 200, 500, 40
ITEMS = ("erreurs", "installation_postes", "mise_a_jour_mineure")
SEVERITIES = ("blocking", "major", "minor", "question")


def answer_the_closed(desk: Desk) -> None:
    """Each within an hour and a half, judged as the replay would have been."""
    draw = random.Random(3)
    with desk.database.writing() as session:
        closed = select(Ticket.id, Ticket.severity, Ticket.item, Ticket.deposited_at).where(~Ticket.awaiting)
        rows = []
        for number, severity, item, at in session.execute(closed):
            wait = draw.randrange(300, 5400)
            marks = {rule: [draw.random(), draw.random() * 900] for rule in ("replay", "similar", "last_hundred")}
            answered = at + timedelta(seconds=wait)
            facts = {"ticket_id": number, "severity": severity, "item": item, "asked_at": at, "answered_at": answered}
            rows.append({**facts, "wait_s": wait, "backlog": draw.randrange(20), "marks": marks})
        session.execute(insert(FirstAnswer), rows)


def asking(desk: Desk, draw: random.Random) -> Callable[[], Expected]:
    item, severity = draw.choice(ITEMS), draw.choice(SEVERITIES)
    return lambda: desk.by(SYSTEM, NOW).see(expect, item=item, severity=severity, level="maintenance")


def ms_of(call: Callable[[], object]) -> float:
    begun = time.process_time()
    call()
    return (time.process_time() - begun) * 1000


def main() -> None:
    draw = random.Random(4)
    with tempfile.TemporaryDirectory() as folder:
        desk = new_desk(Path(folder), OPEN + ANSWERED, OPEN)
        answer_the_closed(desk)
        keep_loaded()  # as a server does
        first, *others = (ms_of(asking(desk, draw)) for _ in range(ROUNDS + 1))
        told = asking(desk, draw)()
        desk.close()
    if told.window is None:
        raise RuntimeError("no window was told")
    print(f"| one expected response, {OPEN} open tickets, SQLite | ms of processor |\n| --- | ---: |")
    print(f"| median of {ROUNDS} | {statistics.median(others):.0f} |\n| the longest | {max(others):.0f} |")
    print(f"| the first of a day | {first:.0f} |")


if __name__ == "__main__":
    main()
