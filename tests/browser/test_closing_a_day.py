"""A manager closes the desk for a day: the effect is seen, the broken promise repaired, the page hinders nobody."""

import re

from playwright.sync_api import Page, expect

from sla.desk.calls import call_back
from sla.desk.deposit import deposit
from tests.browser.site import Site
from tests.browser.test_every_page import PHONE, WIDE, complaints


def judged(page: Page, where: str) -> list[str]:
    """Wide in the light colours, on a phone in the dark ones."""
    wrong: list[str] = []
    for scheme, size in (("light", WIDE), ("dark", PHONE)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a str where a Literal is asked
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a dict where a TypedDict is
        wrong += complaints(page, f"{where} {scheme}")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    return wrong


def test_a_closure_with_a_broken_promise(site: Site) -> None:
    facts = {"item": "erreurs", "severity": "major", "title": "Écart", "description": "Un écart."}
    number = site.world.do("bruno", "2026-11-24 09:00", deposit, **facts).id
    call = {"starts_at": "2026-11-25T10:00", "technician": site.world.yann.id}
    site.world.do("diane", "2026-11-24 10:00", call_back, number, **call)
    page = site.arrives("marc")
    page.get_by_role("link", name="Calendrier").click()
    page.get_by_text("Fermeture ou ouverture exceptionnelle").click()
    period = page.locator("#edit-period")
    period.get_by_label("Libellé, lu par les clients").fill("Déménagement des bureaux")
    period.get_by_label("Du", exact=True).fill("2026-11-25")
    wrong = judged(page, "calendar")
    period.get_by_role("button", name="Voir l’effet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"\s*Fermer"))
    expect(page.get_by_text("Rien n’est encore enregistré.")).to_be_visible()
    wrong += judged(page, "preview")
    chosen = page.get_by_label("À la place")
    expect(page.get_by_label("Autre instant")).not_to_be_visible()
    chosen.select_option("other")
    page.get_by_label("Autre instant").fill("2026-11-26T14:00")
    page.get_by_label("Raison").fill("Déménagement")
    page.get_by_role("button", name="Enregistrer et prévenir 1 personne").click()
    expect(page.get_by_text("Édition 2 du calendrier enregistrée.")).to_be_visible()
    page.goto(f"/tickets/{number}")
    expect(page.get_by_text("Échéance déplacée par le calendrier").first).to_be_visible()
    assert any("Déménagement" in mail for mail in site.mails())
    assert not wrong, "\n".join(wrong)
