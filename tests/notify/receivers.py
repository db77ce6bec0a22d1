"""A real HTTP server that receives webhooks, and a desk that may reach it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook

from tests.notify.letters import with_environment
from tests.worlds import World


@dataclass
class Received:
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class Receiver:
    """`answer`: a status, or « hang » or « cut »; `says`: its body; `sends`: more headers."""

    port: int = 0
    answer: int | str = 204
    says: bytes = b""
    sends: dict[str, str] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks?desk=1"

    def verified(self, secret: str) -> list[dict[str, Any]]:
        """What it received, each judged by the specification's own library."""
        return [Webhook(secret).verify(each.body, each.headers) for each in self.received]


@contextmanager
def receiver(answer: int | str = 204) -> Iterator[Receiver]:
    found = Receiver(answer=answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.received.append(Received({k.lower(): v for k, v in self.headers.items()}, body))
            if found.answer == "hang":
                found.released.wait(20)
            if isinstance(found.answer, str):
                self.close_connection = True
                return
            self.send_response(found.answer)
            for name, value in found.sends.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(found.says)))
            self.end_headers()
            self.wfile.write(found.says)

        def log_message(self, *_: Any) -> None:
            """Nothing: tests read what was received."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        found.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        with suppress(ConnectionError):
            yield found
        found.released.set()
        server.shutdown()
        thread.join()


def reaching(world: World, **changed: Any) -> World:
    """The same desk, which may send webhooks to this machine and has a key of its own."""
    facts = {"webhook_networks": "127.0.0.0/8", "secret_key": "a key of forty characters and a few more", **changed}
    return World(with_environment(world, **facts), world.people, world.companies, world.forfait)
