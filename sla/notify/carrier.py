"""What carries mails away, and what can go wrong on the way."""

from email.message import EmailMessage
from types import TracebackType
from typing import Protocol, Self


class Deferred(Exception):
    """Not now: this one is to be tried again later."""


class Unreachable(Deferred):
    """Nothing can be sent now: the server does not answer, or not as agreed; the rest need not be tried."""


class Undeliverable(Exception):
    """Never: the server refuses this one for good."""


class Carrier(Protocol):
    """`carry` returns once the mail is somebody else's to keep; `name` is the file's, where it becomes one."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def carry(self, letter: EmailMessage, name: str) -> None: ...
