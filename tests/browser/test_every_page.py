"""Every main page, wide and on a phone: nothing that assistive tools stumble over, nothing that scrolls sideways.

Errors on the console, breaches of the content policy and requests to other hosts are watched for by every test here.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from sla.desk.answer import answer
from sla.desk.calls import call_back
from sla.desk.deposit import deposit
from sla.desk.endpoints import add_endpoint
from sla.desk.escalate import escalate
from sla.desk.estimates import offer_estimate
from sla.desk.report import report
from sla.desk.requested_hours import ask_hours
from sla.desk.resolve import resolve
from sla.desk.take import take
from sla.desk.wait import wait_for_client, wait_for_publisher
from sla.desk.work import work
from tests.browser.site import Site
from tests.worlds import NewWorld, World

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}

# A person's pages; a name in braces is a ticket of `lived_in`.
PAGES: dict[str, tuple[str, ...]] = {
    "": ("/sign-in", "/sign-in/not-a-link"),
    "alain": (
        "/portal",
        "/portal?item=etats&severity=minor",
        "/tickets",
        "/tickets/{charged}",
        "/tickets/{resolved}",
        "/tickets/{fresh}",
        "/tickets/{fresh}/why/first_response",
        "/tickets/{resolved}/report/{report}",
        "/hours",
        "/tickets/{foreign}",
    ),
    "clara": ("/my-day", "/tickets/{charged}", "/tickets/{foreign}", "/publisher", "/publisher/1"),
    "diane": ("/board", "/board?ticket={fresh}", "/board?ticket={foreign}", "/calls", "/manage/companies/1"),
    "marc": (
        "/manage",
        "/manage/companies",
        "/manage/companies/1",
        "/manage/compliance",
        "/manage/jobs",
        "/team",
        "/manage/users",
        "/manage/targets",
        "/manage/messages/1",
        "/manage/endpoints",
        "/manage/endpoints/1",
        "/manage/calendar",
    ),
    "paul": ("/handed-over", "/tickets/{handed}"),
}


@pytest.fixture(scope="module")
def morning(on_sqlite: NewWorld) -> Iterator[World]:
    """One desk for all who only read its pages."""
    with on_sqlite() as found:
        yield found


@pytest.fixture
def world(morning: World) -> World:
    return morning


@pytest.fixture(scope="module")
def lived_in(morning: World) -> dict[str, int]:
    """A desk in the middle of its morning: a ticket in each of the states that draw a page differently."""
    day = "2026-11-24"

    def deposited(who: str, at: str, item: str = "erreurs", severity: str = "major", title: str = "Écran figé") -> int:
        facts = {"item": item, "severity": severity, "title": title, "description": "Rien ne répond depuis ce matin."}
        return int(morning.do(who, at, deposit, **facts).id)

    hook = "https://facturation.exemple.fr/webhooks/support"
    morning.do("marc", "2026-11-23 09:00", add_endpoint, url=hook, label="Facturation")
    numbers = {
        "charged": deposited("alain", "2026-11-23 09:05", "etats", "minor", "Référence du client sur la facture"),
        "resolved": deposited("julie", "2026-11-23 10:00", title="Le total est faux"),
        "foreign": deposited("bruno", f"{day} 09:05", title="Clôture refusée"),
        "handed": deposited("bruno", f"{day} 09:10", severity="minor", title="Nouveau flux d’échange"),
        "fresh": deposited("julie", f"{day} 10:10", severity="blocking", title="Plus rien ne démarre"),
    }
    deposited("bruno", "2026-11-23 09:30", severity="blocking", title="Sauvegarde en échec")
    charged, resolved = numbers["charged"], numbers["resolved"]
    morning.do("clara", "2026-11-23 09:30", take, charged)
    morning.do("clara", "2026-11-23 11:30", work, charged, minutes="1h45", note="Maquette")
    morning.do("clara", f"{day} 09:10", offer_estimate, charged, minutes="3h", perimeter="Une mention, un modèle.")
    call = {"starts_at": f"{day}T11:30", "technician": morning.clara.id, "note": "Voir le modèle"}
    morning.do("diane", f"{day} 09:20", call_back, charged, **call)
    morning.do("clara", "2026-11-23 10:30", answer, resolved, text="Je regarde.")
    sent = morning.do("clara", "2026-11-23 15:00", report, resolved, done="Remise corrigée.", remaining="Rien.")
    numbers["report"] = sent.seq
    upstream = deposited("bruno", "2026-11-23 09:40", title="Arrondi faux")
    morning.do("clara", "2026-11-23 10:40", wait_for_publisher, upstream, reference="CEG-4711")
    morning.do("agnes", "2026-11-23 10:50", ask_hours, hours=20)
    morning.do("clara", "2026-11-23 15:10", resolve, resolved, text="La remise n’est plus comptée deux fois.")
    morning.do("clara", f"{day} 09:30", wait_for_client, numbers["foreign"], text="Quel poste ?")
    morning.do("diane", f"{day} 09:40", escalate, numbers["handed"], reason="Plus de quatre heures.")
    return numbers


def complaints(page: Page, where: str) -> list[str]:
    """What is wrong with the page as it stands: axe's findings, and scrolling sideways."""
    known = page.evaluate("'axe' in window")
    found = Axe("0" if known else AXE_SCRIPT).run(page)
    wrong = [f"{where}: {found.generate_report()}"] if found.violations_count else []
    excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*wrong, f"{where}: scrolls sideways by {excess} px"] if excess > 0 else wrong


@pytest.mark.parametrize("who", PAGES)
def test_a_page_hinders_nobody(site: Site, lived_in: dict[str, int], who: str) -> None:
    """Wide in the light colours, on a phone in the dark ones; what unfolds is unfolded."""
    page = site.arrives(who) if who else site.visitor()
    wrong: list[str] = []
    for address in (each.format_map(lived_in) for each in PAGES[who]):
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        page.goto(address)
        wrong += complaints(page, f"{address} wide")
        page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        wrong += complaints(page, f"{address} phone")
    assert not wrong, "\n".join(wrong)
