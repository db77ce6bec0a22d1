"""Processes killed while they send: nothing is lost, and what comes twice comes as one and the same."""

import os
import random
import signal
import time
from collections import Counter
from functools import partial
from threading import Event

import pytest
from sqlalchemy import select

from sla import wallclock
from sla.desk.endpoints import add_endpoint, ping_endpoint
from sla.notify.leases import LEASE
from sla.store.tables import Message
from tests.faults.probes import NOW, PATIENCE_S, Worker, eventually, quieten, sla_jobs
from tests.faults.test_killed import LONG
from tests.notify.letters import RawServer, by_smtp, deliver, deliver_all, put, raw_server, rows
from tests.notify.receivers import reaching, receiver
from tests.worlds import World


@pytest.fixture
def quiet(each_world: World) -> World:
    return quieten(each_world)


def on(world: World, port: int) -> World:
    return World(by_smtp(world, port), world.people, world.companies, world.forfait)


def test_killed_between_sending_and_marking_a_mail_comes_again_under_its_message_id(quiet: World) -> None:
    """The server has it, nobody knows: the lease runs out, and the same letter is sent to the byte."""
    put(quiet, "a@exemple.test", "b@exemple.test")
    with raw_server() as server:
        desk = on(quiet, server.port)
        assert Worker(desk, "deliver", failpoint="after_sending").ended() == -signal.SIGKILL
        assert [letter["To"] for letter in server.taken] == ["a@exemple.test"]
        assert deliver(desk.desk, NOW + LEASE).sent == 2
    first, again, other = server.taken
    assert first.as_bytes() == again.as_bytes()
    assert other["Message-ID"] != again["Message-ID"]
    assert [row.state for row in rows(quiet)] == ["sent", "sent"]


def test_killed_amid_a_mail_it_comes_once_and_whole(quiet: World) -> None:
    """What the server has is not a mail yet; the lease runs out, and the letter is sent."""
    put(quiet, "a@exemple.test", "b@exemple.test")
    with raw_server() as server:
        desk = on(quiet, server.port)
        assert Worker(desk, "deliver", failpoint="amid_a_mail").ended() == -signal.SIGKILL
        assert deliver(desk.desk, NOW + LEASE).sent == 2
    assert [letter["To"] for letter in server.taken] == ["a@exemple.test", "b@exemple.test"]
    assert [row.state for row in rows(quiet)] == ["sent", "sent"]


def test_killed_between_sending_and_marking_a_webhook_comes_again_under_its_id(quiet: World) -> None:
    now = wallclock.now()
    with receiver() as target:
        desk = reaching(quiet)
        secret = desk.do("marc", now, add_endpoint, url=target.url).secret
        desk.do("marc", now, ping_endpoint, 1)
        assert Worker(desk, "deliver", at=now, failpoint="after_sending").ended() == -signal.SIGKILL
        assert deliver(desk.desk, now + LEASE, channels=["webhook"]).sent == 1
        first, again = target.received
        assert (first.id, first.body) == (again.id, again.body)
        target.received = [first]  # the second is signed ten minutes ahead of a clock that did not move
        assert [told["type"] for told in target.verified(secret)] == ["ping"]


def _held_at(server: RawServer, letters: int) -> Event:
    """From so many letters on the server keeps whoever sends waiting for its word, until the event is set."""
    killed = Event()

    def hold() -> None:
        if len(server.taken) >= letters:
            killed.wait()

    server.on_taken = hold
    return killed


def _has_taken(server: RawServer, letters: int) -> bool:
    return len(server.taken) >= letters


def test_random_kills_under_two_workers_lose_no_mail(quiet: World) -> None:
    """Each round the leases of the dead run out. Whoever got a mail twice can tell: one Message-ID a recipient. Of the
    two that are killed one has a letter on its way; the other is wherever it is, and waits with its next one."""
    everyone = [f"n{number}@exemple.test" for number in range(200)]
    put(quiet, *everyone)
    chance = random.Random(20261124)
    with raw_server() as server:
        desk = on(quiet, server.port)
        for turn in range(3):
            reached = len(server.taken) + chance.randrange(2, 20)
            dead = _held_at(server, reached)
            workers = [Worker(desk, "deliver_all", at=NOW + turn * LEASE).ready() for _ in range(2)]
            assert eventually(partial(_has_taken, server, reached))
            for worker in workers:
                worker.process.kill()
            assert [worker.ended() for worker in workers] == [-signal.SIGKILL] * 2
            dead.set()
        server.on_taken = lambda: None
        assert Worker(desk, "deliver_all", at=NOW + 3 * LEASE).ended() == 0
        names = {(letter["To"], letter["Message-ID"]) for letter in server.taken}
        received = Counter(letter["To"] for letter in server.taken)
    assert set(received) == set(everyone)
    assert len(names) == len(everyone)
    with quiet.desk.database.reading() as session:
        states = session.scalars(select(Message.state).where(Message.key.startswith("test:")))
        assert set(states) == {"sent"}


def _asleep(desk: World, server: RawServer) -> Worker:
    """A process that was stopped once the server had its first letter. One that took more than its second to get so far
    sent nothing, its lease being over: another tries."""
    while True:
        sleeper = Worker(desk, "deliver", at=None, failpoint="short_lease").ready()

        def stop(pid: int = sleeper.pid) -> None:
            server.on_taken = lambda: None
            os.kill(pid, signal.SIGSTOP)

        server.on_taken = stop
        assert eventually(partial(_sent_or_ended, server, sleeper))
        if server.taken:
            return sleeper
        sleeper.ended()


def _sent_or_ended(server: RawServer, sleeper: Worker) -> bool:
    return bool(server.taken) or not sleeper.process.is_alive()


def test_stopped_past_its_lease_in_the_midst_of_a_batch_it_sends_and_marks_nothing_that_another_has_sent(
    quiet: World,
) -> None:
    """SIGSTOP while the server has the first of five; another process sends all five. Resumed, it finds so."""
    everyone = [f"n{number}@exemple.test" for number in range(5)]
    put(quiet, *everyone, at=wallclock.now())
    with raw_server() as server:
        desk = on(quiet, server.port)
        sleeper = _asleep(desk, server)
        assert eventually(lambda: deliver(desk.desk, wallclock.now()).sent == 5)
        kept = [(row.state, row.token, row.attempts, row.sent_at) for row in rows(quiet)]
        os.kill(sleeper.pid, signal.SIGCONT)
        assert sleeper.ended() == 0
        received = Counter((letter["To"], letter["Message-ID"]) for letter in server.taken)
    assert sorted(received.values()) == [1, 1, 1, 1, 2]  # the first one twice, under one name
    assert [state for state, *_ in kept] == ["sent"] * 5
    assert [(row.state, row.token, row.attempts, row.sent_at) for row in rows(quiet)] == kept


@pytest.mark.skipif(not LONG, reason="a slow server: in the long run")
def test_told_to_stop_in_a_long_backlog_it_ends_after_the_mail_in_hand_and_none_is_lost_or_doubled(
    quiet: World,
) -> None:
    """A hundred mails at a slow server; SIGTERM after the third."""
    everyone = [f"n{number}@exemple.test" for number in range(100)]
    put(quiet, *everyone)
    with raw_server() as server:
        server.on_taken = lambda: time.sleep(0.15)
        desk = on(quiet, server.port)
        process = sla_jobs(desk)
        assert eventually(lambda: len(server.taken) >= 3)
        process.terminate()
        assert process.wait(PATIENCE_S) == 0
        assert 3 <= len(server.taken) < 40  # a batch is fifty
        left = [row for row in rows(quiet) if row.state == "pending"]
        assert len(left) == len(everyone) - len(server.taken)
        assert {(row.attempts, row.leased_until, row.next_at <= wallclock.now()) for row in left} == {(0, None, True)}
        server.on_taken = lambda: None
        assert deliver_all(desk.desk, wallclock.now()) == len(left)
        assert Counter(letter["To"] for letter in server.taken) == Counter(everyone)
