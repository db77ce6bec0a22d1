"""A process to be killed, stopped or cut off: fires a desk's timers, or sends its mail, and may meet its fate at a
named point.

Its probe effect leaves a row each time it runs, so that a doubled effect shows.
"""

import logging
import os
import signal
import smtplib
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any
from uuid import uuid4

import structlog
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from sla.desk.office import Desk, Tx
from sla.jobs import effects, fire
from sla.jobs.alarm import Alarm
from sla.jobs.claim import claim
from sla.jobs.cluster import Cluster
from sla.notify import delivery, leases
from sla.settings import Environment, load
from sla.store import database
from sla.store.tables import Message, Timer
from tests.worlds import BUSY_MS

FAILPOINTS = ("after_claim", "after_effect", "before_commit", "after_commit")
FROZEN_MS = 1_000
"""Shorter than in production: what a process that is stopped for good may keep others waiting."""


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def freeze(*_: Any, **__: Any) -> None:
    """Until somebody sends SIGCONT."""
    os.kill(os.getpid(), signal.SIGSTOP)


def probe(tx: Tx, timer: Timer) -> None:
    row = Message(key=f"probe:{uuid4()}", recipient="x@exemple.test", subject=str(timer.id), body="", state="sent")
    row.created_at = row.next_at = tx.now
    tx.session.add(row)
    tx.session.flush()
    time.sleep(0.004)


def die_amid_a_mail(server: smtplib.SMTP, said: bytes | str) -> None:
    """Once the server has half of it."""
    line = said.encode() if isinstance(said, str) else said
    letter = b"Message-ID" in line
    assert server.sock is not None
    server.sock.sendall(line[: len(line) // 2] if letter else line)
    if letter:
        die()


def then(fate: Callable[[], None], function: Callable[..., Any], after: int = 1) -> Callable[..., Any]:
    """The function, and its fate once it has been called `after` times."""
    calls: list[None] = []

    def called(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        calls.append(None)
        if len(calls) == after:
            fate()
        return result

    return called


def set_failpoint(desk: Desk, name: str) -> None:
    if name == "after_claim":
        setattr(fire, "claim", then(die, claim))  # noqa: B010 - imported there, and used from there
    elif name == "after_effect":
        fire._fire = then(die, fire._fire, after=3)
    elif name == "frozen":
        fire._fire = then(freeze, fire._fire, after=3)
    elif name == "before_commit":
        event.listen(desk.database.engine, "commit", die)
    elif name == "after_commit":
        desk.after_commit.append(die)
    elif name == "short_lease":
        leases.LEASE = delivery.LEASE = timedelta(seconds=1)  # type: ignore[attr-defined]
    elif name == "amid_a_mail":
        smtplib.SMTP.send = die_amid_a_mail  # type: ignore[assignment, method-assign]
    elif name == "after_sending":
        delivery.settle = die  # type: ignore[assignment, attr-defined]


def run(line: Connection, environment: dict[str, Any], mode: str, at: datetime | None, failpoint: str) -> None:
    """`at` None: the real clock. Says on the line that it is ready; an alarm or a cluster ends when the line says."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.disable(logging.ERROR)
    effects.EFFECTS["probe"] = probe  # type: ignore[index]
    database.BUSY_MS = BUSY_MS
    if failpoint == "frozen":
        database.STOPPED_MS = FROZEN_MS
    desk = Desk.open(load(Environment(**environment)))
    set_failpoint(desk, failpoint)
    line.send("ready")
    MODES[mode](desk, line, at)


def until_told(desk: Desk, line: Connection, at: datetime | None) -> None:
    alarm = Alarm(desk)
    alarm.start()
    line.recv()
    alarm.stop()


def in_a_cluster(desk: Desk, line: Connection, at: datetime | None) -> None:
    cluster = Cluster(desk)
    running = Thread(target=cluster.run)
    running.start()
    line.recv()
    cluster.stop()
    running.join()


def deliver(desk: Desk, line: Connection, at: datetime | None) -> None:
    """One batch; another where a machine slower than the lease gave it back before the first was sent."""
    while (batch := delivery.deliver_due(desk.database, desk.settings, at)).looked_at and not batch.sent:
        pass


def deliver_all(desk: Desk, line: Connection, at: datetime | None) -> None:
    while delivery.deliver_due(desk.database, desk.settings, at, limit=4).looked_at:
        pass


def fire_all(desk: Desk, line: Connection, at: datetime | None) -> None:
    """Until nothing is pending, whatever becomes of the database meanwhile."""
    while True:
        try:
            if not fire.fire_due(desk, at, limit=10).looked_at and fire.next_due(desk.database) is None:
                return
        except DBAPIError:
            time.sleep(0.05)


def keep_firing(desk: Desk, line: Connection, at: datetime | None) -> None:
    """The same, and what comes after it too, until it is told to stop."""
    while not line.poll(0.01):
        fire_all(desk, line, at)


MODES: dict[str, Callable[[Desk, Connection, datetime | None], None]] = {
    "alarm": until_told,
    "cluster": in_a_cluster,
    "deliver": deliver,
    "deliver_all": deliver_all,
    "fire": fire_all,
    "keep_firing": keep_firing,
}
