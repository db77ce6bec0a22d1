"""Secrets: shown once, kept as digests, used once or revoked; people hold their own."""

import pytest
from sqlalchemy import select

from sla.desk.actor import SYSTEM
from sla.desk.keys import (
    WeakPassword,
    check_password,
    check_token,
    issue_key,
    revoke_key,
    send_link,
    set_password,
    use_link,
)
from sla.errors import BadCredentials, Forbidden, NotFound
from sla.store.tables import Key, Message, Person
from tests.desk.kept import count, everything, refused
from tests.worlds import World

AT = "2026-06-01 10:00"


def test_a_link_signs_in_once(world: World) -> None:
    secret = world.do("julie", AT, issue_key, world.julie.id, purpose="sign_in")
    actor = world.do(SYSTEM, "2026-06-01 10:20", use_link, secret)
    assert actor == world.julie
    refused(world, BadCredentials, SYSTEM, "2026-06-01 10:20", use_link, secret)


def test_a_link_lasts_twenty_minutes(world: World) -> None:
    secret = world.do("julie", AT, issue_key, world.julie.id, purpose="sign_in")
    refused(world, BadCredentials, SYSTEM, "2026-06-01 10:20:01", use_link, secret)


def test_a_token_works_until_it_is_revoked_and_is_no_link(world: World) -> None:
    secret = world.do("marc", AT, issue_key, world.marc.id, purpose="api", minutes=None)
    assert world.see(SYSTEM, "2036-06-01 10:00", check_token, secret) == world.marc
    refused(world, BadCredentials, SYSTEM, AT, use_link, secret)
    world.do("marc", AT, revoke_key, 1)
    with pytest.raises(BadCredentials):
        world.see(SYSTEM, AT, check_token, secret)


def test_only_digests_are_kept(world: World) -> None:
    secret = world.do("julie", AT, issue_key, world.julie.id, purpose="sign_in")
    assert secret not in repr(everything(world))


def test_people_hold_their_own_keys_and_a_manager_anyone_s(world: World) -> None:
    refused(world, Forbidden, "julie", AT, issue_key, world.agnes.id, purpose="api")
    refused(world, Forbidden, "diane", AT, issue_key, world.marc.id, purpose="api")
    world.do("marc", AT, issue_key, world.julie.id, purpose="sign_in")
    refused(world, NotFound, "agnes", AT, revoke_key, 1)
    refused(world, NotFound, "marc", AT, revoke_key, 999)
    refused(world, NotFound, "marc", AT, issue_key, 999, purpose="api")


def test_a_password_is_hashed_and_checked(world: World) -> None:
    world.do("julie", AT, set_password, world.julie.id, password="un long mot de passe")
    assert world.see(SYSTEM, AT, check_password, email=" JULIE@acme.example.test", password="un long mot de passe") == (
        world.julie
    )
    with world.desk.database.reading() as session:
        assert session.get_one(Person, world.julie.id).password.startswith("$argon2")  # type: ignore[union-attr]
    for email, wrong in (("julie@acme.example.test", "x"), ("personne@acme.example.test", "un long mot de passe")):
        with pytest.raises(BadCredentials):
            world.see(SYSTEM, AT, check_password, email=email, password=wrong)


def test_a_password_s_length(world: World) -> None:
    refused(world, WeakPassword, "julie", AT, set_password, world.julie.id, password="court")
    refused(world, WeakPassword, "julie", AT, set_password, world.julie.id, password="x" * 201)
    refused(world, Forbidden, "julie", AT, set_password, world.agnes.id, password="un long mot de passe")


def test_whoever_has_left_signs_in_no_more(world: World) -> None:
    secret = world.do("julie", AT, issue_key, world.julie.id, purpose="sign_in")
    with world.desk.database.writing() as session:
        session.get_one(Person, world.julie.id).active = False
    refused(world, BadCredentials, SYSTEM, AT, use_link, secret)


def test_an_unknown_address_is_sent_nothing_and_can_not_tell(world: World) -> None:
    before = count(world, Message), count(world, Key)
    assert world.do(SYSTEM, AT, send_link, email="personne@acme.example.test") is None
    assert (count(world, Message), count(world, Key)) == before
    assert world.do(SYSTEM, AT, send_link, email=" Julie@acme.example.test ") is None
    with world.desk.database.reading() as session:
        sent = session.scalars(select(Message).order_by(Message.id.desc()).limit(1)).one()
    assert sent.recipient == "julie@acme.example.test"
    secret = next(part for part in sent.body.split() if "/sign-in/" in part).rpartition("/")[2]
    assert world.do(SYSTEM, AT, use_link, secret) == world.julie
