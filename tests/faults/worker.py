"""A process to be killed: fires a desk's timers, or sends its mail, and may die by SIGKILL at a named point.

Its probe effect leaves a row each time it runs, so that a doubled effect shows.
"""

import os
import signal
import time
from collections.abc import Callable
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import event

from sla.desk.office import Desk, Tx
from sla.jobs import effects, fire
from sla.jobs.alarm import Alarm
from sla.jobs.claim import claim
from sla.notify import delivery
from sla.settings import Environment, load
from sla.store.tables import Message, Timer

FAILPOINTS = ("after_claim", "after_effect", "before_commit", "after_commit")


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def probe(tx: Tx, timer: Timer) -> None:
    row = Message(key=f"probe:{uuid4()}", recipient="x@exemple.test", subject=str(timer.id), body="", state="sent")
    row.created_at = row.next_at = tx.now
    tx.session.add(row)
    tx.session.flush()
    time.sleep(0.004)


def then_die(function: Callable[..., Any], after: int = 1) -> Callable[..., Any]:
    """The function, and death once it has been called `after` times."""
    calls: list[None] = []

    def called(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        calls.append(None)
        return result if len(calls) < after else die()

    return called


def set_failpoint(desk: Desk, name: str) -> None:
    if name == "after_claim":
        setattr(fire, "claim", then_die(claim))  # noqa: B010 - imported there, and used from there
    elif name == "after_effect":
        fire._fire = then_die(fire._fire, after=3)
    elif name == "before_commit":
        event.listen(desk.database.engine, "commit", die)
    elif name == "after_commit":
        desk.after_commit.append(die)
    elif name == "after_sending":
        delivery.settle = die  # type: ignore[assignment, attr-defined]


def run(line: Connection, var: Path, mode: str, at: datetime | None, failpoint: str) -> None:
    """`at` None: the real clock. Says on the line that it is ready; an alarm ends when the line does."""
    effects.EFFECTS["probe"] = probe  # type: ignore[index]
    desk = Desk.open(load(Environment(sla_var=var)))
    set_failpoint(desk, failpoint)
    line.send("ready")
    if mode == "alarm":
        alarm = Alarm(desk)
        alarm.start()
        line.recv()
        alarm.stop()
    elif mode == "deliver":
        delivery.deliver_due(desk.database, desk.settings, at)
    else:
        while fire.fire_due(desk, at, limit=10).looked_at or fire.next_due(desk.database) is not None:
            pass
