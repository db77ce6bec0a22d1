"""Webhooks sent again: under their first id, from the history, what was never sent included."""

import pytest
from sqlalchemy import select, update

from sla.desk import replay as replaying
from sla.desk.answer import answer
from sla.desk.deposit import deposit
from sla.desk.endpoints import add_endpoint, resume_endpoint, stop_endpoint
from sla.desk.replay import replay, replay_since
from sla.errors import AlreadyDone, BadInstant, EndpointStopped, Forbidden, NotFound, TooManyAtOnce
from sla.store.tables import Message
from tests.worlds import World, paris

AT = "2026-11-24 10:00"
FAULT = {"item": "erreurs", "severity": "major", "title": "Stock négatif", "description": "Le stock passe à -3."}


@pytest.fixture
def served(world: World) -> World:
    """One endpoint for deposits and answers; one deposit, which was sent."""
    events = ["deposited", "answered"]
    world.do("marc", AT, add_endpoint, url="https://exemple.fr/h", events=events)
    world.do("julie", AT, deposit, **FAULT)
    with world.desk.database.writing() as session:
        session.execute(update(Message).values(state="sent", sent_at=paris(AT), attempts=3))
    return world


def stored(world: World) -> list[Message]:
    query = select(Message).where(Message.channel == "webhook").order_by(Message.id)
    with world.desk.database.reading() as session:
        return list(session.scalars(query))


def test_one_message_is_due_anew_under_its_first_key(served: World) -> None:
    [sent] = stored(served)
    again = served.do("marc", "2026-11-24 11:00", replay, sent.id)
    assert (again.key, again.state, again.attempts, again.sent_at) == (sent.key, "pending", 0, None)
    assert again.next_at == paris("2026-11-24 11:00")
    with pytest.raises(AlreadyDone):
        served.do("marc", "2026-11-24 11:00", replay, sent.id)


def test_what_happened_while_it_was_stopped_is_replayed_from_the_history(served: World) -> None:
    served.do("marc", "2026-11-24 10:10", stop_endpoint, 1)
    served.do("clara", "2026-11-24 10:20", answer, 1, text="Je regarde.")
    assert len(stored(served)) == 1
    with pytest.raises(EndpointStopped):
        served.do("marc", "2026-11-24 10:30", replay_since, 1, since="2026-11-24T10:05")
    served.do("marc", "2026-11-24 10:30", resume_endpoint, 1)
    assert served.do("marc", "2026-11-24 10:30", replay_since, 1, since="2026-11-24T10:05") == 1
    before, missed = stored(served)
    assert (before.state, missed.kind, missed.state) == ("sent", "answered", "pending")
    assert missed.due_at == paris("2026-11-24 10:20")


def test_replayed_from_before_a_message_it_is_the_same_message(served: World) -> None:
    keys = [message.key for message in stored(served)]
    assert served.do("marc", "2026-11-24 12:00", replay_since, 1, since="2026-11-24T09:00") == 1
    assert served.do("marc", "2026-11-24 12:00", replay_since, 1, since="2026-11-24T09:00") == 1
    assert [(message.key, message.state) for message in stored(served)] == [(key, "pending") for key in keys]


def test_more_than_can_be_replayed_at_once_is_refused(served: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replaying, "MOST", 0)
    with pytest.raises(TooManyAtOnce) as met:
        served.do("marc", AT, replay_since, 1, since="2026-11-24T09:00")
    assert "1 événements se sont produits depuis" in met.value.sentence()
    assert [message.state for message in stored(served)] == ["sent"]


def test_what_can_not_be_replayed_is_refused(served: World) -> None:
    with served.desk.database.reading() as session:
        mail = session.scalars(select(Message).where(Message.channel == "mail")).first()
    assert mail is not None
    for number in (mail.id, 9_999):
        with pytest.raises(NotFound):
            served.do("marc", AT, replay, number)
    with pytest.raises(NotFound):
        served.do("marc", AT, replay_since, 7, since="2026-11-24T09:00")
    with pytest.raises(BadInstant):
        served.do("marc", AT, replay_since, 1, since="hier")
    with pytest.raises(Forbidden):
        served.do("diane", AT, replay_since, 1, since="2026-11-24T09:00")
