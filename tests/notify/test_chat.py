"""What support is told beside its mails, in a chat: real apprise, to a real HTTP server."""

import shutil
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sla import wallclock
from sla.desk.actor import SYSTEM
from sla.desk.deposit import deposit
from sla.desk.office import Tx
from sla.desk.tell import having, tell, tell_client
from sla.notify.outbox import TEXTS
from sla.settings import ConfigError, Environment, load
from sla.settings.chat_lines import KINDS, unreachable_chats
from sla.settings.desk_rules import ChatLine
from sla.store.tables import Message, Ticket
from tests.notify.letters import deliver, empty_outbox, with_environment
from tests.notify.receivers import Receiver, receiver
from tests.worlds import World

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # apprise's own

NIGHT = ChatLine("astreinte", frozenset({"sla_breach", "call_missed"}))
FAULT = {"item": "erreurs", "severity": "major", "title": "Stock négatif", "description": "Le stock passe à -3."}


def chatting(world: World, url: str, *chats: ChatLine) -> World:
    empty_outbox(world)
    desk = with_environment(world, chat_urls={"astreinte": url})
    desk.settings = replace(desk.settings, chats=chats or (NIGHT,))
    return World(desk, world.people, world.companies, world.forfait)


def url(room: Receiver) -> str:
    """With the patience of a slow machine; apprise's own is four seconds."""
    return f"json://127.0.0.1:{room.port}/?cto=60&rto=60"


def warned(world: World, share: int, now: datetime) -> None:
    """As `warn` tells it, of the first ticket."""
    with world.desk.database.writing() as session:
        tx = Tx(world.desk, session, SYSTEM, now)
        facts: dict[str, Any] = {"clock": "first_response", "share": share, "due_at": now, "technician": None}
        told = having(tx, "manager"), "sla_level"
        tell(tx, *told, key=f"level:{share}", ticket=session.get_one(Ticket, 1), **facts)


def lines(world: World) -> list[Message]:
    with world.desk.database.reading() as session:
        return list(session.scalars(select(Message).where(Message.channel == "chat").order_by(Message.id)))


@pytest.fixture
def now() -> datetime:
    return wallclock.now()


def test_a_breach_goes_to_the_chat_that_asked_for_breaches_and_a_warning_does_not(world: World, now: datetime) -> None:
    with receiver(200) as room:
        desk = chatting(world, url(room))
        desk.do("julie", now, deposit, **FAULT)
        warned(desk, 75, now)
        warned(desk, 100, now)
        warned(desk, 100, now)
        assert deliver(desk.desk, now, channels=["chat"]).sent == 1
        [got] = room.received
    assert got.told["title"].replace("\u00a0", " ") == "[Ticket nº 1] Échéance dépassée : Stock négatif"
    assert got.told["message"] == f"{desk.desk.settings.environment.url}/tickets/1"


@pytest.mark.parametrize("ill", [500, "cut"])
def test_a_chat_that_fails_is_tried_again(world: World, now: datetime, ill: int | str) -> None:
    with receiver(ill) as room:
        desk = chatting(world, url(room))
        desk.do("julie", now, deposit, **FAULT)
        warned(desk, 100, now)
        assert deliver(desk.desk, now, channels=["chat"]).deferred == 1
        room.answer = 200
        assert deliver(desk.desk, lines(desk)[0].next_at, channels=["chat"]).sent == 1


def test_no_address_of_a_chat_is_kept_or_said(world: World, now: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    desk = chatting(world, "slack://tokenA/tokenB/tokenC-secret")
    desk.do("julie", now, deposit, **FAULT)
    warned(desk, 100, now)
    deliver(desk.desk, now, channels=["chat"])
    [row] = lines(desk)
    assert row.state == "failed"
    assert row.error == "apprise ne comprend pas ce que CHAT_URLS donne à « astreinte »"
    assert "secret" not in capsys.readouterr().out
    assert "secret" not in repr(desk.desk.settings.environment)


def test_without_the_extra_it_says_what_to_install(
    world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = chatting(world, "json://127.0.0.1:9/")
    desk.do("julie", now, deposit, **FAULT)
    warned(desk, 100, now)
    monkeypatch.setitem(sys.modules, "apprise", None)
    assert deliver(desk.desk, now, channels=["chat"]).deferred == 1
    assert lines(desk)[0].error == "il y faut le supplément « chat » : pip install 'sla[chat]'"


def test_a_chat_without_an_address_is_a_mistake_of_the_configuration() -> None:
    [mistake] = unreachable_chats([NIGHT], Environment())
    assert "CHAT_URLS ne donne pas d’adresse à « astreinte »" in str(mistake)
    assert unreachable_chats([NIGHT], Environment(chat_urls={"astreinte": "json://localhost"})) == []


def test_the_addresses_are_read_from_the_environment_and_a_wrong_value_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CHAT_URLS", '{"astreinte": "json://localhost/secret"}')
    assert load().environment.chat_urls == {"astreinte": "json://localhost/secret"}
    for wrong in ('["json://localhost/secret"]', "json://localhost/secret", '{"astreinte": ["secret"]}'):
        monkeypatch.setenv("CHAT_URLS", wrong)
        with pytest.raises(ConfigError) as met:
            load()
        assert "CHAT_URLS" in str(met.value)
        assert "secret" not in str(met.value)
    monkeypatch.setenv("CHAT_URLS", "")
    assert load().environment.chat_urls == {}


def test_what_may_go_to_a_chat_is_a_text_to_support(world: World) -> None:
    assert {f"{name}.fr.txt" for name in KINDS - {"sla_breach"}} <= {path.name for path in TEXTS.iterdir()}
    assert not KINDS & {"sign_in_link", "answered", "estimate_offered", "receipt", "report", "resolved", "digest"}


def test_a_client_is_not_told_through_a_chat(world: World, now: datetime) -> None:
    desk = chatting(world, "json://127.0.0.1:9/")
    desk.do("julie", now, deposit, **FAULT)
    with desk.desk.database.writing() as session:
        tx = Tx(desk.desk, session, SYSTEM, now)
        tell_client(tx, session.get_one(Ticket, 1), "answered", key="x", text="Bonjour")
    assert lines(desk) == []


def test_what_is_wrong_in_a_chats_lines_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    shutil.copytree(Environment().sla_config, folder)
    with (folder / "desk.toml").open("a") as file:
        file.write('\n[[chats]]\nname = "de nuit !"\nkinds = ["answered"]\nurl = "slack://x"\n')
    with pytest.raises(ConfigError) as met:
        load(Environment(sla_config=folder, chat_urls={"de nuit !": "json://localhost"}))
    said = str(met.value)
    assert "« answered » n’est pas une annonce" in said
    assert "« de nuit ! » : au plus 30 lettres sans accent" in said
    assert "url" in said
