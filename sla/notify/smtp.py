"""Mail by SMTP (RFC 5321): one connection a batch."""

import smtplib
import ssl
from contextlib import suppress
from types import TracebackType
from typing import Self

from sla.notify.attachment import Documents
from sla.notify.carrier import Deferred, Undeliverable, Unreachable
from sla.notify.mail import mail
from sla.notify.unreached import why_unreached
from sla.settings import Environment
from sla.store.tables import Message

TIMEOUT_S = 10.0
"""Longest wait for one answer of the server."""

CLOSING = 421
"""Service not available, closing: said of the connection, not of the mail."""


TOO_LARGE = 552


class Smtp:
    """`timeout` in seconds."""

    def __init__(self, environment: Environment, timeout: float, documents: Documents) -> None:
        self._environment, self._timeout, self._documents = environment, timeout, documents
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def lane(self, message: Message) -> str:
        return "server"

    def carry(self, message: Message) -> None:
        letter = mail(message, self._environment.mail_from, self._documents.of(message))
        try:
            self._open().send_message(letter)
        except smtplib.SMTPRecipientsRefused as refused:
            code, text = next(iter(refused.recipients.values()))
            raise _judged(code, text) from refused
        except smtplib.SMTPSenderRefused as refused:
            if refused.smtp_code == TOO_LARGE:
                raise _judged(refused.smtp_code, refused.smtp_error) from refused
            # It is this service that isn't welcome: no mail is to be parked for that.
            raise Unreachable(_reason(refused.smtp_code, refused.smtp_error)) from refused
        except smtplib.SMTPResponseException as refused:
            raise _judged(refused.smtp_code, refused.smtp_error) from refused
        except smtplib.SMTPNotSupportedError as error:
            raise Undeliverable(f"{type(error).__name__}: {error}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable(why_unreached(error)) from error

    def _open(self) -> smtplib.SMTP:
        """Connected, encrypted and signed in as configured; whatever fails here is not the mail's fault."""
        if self._server is not None:
            return self._server
        asked = self._environment
        try:
            server = smtplib.SMTP(asked.smtp_host, asked.smtp_port, timeout=self._timeout)
            self._server = server
            server.ehlo_or_helo_if_needed()
            if asked.smtp_starttls:
                server.starttls(context=ssl.create_default_context())
            if asked.smtp_user:
                server.login(asked.smtp_user, asked.smtp_password)
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise Unreachable(why_unreached(error)) from error
        return server

    def _close(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()


def _judged(code: int, text: bytes | str) -> Exception:
    """4xx is for later, 5xx for good (RFC 5321, 4.2.1)."""
    reason = _reason(code, text)
    if code == CLOSING or code < 400:
        return Unreachable(reason)
    return Undeliverable(reason) if code >= 500 else Deferred(reason)


def _reason(code: int, text: bytes | str) -> str:
    """The server's own words."""
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(said.split())}"
