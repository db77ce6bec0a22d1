"""Where other software is told what happens: a manager's to add, stop and take up again."""

import pytest

from sla.desk.endpoints import add_endpoint, ping_endpoint, resume_endpoint, rotate_endpoint, stop_endpoint
from sla.desk.outbox_view import endpoints, see_endpoint
from sla.errors import AlreadyDone, BadEndpoint, EndpointStopped, Forbidden, Missing, NotFound, Unknown
from sla.store.tables import Endpoint, Message
from tests.desk.kept import count
from tests.worlds import World

AT = "2026-11-24 10:00"
HOOK = "https://facturation.exemple.fr/hooks"


def added(world: World, **changed: object) -> int:
    made = world.do("marc", AT, add_endpoint, **{"url": HOOK, **changed})
    return int(made.endpoint.id)


def test_an_endpoint_bears_its_machines_name_and_its_secret_is_told_once(world: World) -> None:
    made = world.do("marc", AT, add_endpoint, url=HOOK, events=["resolved", "answered", "resolved"])
    assert (made.endpoint.label, made.endpoint.events) == ("facturation.exemple.fr", ["answered", "resolved"])
    assert (made.endpoint.state, made.endpoint.author) == ("active", "Marc")
    assert made.secret.startswith("whsec_")
    assert len(made.secret) == len("whsec_") + 44


def test_each_endpoint_and_each_rotation_has_a_secret_of_its_own(world: World) -> None:
    made = [world.do("marc", AT, add_endpoint, url=HOOK) for _ in range(2)]
    rotated = world.do("marc", AT, rotate_endpoint, made[0].endpoint.id)
    assert len({made[0].secret, made[1].secret, rotated.secret}) == 3
    assert (rotated.endpoint.generation, rotated.endpoint.fingerprint) != (1, made[0].endpoint.fingerprint)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://exemple.fr/", "il faut une adresse en https"),
        ("https://192.168.1.4/", "c’est une adresse privée"),
        ("https://localhost/h", "à «\u00a0localhost\u00a0»\u00a0: c’est une adresse privée"),
        ("https://moi:secret@exemple.fr/", "une adresse ne porte ni nom ni mot de passe"),
        ("exemple.fr", "écrivez une adresse entière"),
    ],
)
def test_an_address_that_will_not_do_is_refused_with_its_rule_and_nothing_is_written(
    world: World, url: str, said: str
) -> None:
    with pytest.raises(BadEndpoint) as met:
        added(world, url=url)
    assert said in met.value.sentence()
    assert "secret" not in met.value.sentence()
    assert met.value.field == "url"
    assert count(world, Endpoint) == 0


def test_an_event_that_never_happens_and_an_empty_address_are_refused(world: World) -> None:
    with pytest.raises(Unknown) as met:
        added(world, events=["exploded"])
    assert met.value.field == "events"
    with pytest.raises(Missing):
        added(world, url=" ")


def test_stopped_then_taken_up_again_and_neither_twice(world: World) -> None:
    number = added(world)
    with pytest.raises(AlreadyDone):
        world.do("marc", AT, resume_endpoint, number)
    world.do("marc", AT, stop_endpoint, number)
    with pytest.raises(AlreadyDone):
        world.do("marc", AT, stop_endpoint, number)
    with pytest.raises(EndpointStopped):
        world.do("marc", AT, ping_endpoint, number)
    assert world.do("marc", AT, resume_endpoint, number).state == "active"
    assert world.do("marc", AT, ping_endpoint, number).kind == "ping"


def test_each_is_seen_with_what_became_of_its_messages(world: World) -> None:
    first, second = added(world), added(world, label="Entrepôt")
    world.do("marc", AT, ping_endpoint, second)
    lines = world.see("marc", AT, endpoints)
    assert [(line.endpoint.label, line.sent, line.pending, line.failed) for line in lines] == [
        ("facturation.exemple.fr", 0, 0, 0),
        ("Entrepôt", 0, 1, 0),
    ]
    assert [message.kind for message in world.see("marc", AT, see_endpoint, second).messages] == ["ping"]
    assert world.see("marc", AT, see_endpoint, first).messages == []
    assert count(world, Message) > 1


def test_one_that_is_not_there_is_not_found(world: World) -> None:
    for verb in (rotate_endpoint, stop_endpoint, resume_endpoint, ping_endpoint):
        with pytest.raises(NotFound):
            world.do("marc", AT, verb, 9)
    with pytest.raises(NotFound):
        world.see("marc", AT, see_endpoint, 9)


def test_they_are_a_managers(world: World) -> None:
    number = added(world)
    for who in ("diane", "clara", "julie", "paul"):
        with pytest.raises(Forbidden):
            world.do(who, AT, add_endpoint, url=HOOK)
        with pytest.raises(Forbidden):
            world.see(who, AT, see_endpoint, number)
