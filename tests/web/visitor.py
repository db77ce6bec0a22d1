"""Someone at a browser without JavaScript: signs in by a real link, reads pages, sends the forms that stand on them."""

import re
from functools import cache
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sla.desk.actor import SYSTEM
from sla.desk.keys import issue_key
from sla.desk.office import Desk
from sla.web.access import limiter
from sla.web.app import Heartbeat, assembled, settled
from tests.worlds import World

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def site(desk: Desk, heartbeat: Heartbeat | None = None) -> Flask:
    """The application for this desk. It is assembled once a process: binding its routes and compiling its templates
    would take longer than most tests. Nobody's tries are remembered."""
    app = settled(_site(), desk, heartbeat)
    limiter.reset()
    return app


@cache
def _site() -> Flask:
    return assembled()


class Visitor:
    """`get` reads a page; `send` reads `page`, then posts a form of it, with the token that stood there."""

    def __init__(self, app: Flask, world: World, who: str | None = None) -> None:
        self.client: FlaskClient = app.test_client()
        if who is not None:
            link = f"/sign-in/{world.desk.by(SYSTEM).do(issue_key, world.people[who].id or 0, purpose='sign_in')}"
            assert self.send(link, link).status_code == 302

    def get(self, address: str) -> TestResponse:
        return self.client.get(address, buffered=True)

    def token(self, page: str) -> str:
        found = TOKEN.search(self.get(page).text)
        assert found, f"{page} has no form"
        return found[1]

    def send(self, page: str, action: str, **typed: str) -> TestResponse:
        return self.client.post(action, data={"csrf_token": self.token(page), **typed}, buffered=True)


def text_of(response: TestResponse) -> str:
    """What is read of a page: its <main> without tags, spaces made one, typographic ones plain."""
    found = re.search(r"<main.*?</main>", response.text, re.S)
    bare = re.sub(r"<[^>]+>", " ", found[0] if found else response.text)
    return " ".join(unescape(bare).replace("\u00a0", " ").replace("\u202f", " ").split())
