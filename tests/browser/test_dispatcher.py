"""The dispatcher's part, in a browser: what awaits, why, and who gets it; of two dispatchers, who was first."""

import re

from playwright.sync_api import Page, expect

from sla.desk.deposit import deposit
from tests.browser.site import Site, tab_to

TITLE = "Clôture refusée"


def deposited(site: Site) -> int:
    """A major error sent at 9:05 is owed its first answer at 11:05: 45 minutes are left at 10:20, on the minute."""
    facts = {"item": "erreurs", "severity": "major", "title": TITLE, "description": "Verrou sur l’OF."}
    return int(site.world.do("bruno", "2026-11-24 09:05:50", deposit, **facts).id)


def assigned_elsewhere(page: Page, name: str, reason: str) -> None:
    page.get_by_text("Choisir un autre technicien").click()
    others = page.get_by_label("Technicien", exact=True).and_(page.locator("#assign-technician"))
    others.select_option(label=others.locator("option", has_text=name).inner_text())
    page.locator("#assign-reason").fill(reason)
    page.get_by_role("button", name="Affecter", exact=True).click()


def test_a_ticket_is_found_by_its_time_left_and_given_to_another_with_a_reason(site: Site) -> None:
    number = deposited(site)
    page = site.arrives("diane")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=TITLE))
    expect(row).to_contain_text("45 min")
    expect(row).to_contain_text("1re réponse avant 11 h 05")
    row.get_by_role("link", name=TITLE).click()

    panel = page.get_by_role("region", name=TITLE)
    expect(panel).to_contain_text("Pourquoi mardi 24 novembre à 11 h 05")
    expect(panel).to_contain_text("Maîtrise les erreurs du logiciel")
    assigned_elsewhere(page, "Yann Le Bihan", "Connaît leur serveur")

    expect(page.get_by_role("status")).to_contain_text(f"Ticket nº {number} affecté à Yann Le Bihan, épinglé.")
    expect(panel).to_contain_text("Affecté à Yann Le Bihan")
    expect(panel).to_contain_text("Choisi par Diane : Connaît leur serveur")


def test_the_second_of_two_dispatchers_is_told_who_was_first(site: Site) -> None:
    number = deposited(site)
    marc, diane = site.arrives("marc"), site.arrives("diane")
    for page in (marc, diane):
        page.goto(f"/board?ticket={number}")
    assigned_elsewhere(diane, "Yann Le Bihan", "Connaît leur serveur")
    expect(diane.get_by_role("status")).to_contain_text("affecté à Yann Le Bihan")
    assigned_elsewhere(marc, "Mehdi Haddad", "Tapé avec soin")
    expect(marc.get_by_role("alert")).to_contain_text("Diane a été plus rapide, aujourd’hui à 10 h 2")
    expect(marc.get_by_role("alert")).to_contain_text("(Yann Le Bihan)")
    expect(marc.locator("#assign-reason")).to_have_value("Tapé avec soin")
    marc.get_by_role("button", name="Affecter", exact=True).click()
    expect(marc.get_by_role("status")).to_contain_text("affecté à Mehdi Haddad")


def test_a_ticket_is_assigned_by_the_keyboard_alone(site: Site) -> None:
    number = deposited(site)
    page = site.arrives("diane")
    expect(page.get_by_role("heading", name="Ce qui attend")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    tab_to(page, page.get_by_role("link", name=TITLE).first)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"ticket={number}"))
    expect(page.get_by_role("region", name=TITLE)).to_be_visible()
    tab_to(page, page.locator("summary", has_text="Choisir un autre technicien"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("#assign-technician"))
    page.keyboard.type("Mehdi")
    tab_to(page, page.locator("#assign-reason"))
    page.keyboard.type("Il est libre")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(f"Ticket nº {number} affecté à Mehdi Haddad, épinglé.")
