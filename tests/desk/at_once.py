"""Several at once: each in a thread of its own, let go at the same instant or while another is half-way."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Barrier, Thread
from typing import Any

from sla.desk.office import Tx
from sla.errors import Refused
from sla.store.turns import share_calendar
from tests.worlds import World, paris


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """Every act in a thread of its own, all let go at the same instant; what each returned or was refused with."""
    barrier, outcomes = Barrier(len(acts)), list[object]()

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            outcomes.append(act())
        except Refused as refusal:
            outcomes.append(refusal)

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


WAIT_FOR_ME = "SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))"
HALF_WAY_S = 0.3
"""Long enough for whoever does not wait to have ended."""


@contextmanager
def half_way(world: World, who: str, at: str, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Iterator[Any]:
    """A verb that has done all it does, and commits only when the block ends."""
    with world.desk.database.writing() as session:
        share_calendar(session)
        yield verb(Tx(world.desk, session, world.people[who], paris(at)), *args, **kwargs)


def meanwhile(act: Callable[[], object]) -> tuple[Thread, list[object]]:
    """The act, begun now and left to itself for a moment; and, once it is joined, what it returned or met."""
    outcome: list[object] = []

    def run() -> None:
        try:
            outcome.append(act())
        except Refused as refusal:
            outcome.append(refusal)

    thread = Thread(target=run)
    thread.start()
    thread.join(HALF_WAY_S)
    return thread, outcome
