"""Webhooks (the Standard Webhooks specification): signed, by HTTPS, to public addresses, no redirect followed."""

import asyncio
import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import SplitResult, urlunsplit

import httpx

from sla.notify.addresses import Address, Unfit, check, checked_url
from sla.notify.carrier import Deferred, Gone, Unreachable
from sla.notify.unreached import why_unreached
from sla.notify.webhook_secret import fingerprint, headers, secret
from sla.settings import Settings
from sla.settings.secret_key import secret_key
from sla.store.database import Database
from sla.store.tables import Endpoint, Message

READ_BYTES = 500
LONGEST_PAUSE = timedelta(days=1)
KEY_CHANGED = "la clé du service n’est plus celle dont ce secret a été tiré : renouvelez le secret du destinataire"
PRIVATE = "c’est une adresse privée, WEBHOOK_NETWORKS dit lesquelles sont permises"
RULES = {"private": PRIVATE, "not_https": "il y faut https"}


class Webhooks:
    """`timeout`: for one whole call, in seconds, from the name's look-up to the answer."""

    def __init__(self, settings: Settings, database: Database, clock: Callable[[], datetime], timeout: float) -> None:
        self._networks = settings.environment.open_networks
        self._database, self._clock, self._timeout = database, clock, timeout
        self._key = secret_key(settings.environment)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def lane(self, message: Message) -> int | None:
        return message.endpoint_id

    def carry(self, message: Message) -> None:
        """Anything but a 2xx is a failure."""
        endpoint = self._endpoint(message)
        signed = headers(message, endpoint, self._key, self._clock())
        try:
            parts = checked_url(endpoint.url, self._networks)
            answer = asyncio.run(asyncio.wait_for(self._post(parts, message.body, signed), self._timeout))
        except TimeoutError as error:
            raise Unreachable(f"aucune réponse en {self._timeout:g} s") from error
        except Unfit as unfit:
            raise Unreachable(f"{unfit.value} : {RULES.get(unfit.rule, unfit.rule)}") from unfit
        except (httpx.TransportError, OSError) as error:
            raise Unreachable(why_unreached(error)) from error
        _judge(*answer)

    def _endpoint(self, message: Message) -> Endpoint:
        """As it is now: it may have been stopped, or its secret renewed, since the batch was claimed."""
        with self._database.reading() as session:
            endpoint = session.get_one(Endpoint, message.endpoint_id)
        if endpoint.state != "active":
            raise Unreachable("ce destinataire est arrêté")
        if fingerprint(secret(self._key, endpoint.id, endpoint.generation)) != endpoint.fingerprint:
            raise Unreachable(KEY_CHANGED)
        return endpoint

    async def _post(self, parts: SplitResult, body: str, signed: dict[str, str]) -> tuple[httpx.Response, str]:
        """The answer and the beginning of its body, from the first address that takes the connection."""
        addresses = await _resolved(parts)
        check(addresses, parts.scheme, self._networks)
        for address in addresses[:-1]:
            try:
                return await self._call(parts, address, body, signed)
            except httpx.ConnectError:
                continue
        return await self._call(parts, addresses[-1], body, signed)

    async def _call(
        self, parts: SplitResult, address: Address, body: str, signed: dict[str, str]
    ) -> tuple[httpx.Response, str]:
        """To the address that was judged, under the name that the certificate must bear."""
        host = f"[{address}]" if address.version == 6 else str(address)
        place = host if parts.port is None else f"{host}:{parts.port}"
        sent = {
            **signed,
            "Host": parts.netloc,
            "Content-Type": "application/json",
            "User-Agent": "sla-webhooks/1",
            "Accept-Encoding": "identity",
        }
        async with httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=self._timeout) as client:
            url = urlunsplit((parts.scheme, place, parts.path or "/", parts.query, ""))
            name = {"sni_hostname": parts.hostname or ""}
            async with client.stream("POST", url, content=body.encode(), headers=sent, extensions=name) as answer:
                async for chunk in answer.aiter_raw(READ_BYTES):
                    return answer, chunk[:READ_BYTES].decode("utf-8", "replace")
                return answer, ""


async def _resolved(parts: SplitResult) -> list[Address]:
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = await _looked_up(parts.hostname or "", port)
    return list(dict.fromkeys(ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found))


async def _looked_up(name: str, port: int) -> list[Any]:
    """In a thread of its own: at its end the loop waits for those of its pool, however long a name server takes."""
    loop = asyncio.get_running_loop()
    found: asyncio.Future[list[Any]] = loop.create_future()

    def keep(result: list[Any] | OSError) -> None:
        if found.done():
            return
        if isinstance(result, OSError):
            found.set_exception(result)
        else:
            found.set_result(result)

    def look_up() -> None:
        try:
            result: list[Any] | OSError = list(socket.getaddrinfo(name, port, type=socket.SOCK_STREAM))
        except OSError as error:
            result = error
        with suppress(RuntimeError):  # nobody waits any more, the loop is closed
            loop.call_soon_threadsafe(keep, result)

    Thread(target=look_up, name="look-up", daemon=True).start()
    return await found


def _judge(answer: httpx.Response, said: str) -> None:
    status = answer.status_code
    if answer.is_success:
        return
    words = "" if "html" in answer.headers.get("content-type", "") else " ".join(said.split())[:200]
    reason = f"HTTP {status} : {words}" if words else f"HTTP {status}"
    if status == httpx.codes.GONE:
        raise Gone(reason)
    if answer.is_redirect:
        raise Deferred(f"HTTP {status} : renvoie ailleurs, ce qui n’est pas suivi")
    if status == httpx.codes.TOO_MANY_REQUESTS or answer.is_server_error:
        raise Unreachable(reason, _asked_pause(answer.headers.get("retry-after")))
    raise Deferred(reason)


def _asked_pause(written: str | None) -> timedelta | None:
    """What `Retry-After` asks for in seconds, a day at most."""
    if written is None or not written.isascii() or not written.isdigit():
        return None
    return min(timedelta(seconds=int(written[:9])), LONGEST_PAUSE)
