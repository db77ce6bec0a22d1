"""README's pictures anew: the demo as it stands on Tuesday 24 November 2026 at 10:20, in Chromium. `make screens`."""

import sys
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright
from sqlalchemy import select
from werkzeug.exceptions import NotFound
from werkzeug.serving import WSGIRequestHandler, make_server

from scripts import chromium
from sla import wallclock
from sla.demo import demo_links, seed
from sla.desk.office import Desk
from sla.documents import report_document
from sla.documents.typeset_pdf import picture as page_of
from sla.settings import Environment, load
from sla.store.migrate import migrate
from sla.store.tables import Event
from sla.web.app import create_app

AT = datetime(2026, 11, 24, 9, 20, tzinfo=UTC)
OUT = Path(__file__).resolve().parent.parent / "docs" / "screens"
PAGES = {
    "Client, valideur": ("/portal", "portal"),
    "Technicien": ("/my-day", "my-day"),
    "Répartiteur": ("/board", "board"),
}
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
SIZE = ViewportSize(width=1440, height=1000)


class Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Pictures are what this prints."""


def main() -> int:
    program = chromium.find()
    if program is None:
        print(chromium.CURE, file=sys.stderr)
        return 1
    wallclock.now = lambda: AT
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        server = make_server("127.0.0.1", 0, NotFound(), threaded=True, request_handler=Quiet)
        desk = Desk.open(load(Environment(sla_var=Path(folder), port=server.port)))
        migrate(desk.database)
        seed(desk, AT)
        last_report(desk)
        server.app = create_app(desk)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=SWITCHES)
            for role, _, link in demo_links(desk, AT):
                if role in PAGES:
                    picture(browser, desk.settings.environment.url, link, *PAGES[role])
            browser.close()
        server.shutdown()
        thread.join()
        desk.close()
    return 0


def last_report(desk: Desk) -> None:
    """The document itself, as its PDF shows it."""
    with desk.database.reading() as session:
        told = select(Event).where(Event.kind == "reported").order_by(Event.id.desc()).limit(1)
        event = session.scalars(told).one()
    about = event.ticket_id, event.at, event.author, event.text, event.data
    (OUT / "report.png").write_bytes(page_of(report_document(*about, desk.settings.zone, "fr")))


def picture(browser: Browser, url: str, link: str, path: str, name: str) -> None:
    page = browser.new_context(viewport=SIZE, locale="fr-FR").new_page()
    page.goto(link)
    page.locator("main form button").first.click()
    page.goto(url + path)
    page.screenshot(path=OUT / f"{name}.png")


if __name__ == "__main__":
    raise SystemExit(main())
