"""The desk on a real address, its clock, and people at browsers that keep an eye on what a page does."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler
from werkzeug.wsgi import ClosingIterator

from sla.desk.actor import SYSTEM
from sla.desk.keys import issue_key
from sla.notify.delivery import deliver_due
from tests.web.visitor import site as application
from tests.worlds import World, paris

PATIENCE_MS = 120_000
"""For whatever the browser is to do or to show: a limit says that it never comes, not that a machine is slow."""


class Clock:
    """What `sla.wallclock.now` tells: the instant that was set, however long a slow machine takes from there on."""

    def __init__(self, at: str) -> None:
        self.set(at)

    def set(self, at: str) -> None:
        """`2026-11-24 14:00`, at the desk."""
        self._at = paris(at)

    def now(self) -> datetime:
        return self._at


class Quiet(WSGIRequestHandler):
    """Without a line on standard error for each request; a connection that says nothing is not waited for."""

    timeout = 60

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        return None


class Server(ThreadedWSGIServer):
    """Closing it waits for the answers under way: none outlives the desk."""

    daemon_threads = False


@dataclass
class Watch:
    """What no page may do: write an error on the console, break the content policy, ask another host, lose a file."""

    host: str
    seen: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"script: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # The browser also says there what status a page had: `_response` judges that.
        told_elsewhere = message.text.startswith("Failed to load resource")
        if message.type == "error" and not told_elsewhere:
            self.seen.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != self.host:
            self.seen.append(f"foreign: {request.url}")

    def _response(self, response: Response) -> None:
        """A page may refuse (4xx); a file or a piece that it asked for must be there; nothing may crash."""
        if response.status >= (500 if response.request.is_navigation_request() else 400):
            self.seen.append(f"{response.status}: {response.url}")


@dataclass
class Site:
    """`arrives` is someone at a browser, signed in by a real link; `visitor` is one at the door."""

    world: World
    clock: Clock
    address: str
    new_context: Callable[..., BrowserContext]
    watch: Watch

    def visitor(self, **context: Any) -> Page:
        opened = self.new_context(base_url=self.address, **context)
        self.watch.over(opened)
        opened.set_default_timeout(PATIENCE_MS)
        return opened.new_page()

    def arrives(self, who: str, **context: Any) -> Page:
        page = self.visitor(**context)
        person = self.world.people[who].id or 0
        page.goto(f"/sign-in/{self.world.desk.by(SYSTEM).do(issue_key, person, purpose='sign_in')}")
        page.get_by_role("button", name="Continuer").click()
        return page

    def mails(self) -> list[str]:
        """The texts of the mails on their way, sent now into the folder that stands in for a mail server."""
        settings = self.world.desk.settings
        deliver_due(self.world.desk.database, settings)
        files = sorted(Path(settings.environment.sla_var).rglob("*.eml"))
        letters = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        return [part.get_content() for each in letters if (part := each.get_body(("plain",))) is not None]

    def mailed_link(self) -> str:
        """The address, within this site, of the sign-in link in the latest mail that has one."""
        links = [link for text in self.mails() for link in re.findall(r"https?://\S+(/sign-in/\S+)", text)]
        return str(links[-1])


def read_first(answer: WSGIApplication) -> WSGIApplication:
    """Files are read and closed before anything leaves: where a browser goes away in the midst of its answer, the
    server of these tests never closes what it was sending."""

    def whole(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        with closing(ClosingIterator(answer(environ, start_response))) as parts:
            return list(parts)

    return whole


@contextmanager
def served(world: World) -> Iterator[str]:
    """The desk's pages on a free port of this machine, with threads; its address. When left, all of them have ended."""
    server = Server("127.0.0.1", 0, read_first(application(world.desk)), Quiet)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="site")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ticket_number(page: Page) -> int:
    found = re.search(r"/tickets/(\d+)", page.url)
    assert found, page.url
    return int(found[1])


def tab_to(page: Page, goal: Locator, at_most: int = 120) -> None:
    """Reaches something with the Tab key alone."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if goal.evaluate("found => found === document.activeElement"):
            return
    raise AssertionError(f"{goal} is not reached by {at_most} Tab")
