"""After a long outage what piled up for one person leaves as one mail that lists it all: none lost, none doubled."""

from collections import Counter
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select, update

from sla.desk.answer import answer
from sla.desk.deposit import deposit
from sla.jobs.fire import fire_due
from sla.notify.digest import FOLDED, LATE
from sla.notify.outbox import TEXTS
from sla.store.tables import Message, Timer
from tests.jobs.rows import fire
from tests.notify.letters import NOW, RawServer, by_smtp, deliver_all, empty_outbox, free_port, raw_server, rows
from tests.worlds import World, paris

FAULT = {"item": "erreurs", "severity": "major", "title": "Stock négatif", "description": "Le stock passe à -3."}
DOWN, UP = "2026-11-20 10:00", "2026-11-24 09:00"
"""Friday morning to Tuesday morning."""


@pytest.fixture
def neglected(world: World) -> World:
    """Three tickets deposited on Friday at 10:00, each to be answered by 12:00 and unanswered yet."""
    return neglect(world)


def neglect(world: World) -> World:
    with world.desk.database.writing() as session:
        session.execute(update(Timer).values(state="cancelled"))  # the forfait's
    for who in ("julie", "bruno", "agnes"):
        world.do(who, DOWN, deposit, **FAULT)
    empty_outbox(world)
    return world


def unsent(world: World) -> list[Message]:
    with world.desk.database.reading() as session:
        return list(session.scalars(select(Message).where(Message.state == "pending").order_by(Message.id)))


def to(server: RawServer, address: str) -> list[EmailMessage]:
    return [letter for letter in server.taken if letter["To"] == address]


def text(letter: EmailMessage) -> str:
    return str(letter.get_content()).replace("\u00a0", " ").replace("\r\n", "\n")


def test_three_days_down_each_person_gets_one_mail_that_lists_all_that_was_due(each_world: World) -> None:
    neglected = neglect(each_world)
    fire(neglected, UP)
    due = unsent(neglected)
    expected = Counter(row.recipient for row in due)
    assert expected["marc@support.example.test"] == 3  # no ticket had its first answer
    with raw_server() as server:
        deliver_all(by_smtp(neglected, server.port), paris(UP))
    assert Counter(letter["To"] for letter in server.taken) == Counter(dict.fromkeys(expected, 1))
    listed = Counter(line.strip() for letter in server.taken for line in text(letter).splitlines())
    for row in due:
        subject = row.subject.replace("\u00a0", " ")
        assert listed[subject] == len([other for other in due if other.subject == row.subject])


def test_each_line_tells_its_instant_and_how_late_it_is(neglected: World) -> None:
    fire(neglected, UP)
    with raw_server() as server:
        deliver_all(by_smtp(neglected, server.port), paris(UP))
    [letter] = to(server, "marc@support.example.test")
    assert letter["Subject"].replace("\u00a0", " ") == "3 rappels et alertes en retard"
    first = text(letter).split("\n\n")[2]
    assert first.splitlines() == [
        "- Prévu ven. 20, 12 h 00, en retard de 93 h 00 :",
        "  [Ticket nº 1] Échéance dépassée : Stock négatif",
        f"  {neglected.desk.settings.environment.url}/tickets/1",
    ]


def test_what_was_folded_points_to_its_digest_and_is_kept(neglected: World) -> None:
    fire(neglected, UP)
    waited = {row.id for row in unsent(neglected)}
    with raw_server() as server:
        deliver_all(by_smtp(neglected, server.port), paris(UP))
        assert deliver_all(by_smtp(neglected, server.port), paris("2026-12-24 09:00")) == 0
    with neglected.desk.database.reading() as session:
        folded = session.scalars(select(Message).where(Message.id.in_(waited))).all()
        digests = {row.id: row for row in session.scalars(select(Message).where(Message.kind == "digest"))}
    assert {(row.state, bool(row.body)) for row in folded} == {("folded", True)}
    assert {row.digest_id for row in folded} == set(digests)
    assert all(digests[row.digest_id or 0].recipient == row.recipient for row in folded)
    assert {(row.state, row.due_at) for row in digests.values()} >= {("sent", paris("2026-11-20 11:00"))}


def test_a_mail_server_that_was_away_is_an_outage_too(neglected: World) -> None:
    """Fired on time, unsent for hours: tried again and again meanwhile, each leaves in the one mail."""
    nowhere = by_smtp(neglected, free_port())
    for at in ("11:00", "11:30", "11:48", "12:00", "14:15", "15:30"):
        fire(neglected, f"2026-11-20 {at}")
        deliver_all(nowhere, paris(f"2026-11-20 {at}"), limit=5)
        for minutes in (1, 3):
            deliver_all(nowhere, paris(f"2026-11-20 {at}") + timedelta(minutes=minutes))
    waiting = Counter(row.recipient for row in unsent(neglected))
    with raw_server() as server:
        sent = deliver_all(by_smtp(neglected, server.port), paris("2026-11-20 17:00"))
    assert sent == len(waiting)
    assert Counter(letter["To"] for letter in server.taken) == Counter(dict.fromkeys(waiting, 1))
    assert unsent(neglected) == []


def test_a_digest_waits_until_the_clock_has_caught_up(neglected: World) -> None:
    """Mail that leaves between two batches of timers would make two of one."""
    fire_due(neglected.desk, paris(UP), limit=9)
    with raw_server() as server:
        desk = by_smtp(neglected, server.port)
        assert deliver_all(desk, paris(UP)) == 0
        fire(neglected, UP)
        deliver_all(desk, paris(UP) + timedelta(seconds=5))
    assert len(to(server, "marc@support.example.test")) == 1
    assert unsent(neglected) == []


def test_a_clock_that_does_not_catch_up_holds_no_mail_for_long(neglected: World) -> None:
    fire_due(neglected.desk, paris(UP), limit=9)
    with raw_server() as server:
        desk = by_smtp(neglected, server.port)
        for minutes in range(11):
            deliver_all(desk, paris(UP) + timedelta(minutes=minutes))
        assert server.taken
    assert unsent(neglected) == []


def test_what_a_client_is_told_is_never_folded(world: World) -> None:
    for _ in range(2):
        number = world.do("julie", DOWN, deposit, **FAULT).id
        world.do("clara", "2026-11-20 10:30", answer, number, text="Je regarde.")
    world.do("julie", DOWN, deposit, **FAULT)
    waiting = [row for row in unsent(world) if row.recipient.startswith("julie")]
    with raw_server() as server:
        deliver_all(by_smtp(world, server.port), paris(UP))
    assert len(to(server, "julie@acme.example.test")) == len(waiting) == 5


def late(world: World, **changed: object) -> None:
    """Two reports that Clara owes since yesterday."""
    empty_outbox(world)
    with world.desk.database.writing() as session:
        session.execute(update(Timer).values(state="cancelled"))
        for number in range(2):
            message = Message(key=f"test:{number}", kind="report_due", subject=f"Rapport {number}", body="…\n")
            message.recipient, message.person_id = "clara@exemple.test", world.clara.id
            message.created_at = message.next_at = NOW - timedelta(days=1)
            session.add(message)
        session.flush()
        if changed:
            session.execute(update(Message).where(Message.key == "test:0").values(**changed))


@pytest.mark.parametrize(
    "changed",
    [
        {"attempts": 1},
        {"leased_until": NOW - timedelta(minutes=1), "token": 1},
        {"due_at": NOW - LATE + timedelta(seconds=1)},
        {"kind": "assigned"},
        {"recipient": "mehdi@exemple.test"},
    ],
    ids=["tried", "perhaps sent", "not long", "not a reminder", "another's"],
)
def test_what_must_not_be_folded_is_sent_as_it_is(world: World, changed: dict[str, object]) -> None:
    """One of the two may have left already, is not late, no reminder or for someone else: the other is no pile."""
    late(world, **changed)
    with raw_server() as server:
        assert deliver_all(by_smtp(world, server.port)) == 2
    assert sorted(letter["Subject"] for letter in server.taken) == ["Rapport 0", "Rapport 1"]


def test_reminders_to_a_client_are_mails_of_their_own_however_late(world: World) -> None:
    """Of two calls, say: a digest is for support."""
    late(world)
    theirs = {"person_id": world.julie.id, "recipient": "julie@acme.example.test", "kind": "call_reminder"}
    with world.desk.database.writing() as session:
        session.execute(update(Message).values(**theirs))
    with raw_server() as server:
        assert deliver_all(by_smtp(world, server.port)) == 2
    assert sorted(letter["Subject"] for letter in server.taken) == ["Rapport 0", "Rapport 1"]


def test_a_digest_that_is_cut_off_comes_again_as_itself(world: World) -> None:
    """And what piles up after it makes another: a digest that may have left is never written anew."""
    late(world)
    with raw_server("cut after DATA") as server:
        desk = by_smtp(world, server.port)
        deliver_all(desk)
        server.ill = ""
        assert deliver_all(desk, NOW + timedelta(minutes=2)) == 1
    first, second = server.taken
    assert first.as_bytes() == second.as_bytes()
    assert [row.state for row in rows(world)] == ["folded", "folded"]


def test_texts_that_are_folded_exist() -> None:
    assert {f"{name}.fr.txt" for name in FOLDED} <= {path.name for path in TEXTS.iterdir()}
