"""What carries messages away, and what can go wrong on the way."""

from collections.abc import Hashable
from datetime import timedelta
from types import TracebackType
from typing import Protocol, Self

from sla.store.tables import Message


class Deferred(Exception):
    """Not now: this one is to be tried again later, not before `after` where the receiver asked for that."""

    def __init__(self, said: str, after: timedelta | None = None) -> None:
        super().__init__(said)
        self.after = after


class Unreachable(Deferred):
    """Nothing can be sent this way now: nobody answers, or not as agreed; the rest of it need not be tried."""


class Undeliverable(Exception):
    """Never: the receiver refuses this one for good."""


class Gone(Undeliverable):
    """Never again, this one or another: the receiver wants nothing more."""


class Carrier(Protocol):
    """A way for messages to leave, open from `__enter__` to `__exit__`; Unreachable on entering: nothing is claimed."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def lane(self, message: Message) -> Hashable:
        """What is unreachable together."""
        ...

    def carry(self, message: Message) -> None:
        """Returns once the message is somebody else's to keep."""
        ...
