"""Without a mail server, mails are files of a folder that the demo shows."""

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from sla.notify.attachment import Documents
from sla.notify.carrier import Unreachable
from sla.notify.mail import mail
from sla.store.tables import Message


class Folder:
    """One `.eml` a mail, whole or absent; sent again, it replaces itself."""

    def __init__(self, path: Path, sender: str, documents: Documents) -> None:
        self.path, self._sender, self._documents = path, sender, documents

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

    def lane(self, message: Message) -> str:
        return "folder"

    def carry(self, message: Message) -> None:
        letter = mail(message, self._sender, self._documents.of(message))
        name = f"{message.created_at:%Y%m%dT%H%M%SZ}-{message.id:06}"
        hidden = self.path / f".{name}.part"
        try:
            with hidden.open("wb") as file:
                file.write(letter.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            hidden.replace(self.path / f"{name}.eml")
        except OSError as error:
            raise Unreachable(f"{type(error).__name__}: {error.strerror}") from error
