"""What a database holds when the service that wrote it was older than this one."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from sla import wallclock
from sla.desk.actor import SYSTEM
from sla.desk.catch_up import catch_up
from sla.desk.office import Desk
from sla.desk.publisher_errors import FollowedError, publisher_errors
from sla.jobs.fire import fire_due, next_due
from sla.settings import Environment, load
from sla.store.columns import Instant
from sla.store.migrate import migrate
from sla.store.tables import Message, Row, Timer, VerdictRow
from tests.worlds import paris

AT = paris("2026-06-01 10:00")
DAY = timedelta(days=1)


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """Without a table."""
    on_postgresql = request.param == "postgresql"
    database_url = request.getfixturevalue("postgresql").create() if on_postgresql else ""
    found = Desk.open(load(Environment(sla_var=tmp_path, database_url=database_url)))
    yield found
    found.close()
    if on_postgresql:
        request.getfixturevalue("postgresql").drop(database_url)


def put(connection: sa.Connection, name: str, /, **columns: Any) -> None:
    """A row of a table as that revision has it; what is not given is empty, or nothing."""
    table = sa.Table(name, sa.MetaData(), autoload_with=connection)
    empty = {bool: False, int: 0, str: "", datetime: AT, object: {}}
    for column in table.columns:
        kind = column.type.python_type
        if kind is datetime:
            column.type = Instant(timezone=True)
        if not (column.name in columns or column.nullable or column.primary_key):
            columns[column.name] = empty[kind]
    connection.execute(sa.insert(table).values(**columns))


def waits(connection: sa.Connection, number: int, reference: str, since: datetime, state: str = "pending") -> None:
    """A ticket that waits for the publisher, as it was written before errors were kept: its follow-up bears its own
    number."""
    facts = {"requester_id": 1, "technician_id": 2, "company_id": 1, "level": "maintenance", "severity": "major"}
    put(connection, "tickets", id=number, title=f"Ticket {number}", state="waiting_publisher", seq=2, **facts)
    put(connection, "events", ticket_id=number, seq=1, at=since - DAY, kind="deposited", author="Julie")
    sent = {"kind": "waiting_publisher", "author": "Clara", "data": {"reference": reference}}
    put(connection, "events", ticket_id=number, seq=2, at=since, **sent)
    due = since + 7 * DAY
    timer = {"kind": "publisher_follow_up", "subject": number, "due_at": due, "reached_at": due, "state": state}
    put(connection, "timers", key=f"publisher_follow_up:{number}:{due:%Y%m%dT%H%M%S}", **timer)


def people(connection: sa.Connection) -> None:
    put(connection, "companies", id=1, name="Acme")
    julie = {"role": "client", "company_id": 1, "portal_role": "account", "language": "fr", "active": True}
    put(connection, "people", id=1, name="Julie", email="julie@acme.test", **julie)
    for number, name, role in ((2, "Clara", "technician"), (3, "Diane", "dispatcher")):
        put(
            connection, "people", id=number, name=name, email=f"{name}@desk.test", role=role, active=True, language="fr"
        )


def folded_already(desk: Desk) -> None:
    """These histories are of a fact or two, which no ticket ever is."""
    with desk.database.engine.connect().execution_options(writes=True) as connection:
        connection.execute(sa.update(Timer).where(Timer.kind == "refold").values(state="cancelled"))
        connection.commit()


def errors(desk: Desk) -> dict[str, FollowedError]:
    found: list[FollowedError] = desk.by(SYSTEM, AT).see(publisher_errors)
    return {each.error.reference: each for each in found}


def pending(desk: Desk) -> list[tuple[int, datetime]]:
    """But what is folded anew as the service starts."""
    waiting = Timer.state == "pending", Timer.kind != "refold"
    query = sa.select(Timer.subject, Timer.due_at).where(*waiting).order_by(Timer.subject)
    with desk.database.reading() as session:
        return [(subject, due_at) for subject, due_at in session.execute(query)]


def told(desk: Desk) -> list[tuple[str, int | None]]:
    query = sa.select(Message.recipient, Message.ticket_id).order_by(Message.id)
    with desk.database.reading() as session:
        return [(recipient, ticket) for recipient, ticket in session.execute(query)]


def test_the_migrated_tables_are_those_that_the_code_describes(desk: Desk) -> None:
    """Columns, indexes, keys, and the rules that the database itself holds."""
    migrate(desk.database)
    with desk.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        ours = [change for change in compare_metadata(context, Row.metadata) if "procrastinate" not in str(change)]
        assert ours == []
        assert checks(connection) == described(connection)


def checks(connection: sa.Connection) -> dict[str, list[str]]:
    inspector = sa.inspect(connection)
    return {
        name: sorted(str(each["sqltext"]) for each in inspector.get_check_constraints(name))
        for name in Row.metadata.tables
    }


def described(connection: sa.Connection) -> dict[str, list[str]]:
    """The same, of tables that are made from the code alone, beside and for a moment."""
    if connection.dialect.name == "sqlite":
        with sa.create_engine("sqlite://").connect() as other:
            Row.metadata.create_all(other)
            return checks(other)
    connection.exec_driver_sql("CREATE SCHEMA described")
    connection.exec_driver_sql("SET search_path TO described")
    Row.metadata.create_all(connection)
    found = checks(connection)
    connection.rollback()
    return found


def test_tickets_that_waited_before_errors_were_kept_are_followed_under_their_reference(desk: Desk) -> None:
    """Two under one reference share its follow-up, on the earlier date; each had its own, that bore its number."""
    migrate(desk.database, "work")
    with desk.database.engine.connect().execution_options(writes=True) as connection:
        people(connection)
        waits(connection, 1, "CEG-4712", AT)
        waits(connection, 2, "CEG-4711", AT + DAY)
        waits(connection, 3, "ceg 4711", AT)
        connection.commit()
    migrate(desk.database)
    folded_already(desk)
    found = errors(desk)
    assert {name: [ticket.id for ticket in each.tickets] for name, each in found.items()} == {
        "CEG-4712": [1],
        "CEG-4711": [2, 3],
    }
    assert found["CEG-4711"].error.opened_at == AT
    numbers = {name: each.error.id for name, each in found.items()}
    assert pending(desk) == sorted((number, AT + 7 * DAY) for number in numbers.values())
    assert fire_due(desk, AT + 7 * DAY).count == 2
    assert sorted(told(desk)) == [("Clara@desk.test", 1), ("Clara@desk.test", 2)]
    assert len(pending(desk)) == 2


def test_follow_ups_misread_or_stopped_since_are_put_right(desk: Desk) -> None:
    """Ticket 2's own timer was taken for error 2's, failed and was parked: its error is asked about at once, as is one
    whose follow-up had stopped with the last ticket that waited; what was right stays as it was."""
    migrate(desk.database, "agreed_dates")
    right = AT + 3 * DAY
    with desk.database.engine.connect().execution_options(writes=True) as connection:
        people(connection)
        waits(connection, 1, "CEG-1", AT)
        waits(connection, 2, "CEG-2", AT, state="failed")
        for number, reference, next_at in ((1, "CEG-1", right), (2, "CEG-9", None)):
            key = reference.replace("-", "").lower()
            put(connection, "publisher_errors", id=number, key=key, reference=reference, state="open", next_at=next_at)
        put(connection, "publisher_links", ticket_id=1, error_id=1)
        put(connection, "publisher_news", id=1, error_id=1, kind="sent", author="Clara", text="Ticket 1")
        timer = {"kind": "publisher_follow_up", "subject": 1, "due_at": right, "reached_at": right, "state": "pending"}
        put(connection, "timers", key="publisher_follow_up:1:20260604T080000", **timer)
        connection.commit()
    before = wallclock.now()
    migrate(desk.database)
    found = errors(desk)
    assert {name: [ticket.id for ticket in each.tickets] for name, each in found.items()} == {
        "CEG-1": [1],
        "CEG-2": [2],
        "CEG-9": [],
    }
    due = dict(pending(desk))
    assert due.pop(1) == right
    assert due.keys() == {found["CEG-2"].error.id, found["CEG-9"].error.id}
    assert all(at >= before for at in due.values())
    with desk.database.reading() as session:
        assert session.scalars(sa.select(Timer).where(Timer.state == "failed")).all() == []


def test_a_database_upgraded_goes_on_writing(desk: Desk) -> None:
    """What was copied leaves the next number free."""
    migrate(desk.database, "agreed_dates")
    with desk.database.engine.connect().execution_options(writes=True) as connection:
        put(connection, "publisher_errors", id=1, key="ceg1", reference="CEG-1", state="open", next_at=AT)
        connection.commit()
    migrate(desk.database)
    with desk.database.engine.connect().execution_options(writes=True) as connection:
        put(connection, "publisher_errors", key="ceg2", reference="CEG-2", state="open", next_at=AT)
        connection.commit()
    assert sorted(each.error.id for each in errors(desk).values()) == [1, 2]


def test_what_was_asked_of_support_before_it_was_reminded_is_reminded_of_at_once(desk: Desk) -> None:
    """A request that was answered, and a report that has gone since, are not."""
    migrate(desk.database, "publisher_followed")
    with desk.database.engine.connect().execution_options(writes=True) as connection:
        people(connection)
        asked = {"company_id": 1, "hours": 20, "asked_by": 1, "author": "Julie"}
        put(connection, "hours_requests", id=1, state="pending", **asked)
        put(connection, "hours_requests", id=2, state="declined", **asked)
        facts = {"requester_id": 1, "technician_id": 2, "company_id": 1, "level": "maintenance", "severity": "major"}
        for number, history in ((1, ("report_asked",)), (2, ("report_asked", "reported"))):
            put(connection, "tickets", id=number, title=f"Ticket {number}", state="in_progress", seq=2, **facts)
            for seq, kind in enumerate(history, 1):
                put(connection, "events", ticket_id=number, seq=seq, kind=kind, author="Julie")
        connection.commit()
    migrate(desk.database)
    folded_already(desk)
    assert [subject for subject, _ in pending(desk)] == [1, 1]
    assert fire_due(desk, desk.hours.next_open(wallclock.now() + DAY)).count == 2
    assert sorted(told(desk), key=str) == [("Clara@desk.test", 1), ("Diane@desk.test", 1), ("Diane@desk.test", None)]


def test_a_clock_that_was_decided_before_verdicts_were_kept_has_one(desk: Desk) -> None:
    """Answered an hour late, resolved in time; the second ticket is late and has no answer yet, the third waits."""
    migrate(desk.database, "asked_still")
    with desk.database.engine.connect().execution_options(writes=True) as connection:
        people(connection)
        facts = {"requester_id": 1, "technician_id": 2, "company_id": 1, "level": "maintenance", "severity": "major"}
        for number in (1, 2, 3):
            put(connection, "tickets", id=number, title=f"Ticket {number}", state="in_progress", seq=2, **facts)
        late, late_again = AT + timedelta(hours=2), AT + timedelta(hours=4)
        put(connection, "clocks", ticket_id=1, name="first_response", mark="missed", cycle=1, overdue_at=late)
        put(connection, "clocks", ticket_id=1, name="resolution", mark="met", cycle=1, ended_at=AT + DAY)
        put(connection, "clocks", ticket_id=2, name="resolution", mark="paused", cycle=2, overdue_at=late_again)
        put(connection, "clocks", ticket_id=3, name="resolution", mark="running", cycle=1, due_at=AT + DAY)
        connection.commit()
    migrate(desk.database)
    query = sa.select(VerdictRow).order_by(VerdictRow.ticket_id, VerdictRow.clock)
    with desk.database.reading() as session:
        kept = [
            (v.ticket_id, v.clock, v.cycle, v.mark, v.at, v.severity, v.technician_id) for v in session.scalars(query)
        ]
    assert kept == [
        (1, "first_response", 1, "missed", late, "major", 2),
        (1, "resolution", 1, "met", AT + DAY, "major", 2),
        (2, "resolution", 2, "missed", late_again, "major", 2),
    ]


def test_tickets_of_before_are_marked_to_be_folded_anew(desk: Desk) -> None:
    """What has no history stops nothing: it is named by `sla verify`."""
    migrate(desk.database, "targets_kept")
    with desk.database.engine.connect().execution_options(writes=True) as connection:
        people(connection)
        facts = {"requester_id": 1, "company_id": 1, "level": "maintenance", "severity": "major", "state": "closed"}
        for number in (1, 2):
            put(connection, "tickets", id=number, title="Ticket", **facts)
        connection.commit()
    migrate(desk.database)
    with desk.database.reading() as session:
        marked = session.scalars(sa.select(Timer.data).where(Timer.kind == "refold")).all()
    assert marked == [{"after": 0}]
    assert [desk.by(SYSTEM, AT).do(catch_up) for _ in range(2)] == [True, False]
    assert next_due(desk.database) is None


def test_tickets_that_an_earlier_upgrade_folded_are_marked_again(desk: Desk) -> None:
    migrate(desk.database, "targets_kept")
    with desk.database.engine.connect().execution_options(writes=True) as connection:
        people(connection)
        facts = {"requester_id": 1, "company_id": 1, "level": "maintenance", "severity": "major", "state": "closed"}
        put(connection, "tickets", id=1, title="Ticket", **facts)
        connection.commit()
    migrate(desk.database, "folded_anew")
    with desk.database.writing() as session:
        session.execute(sa.update(Timer).values(state="fired", fired_at=AT))
    migrate(desk.database)
    assert [desk.by(SYSTEM, AT).do(catch_up) for _ in range(2)] == [True, False]


def test_a_timer_written_before_tries_had_an_instant_of_their_own_is_looked_at_when_it_is_due(desk: Desk) -> None:
    migrate(desk.database, "agreed_dates")
    with desk.database.engine.connect().execution_options(writes=True) as connection:
        put(connection, "timers", key="a", kind="reliability", state="pending", due_at=AT, reached_at=AT)
        connection.commit()
    migrate(desk.database)
    assert next_due(desk.database) == AT
    assert fire_due(desk, AT).count == 1


def test_first_answers_kept_before_each_cycle_had_its_own_stay_and_only_grow(desk: Desk) -> None:
    """The same ticket may get a second one, asked for later; none is edited."""
    migrate(desk.database, "verdicts")
    facts = {"ticket_id": 1, "severity": "major", "item": "erreurs", "wait_s": 600, "answered_at": AT + DAY}
    with desk.database.engine.connect().execution_options(writes=True) as connection:
        people(connection)
        level = {"level": "maintenance", "severity": "major", "state": "closed"}
        put(connection, "tickets", id=1, title="Ticket 1", requester_id=1, company_id=1, **level)
        put(connection, "first_answers", asked_at=AT, **facts)
        connection.commit()
    migrate(desk.database)
    with desk.database.engine.connect().execution_options(writes=True) as connection:
        put(connection, "first_answers", asked_at=AT + DAY, **facts)
        connection.commit()
        kept = sa.text("SELECT count(*), min(wait_s) FROM first_answers")
        assert connection.execute(kept).one() == (2, 600)
        with pytest.raises(sa.exc.DBAPIError, match="append-only"):
            connection.execute(sa.text("DELETE FROM first_answers"))
