"""Without a mail server, mails are files of a folder that the demo shows."""

import os
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Self

from sla.notify.carrier import Unreachable


class Folder:
    """One `.eml` a mail, whole or absent; sent again, it replaces itself."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Self:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unreachable(f"{type(error).__name__}: {error.strerror}") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def carry(self, letter: EmailMessage, name: str) -> None:
        hidden = self.path / f".{name}.part"
        try:
            with hidden.open("wb") as file:
                file.write(letter.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            hidden.replace(self.path / f"{name}.eml")
        except OSError as error:
            raise Unreachable(f"{type(error).__name__}: {error.strerror}") from error
