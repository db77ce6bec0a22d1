"""Why nobody took a message, in the words that a manager reads beside it."""

import errno
import smtplib
import socket
import ssl
from collections.abc import Iterator

import httpx

AWAY = (errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ENETDOWN)
CUT = (ConnectionError, httpx.RemoteProtocolError, httpx.NetworkError, smtplib.SMTPServerDisconnected)


def why_unreached(error: BaseException) -> str:
    """By what lies beneath, the deepest first: libraries wrap the one thing that helps. What has no words here keeps
    its own."""
    for each in reversed(list(_beneath(error))):
        if words := _words(each):
            return words
    return f"{type(error).__name__}: {error}"


def _beneath(error: BaseException) -> Iterator[BaseException]:
    yield error
    inner = error.__cause__ or error.__context__
    if inner is not None:
        yield from _beneath(inner)
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _beneath(each)


def _words(error: BaseException) -> str | None:
    if isinstance(error, socket.gaierror):
        passing = error.errno == socket.EAI_AGAIN
        return "le serveur de noms ne répond pas" if passing else "aucune machine de ce nom n’est connue"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"son certificat n’est pas accepté ({error.verify_message})"
    if isinstance(error, ssl.SSLError):
        return f"la liaison chiffrée ne s’établit pas ({error.reason or error})"
    if isinstance(error, ConnectionRefusedError):
        return "connexion refusée : rien n’écoute à cette adresse"
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return "aucune réponse dans le temps voulu"
    if isinstance(error, OSError) and error.errno in AWAY:
        return "machine ou réseau hors d’atteinte"
    return "la liaison a été coupée avant la réponse" if isinstance(error, CUT) else None
