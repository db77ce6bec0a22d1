"""Teams, Slack, SMS and others, by apprise: lines to a room, beside the mails."""

from importlib import import_module
from types import TracebackType
from typing import Any, Self

from sla.notify.carrier import Deferred, Undeliverable, Unreachable
from sla.settings import Settings
from sla.store.tables import Message


class Chat:
    """The addresses hold secrets: they come from the environment alone, and no error tells them."""

    def __init__(self, settings: Settings) -> None:
        self._urls = settings.environment.chat_urls
        self._apprise: Any = None

    def __enter__(self) -> Self:
        try:
            self._apprise = import_module("apprise")
        except ModuleNotFoundError as error:
            raise Unreachable("il y faut le supplément « chat » : pip install 'sla[chat]'") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def lane(self, message: Message) -> str:
        return message.recipient

    def carry(self, message: Message) -> None:
        url = self._urls.get(message.recipient)
        if url is None:
            raise Unreachable(f"CHAT_URLS ne donne pas d’adresse à « {message.recipient} »")
        way = self._apprise.Apprise()
        if not way.add(url):
            raise Undeliverable(f"apprise ne comprend pas ce que CHAT_URLS donne à « {message.recipient} »")
        if not way.notify(title=message.subject, body=message.body):
            raise Deferred("le service a refusé le message, ou n’a pas répondu")
