"""Whatever a mail server does, no mail is lost, and one that is sent again bears the same Message-ID."""

import threading
from datetime import timedelta
from email.message import EmailMessage

import pytest

from sla.notify import leases
from sla.notify.leases import LEASE
from sla.store.tables import Message
from tests.notify.letters import NOW, by_smtp, deliver, deliver_all, free_port, put, raw_server, rows
from tests.worlds import World

LATER = NOW + timedelta(minutes=2)
"""After the first pause, the longest that it can be."""


def states(world: World) -> list[tuple[str, int]]:
    return [(row.state, row.attempts) for row in rows(world)]


def names(taken: list[EmailMessage]) -> list[str]:
    return [letter["Message-ID"] for letter in taken]


def test_refused_connections_lose_nothing(each_world: World) -> None:
    put(each_world, "a@exemple.test", "b@exemple.test")
    assert deliver(by_smtp(each_world, free_port())).deferred == 2
    assert states(each_world) == [("pending", 0), ("pending", 0)]
    with raw_server() as server:
        assert deliver_all(by_smtp(each_world, server.port), LATER) == 2
    assert [letter["To"] for letter in server.taken] == ["a@exemple.test", "b@exemple.test"]


@pytest.mark.parametrize(
    ("ill", "after"),
    [
        ("at CONNECT 421 4.3.2 closing", [("pending", 0), ("pending", 0)]),
        ("at CONNECT 554 no", [("pending", 0), ("pending", 0)]),
        ("hang at CONNECT", [("pending", 0), ("pending", 0)]),
        ("hang at EHLO", [("pending", 0), ("pending", 0)]),
        ("hang at MAIL", [("pending", 1), ("pending", 0)]),
        ("hang at DATA", [("pending", 1), ("pending", 0)]),
        ("hang after DATA", [("pending", 1), ("pending", 0)]),
        ("cut after DATA", [("pending", 1), ("pending", 0)]),
        ("at MAIL 421 4.3.2 closing", [("pending", 1), ("pending", 0)]),
        ("at MAIL 530 5.7.0 sign in first", [("pending", 1), ("pending", 0)]),
        ("at RCPT 451 4.7.1 greylisted", [("pending", 1), ("pending", 1)]),
        ("after DATA 452 4.2.2 mailbox full", [("pending", 1), ("pending", 1)]),
    ],
)
def test_what_is_not_for_good_is_sent_later_under_its_first_name(
    world: World, ill: str, after: list[tuple[str, int]]
) -> None:
    """A server that is away, hangs or refuses this desk as a whole is asked once, and the other mail isn't tried."""
    with raw_server(ill) as server:
        desk = by_smtp(world, server.port)
        for patience in (0.15, 2, 30) if "hang" in ill else (60,):  # a slow machine may say nothing before the server
            put(world, "a@exemple.test", "b@exemple.test")
            assert deliver(desk, timeout=patience).deferred == 2
            if server.hung:
                break
        assert states(world) == after
        taken_twice, server.ill = names(server.taken), ""
        assert deliver_all(desk, LATER) == 2
        assert [row.state for row in rows(world)] == ["sent", "sent"]
        assert set(taken_twice) <= set(names(server.taken[len(taken_twice) :]))
        assert len(set(names(server.taken))) == 2


@pytest.mark.parametrize("ill", ["at RCPT 550 5.1.1 unknown mailbox", "after DATA 554 5.7.1 spam"])
def test_what_is_for_good_is_parked_with_the_servers_words(world: World, ill: str) -> None:
    put(world, "a@exemple.test")
    with raw_server(ill) as server:
        assert deliver(by_smtp(world, server.port)).refused == 1
        assert deliver_all(by_smtp(world, server.port), NOW + timedelta(days=30)) == 0
    [row] = rows(world)
    words = ill.removeprefix("at RCPT ").removeprefix("after DATA ")
    assert (row.state, row.error) == ("failed", words)


def test_cut_after_the_data_the_mail_comes_twice_as_one_and_the_same(each_world: World) -> None:
    """The server has it, and never said so: to the byte the same, so that whoever receives it shows one."""
    put(each_world, "a@exemple.test")
    with raw_server("cut after DATA") as server:
        desk = by_smtp(each_world, server.port)
        assert deliver(desk).deferred == 1
        server.ill = ""
        assert deliver(desk, LATER).sent == 1
    first, second = server.taken
    assert first.as_bytes() == second.as_bytes()


def test_taken_over_while_it_was_sending_a_process_marks_nothing(each_world: World) -> None:
    """Its lease ran out in the midst of the conversation: another has sent it since, and what became of that stands."""
    put(each_world, "a@exemple.test")
    with raw_server() as server:
        desk = by_smtp(each_world, server.port)

        def meanwhile() -> None:
            server.on_taken = lambda: None
            deliver(desk, NOW + LEASE)

        server.on_taken = meanwhile
        assert deliver(desk).sent == 0
    assert len(server.taken) == 2
    assert len(set(names(server.taken))) == 1
    [row] = rows(each_world)
    assert (row.state, row.sent_at, row.token, row.attempts) == ("sent", NOW + LEASE, 2, 1)


def test_two_at_work_on_one_outbox_send_each_mail_once(each_world: World) -> None:
    put(each_world, *(f"n{number}@exemple.test" for number in range(40)))
    with raw_server() as server:
        desk = by_smtp(each_world, server.port)
        workers = [threading.Thread(target=deliver_all, args=(desk,), kwargs={"limit": 3}) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert sorted(letter["To"] for letter in server.taken) == sorted(f"n{number}@exemple.test" for number in range(40))
    assert {(row.state, row.token) for row in rows(each_world)} == {("sent", 1)}


def test_a_lease_that_ran_out_is_anothers_to_take(each_world: World) -> None:
    put(each_world, "a@exemple.test")

    def claimed(minutes: int) -> list[Message]:
        with each_world.desk.database.writing() as session:
            return leases.claim(session, NOW + timedelta(minutes=minutes), ["mail"], 50)

    assert [len(claimed(minutes)) for minutes in (0, 9, 10, 19, 20)] == [1, 0, 1, 0, 1]
    assert rows(each_world)[0].token == 3
