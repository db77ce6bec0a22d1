"""The technician's part, in a browser: next, answer, time, a call, and the client's acceptance at the end."""

from playwright.sync_api import Page, expect

from sla.desk.deposit import deposit
from tests.browser.site import Site

TITLE = "Ajouter la référence du client sur la facture"


def deposited(site: Site) -> int:
    """A form to change, counted from Acme's forfait of ten hours."""
    facts = {"item": "etats", "severity": "minor", "title": TITLE, "description": "Sous l’adresse, en petit."}
    return int(site.world.do("julie", "2026-11-24 09:05", deposit, **facts).id)


def taken(site: Site) -> Page:
    page = site.arrives("clara")
    page.get_by_role("button", name="Prendre le suivant").click()
    expect(page.get_by_role("status")).to_contain_text("pris en charge : il est à vous.")
    return page


def said(page: Page, text: str) -> None:
    expect(page.get_by_role("status").filter(has_text=text)).to_be_visible()


def test_from_the_next_ticket_to_its_acceptance(site: Site) -> None:
    """1 h 45 of work is taken from the forfait of 10 h, and the client reads 8 h 15 left."""
    number = deposited(site)
    clara = site.arrives("clara")
    following = clara.locator("section", has=clara.get_by_role("heading", name="Au suivant"))
    expect(following).to_contain_text(TITLE)
    expect(following).to_contain_text("Maîtrise les états")
    clara.get_by_role("button", name="Prendre le suivant").click()
    said(clara, f"Ticket nº {number} pris en charge : il est à vous.")

    clara.get_by_label("Réponse au client").fill("Bonjour, je m’en occupe ce matin.")
    clara.get_by_role("button", name="Envoyer au client").click()
    said(clara, "Réponse envoyée au client.")

    site.clock.set("2026-11-24 12:10")
    clara.get_by_text("Saisir du temps").click()
    clara.get_by_label("Durée réelle").fill("1h45")
    clara.get_by_role("button", name="Ajouter ce temps").click()
    said(clara, "Temps noté : réel 1 h 45 → décompté 1 h 45, solde 8 h 15.")
    expect(clara.get_by_role("main")).to_contain_text("réel 1 h 45 → décompté 1 h 45, solde 8 h 15")

    clara.get_by_text("Résoudre", exact=True).click()
    clara.get_by_label("Explication pour le client").fill("La référence est sous l’adresse.")
    clara.get_by_role("button", name="Résoudre et demander la recette").click()
    said(clara, "Ticket résolu. La recette est au client.")

    julie = site.arrives("julie")
    julie.get_by_role("link", name="Voir le travail").click()
    expect(julie.get_by_role("main")).to_contain_text("La référence est sous l’adresse.")
    julie.get_by_role("button", name="J’accepte", exact=True).click()
    said(julie, "Travail accepté, le ticket est clos.")
    julie.goto("/portal")
    expect(julie.locator(".forfait")).to_contain_text("8 h 15 restantes sur 10 h")
    agnes = site.arrives("agnes")
    agnes.goto("/hours")
    row = agnes.get_by_role("row").filter(has=agnes.get_by_role("link", name=f"nº {number}"))
    expect(row).to_contain_text("1 h 45")
    expect(row).to_contain_text("8 h 15")


def test_a_call_is_agreed_in_open_hours_and_held(site: Site) -> None:
    """At 13:00 the desk is at lunch: the form says so and comes back as typed; 11:30 will do."""
    deposited(site)
    clara = taken(site)
    clara.get_by_text("Convenir d’un rappel").click()
    form = clara.locator("form[action$='/call_back']")
    when, what = form.get_by_label("Ou un autre instant"), form.get_by_label("À propos de quoi")
    when.fill("2026-11-24T13:00")
    what.fill("Voir le modèle ensemble")
    clara.get_by_role("button", name="Convenir du rappel").click()
    expect(clara.get_by_role("main")).to_contain_text("Le support est fermé")
    expect(when).to_have_value("2026-11-24T13:00")
    expect(what).to_have_value("Voir le modèle ensemble")
    when.fill("2026-11-24T11:30")
    clara.get_by_role("button", name="Convenir du rappel").click()
    said(clara, "Rappel convenu mardi 24 novembre à 11 h 30.")

    clara.get_by_role("link", name="Ma journée").first.click()
    call = clara.get_by_role("listitem").filter(has_text="Rappeler Julie, Acme")
    expect(call).to_contain_text("11 h 30")
    expect(call).to_contain_text("Voir le modèle ensemble")
    site.clock.set("2026-11-24 11:40")
    call.get_by_text("Rappel effectué").click()
    call.get_by_label("Ce qui a été dit").fill("Le modèle est bon.")
    call.get_by_role("button", name="Noter le rappel", exact=True).click()
    said(clara, "Rappel effectué : il compte comme réponse.")
    expect(clara.get_by_role("heading", name="Rappels à tenir")).to_have_count(0)
