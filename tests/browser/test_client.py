"""The client's part, in a browser: the promise before sending, the receipt after it, and nobody else's tickets."""

import re

from playwright.sync_api import Page, expect

from sla.desk.deposit import deposit
from tests.browser.site import Site, ticket_number

INCLUDED, CHARGED = "erreurs", "etats"
TITLE, TEXT = "Le total du bon de livraison est faux", "Depuis lundi, la remise est comptée deux fois."


def fill(page: Page, line: str, severity: str) -> None:
    page.get_by_label("De quoi s’agit-il ?").select_option(line)
    page.get_by_label("En une phrase").fill(TITLE)
    page.get_by_label("Ce que vous faites, ce que vous voyez").fill(TEXT)
    page.get_by_role("radio", name=severity).check()


def test_the_promise_follows_the_chosen_line_and_the_receipt_repeats_it(site: Site) -> None:
    """A minor error sent at 10:20 is owed its first answer within four working hours: at 15:20, lunch left out."""
    page = site.visitor()
    page.goto("/")
    page.get_by_role("textbox", name=re.compile("Adresse électronique")).first.fill("julie@acme.example.test")
    page.get_by_role("button", name=re.compile("lien")).click()
    expect(page.get_by_role("status")).to_contain_text("Si cette adresse a un compte")
    page.goto(site.mailed_link())
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Acme")

    promise = page.locator("#promise")
    expect(promise).to_contain_text("Avant l’envoi")
    fill(page, CHARGED, "Mineur")
    expect(promise).to_contain_text("décompté")
    expect(promise).to_contain_text("au plus tard mardi 24 novembre à 15 h 20")
    page.get_by_label("De quoi s’agit-il ?").select_option(INCLUDED)
    expect(promise).to_contain_text("Inclus dans votre contrat de maintenance")
    page.get_by_role("radio", name="Majeur").check()
    expect(promise).to_contain_text("au plus tard mardi 24 novembre à 12 h 20")
    page.get_by_role("button", name="Envoyer le ticket").click()

    number = ticket_number(page)
    main = page.get_by_role("main")
    expect(page.get_by_role("status")).to_contain_text(f"Votre ticket est reçu sous le nº {number}.")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(main).to_contain_text("L’horloge démarre")
    expect(main).to_contain_text("au plus tard mardi 24 novembre à 12 h 20")
    expect(main).to_contain_text("Inclus dans votre contrat de maintenance")

    page.get_by_label("Votre message").fill("C’est pareil sur le poste de Bruno.")
    page.get_by_role("button", name="Envoyer au support").click()
    expect(page.get_by_role("status")).to_contain_text("Votre message est envoyé.")
    expect(page.get_by_role("article").last).to_contain_text("C’est pareil sur le poste de Bruno.")


def test_without_scripts_the_promise_is_a_button_and_the_deposit_works_alike(site: Site) -> None:
    page = site.arrives("julie", java_script_enabled=False)
    fill(page, CHARGED, "Mineur")
    page.get_by_role("button", name="Voir le délai avant d’envoyer").click()
    expect(page.locator("#promise")).to_contain_text("au plus tard mardi 24 novembre à 15 h 20")
    expect(page.get_by_label("En une phrase")).to_have_value(TITLE)
    expect(page.get_by_label("Ce que vous faites, ce que vous voyez")).to_have_value(TEXT)
    expect(page.get_by_role("radio", name="Mineur")).to_be_checked()
    expect(page.get_by_text("Aucun ticket en cours")).to_be_visible()
    page.get_by_role("button", name="Envoyer le ticket").click()
    expect(page.get_by_role("status")).to_contain_text(f"Votre ticket est reçu sous le nº {ticket_number(page)}.")


def test_after_hours_the_clock_starts_at_the_next_opening(site: Site) -> None:
    """Friday 18:00: nothing runs before Monday 9:00, and a major error is owed its first answer at 11:00."""
    site.clock.set("2026-11-27 18:00")
    page = site.arrives("julie")
    expect(page.get_by_role("banner")).to_contain_text("9 h 00")
    fill(page, INCLUDED, "Majeur")
    expect(page.locator("#promise")).to_contain_text("lun. 30, 9 h 00, à la reprise du support")
    expect(page.locator("#promise")).to_contain_text("au plus tard lundi 30 novembre à 11 h 00")


def test_an_incomplete_deposit_leads_to_each_field_and_keeps_what_was_typed(site: Site) -> None:
    page = site.arrives("julie")
    page.get_by_label("En une phrase").fill(TITLE)
    page.get_by_role("button", name="Envoyer le ticket").click()
    alert = page.get_by_role("alert")
    expect(alert.get_by_role("link")).to_have_count(3)
    expect(page.get_by_label("En une phrase")).to_have_value(TITLE)
    alert.get_by_role("link", name=re.compile("De quoi s’agit-il")).click()
    expect(page.get_by_label("De quoi s’agit-il ?")).to_be_focused()


def test_another_companys_ticket_does_not_exist(site: Site) -> None:
    facts = {"item": "erreurs", "severity": "minor", "title": "Secret de Bolt", "description": "Rien pour Acme."}
    number = site.world.do("bruno", "2026-11-24 10:00", deposit, **facts).id
    page = site.arrives("julie")
    found = page.goto(f"/tickets/{number}")
    assert found is not None
    assert found.status == 404
    expect(page.get_by_role("main")).to_contain_text("Introuvable")
    expect(page.get_by_role("main")).not_to_contain_text("Secret de Bolt")
    unknown = page.goto("/tickets/999999")
    assert unknown is not None
    assert unknown.status == 404
