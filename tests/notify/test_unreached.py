"""Why a message has not left is said in words, whatever library met it."""

import errno
import smtplib
import socket
import ssl

import httpx
import pytest

from sla.notify.unreached import why_unreached


def under(inner: Exception, outer: Exception) -> Exception:
    outer.__cause__ = inner
    return outer


def bad_certificate() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED]")
    error.verify_message = "self-signed certificate"
    return error


@pytest.mark.parametrize(
    ("met", "words"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "aucune machine de ce nom n’est connue"),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), "le serveur de noms ne répond pas"),
        (
            under(bad_certificate(), httpx.ConnectError("")),
            "son certificat n’est pas accepté (self-signed certificate)",
        ),
        (httpx.ReadTimeout(""), "aucune réponse dans le temps voulu"),
        (OSError(errno.EHOSTUNREACH, "No route to host"), "machine ou réseau hors d’atteinte"),
        (smtplib.SMTPServerDisconnected("closed"), "la liaison a été coupée avant la réponse"),
        (
            under(ExceptionGroup("", [ConnectionRefusedError(111, "refused")] * 2), httpx.ConnectError("all failed")),
            "connexion refusée : rien n’écoute à cette adresse",
        ),
        (ValueError("non"), "ValueError: non"),
    ],
)
def test_what_lies_beneath_is_told(met: Exception, words: str) -> None:
    assert why_unreached(met) == words
