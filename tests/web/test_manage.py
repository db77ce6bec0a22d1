"""A manager's pages: companies, contracts, forfaits."""

import pytest

from sla.desk.company_accounts import CompanyAccount, company_account
from sla.desk.requested_hours import ask_hours
from sla.web.manage_forms import typed_quarters
from tests.web.visitor import Visitor, site, text_of
from tests.worlds import World

NOW = "2026-11-24 10:20"


pytestmark = pytest.mark.usefixtures("clock")


def account(world: World, name: str) -> CompanyAccount:
    found: CompanyAccount = world.see("marc", NOW, company_account, world.companies[name])
    return found


def test_each_company_is_shown_with_its_contract_and_hours(world: World, marc: Visitor) -> None:
    read = text_of(marc.get("/manage/companies"))
    assert "Acme jusqu’au 31 décembre 2028 10 h 00" in read
    assert "Solo Aucun contrat 0 h 00" in read


def test_a_company_is_added_with_its_contract_and_its_contact(world: World, marc: Visitor) -> None:
    done = marc.send("/manage/companies", "/manage/companies", name="Tôlerie Kerbrat")
    page = str(done.location)
    marc.send(page, f"{page}/sign_contract", level="maintenance", first_day="2026-12-01", last_day="")
    who = {"name": "Anne Kerbrat", "email": "anne@kerbrat.example.test", "portal_role": "account", "phone": ""}
    wrong = marc.send(page, f"{page}/add_person", **who, language="de")
    assert "Le champ « Langue du portail et des courriels » ne peut pas être « de »" in text_of(wrong)
    marc.send(page, f"{page}/add_person", **who, language="en")
    read = text_of(marc.get(page))
    assert "Maintenance du 1er décembre 2026 au 30 novembre 2027" in read
    assert "Anne Kerbrat Référent du compte anne@kerbrat.example.test" in read


def test_a_contract_ends_on_another_day_or_is_cancelled_before_it_begins(world: World, marc: Visitor) -> None:
    """Acme's runs until the end of 2028, and one follows it."""
    acme = world.companies["acme"]
    page = f"/manage/companies/{acme}"
    marc.send(page, f"{page}/sign_contract", level="maintenance", first_day="2029-01-01", last_day="2029-12-31")
    coming, running = (each.id for each in account(world, "acme").contracts)
    wrong = marc.send(page, f"{page}/contracts/{running}/move_contract_end", last_day="2029-02-28", reason="Avenant")
    assert wrong.status_code == 409
    assert "celui qui le précède finit au plus tard le 31 décembre 2028" in text_of(wrong)
    assert ('value="2029-02-28"' in wrong.text, 'value="Avenant"' in wrong.text) == (True, True)
    done = marc.send(page, f"{page}/contracts/{running}/move_contract_end", last_day="2026-12-31", reason="Avenant")
    read = text_of(marc.get(str(done.location)))
    assert "Ce contrat finit maintenant le 31 décembre 2026. Le client en reçoit la raison." in read
    begun = marc.send(page, f"{page}/contracts/{running}/cancel_contract", reason="Erreur")
    assert begun.status_code == 409
    elsewhere = f"/manage/companies/{world.companies['bolt']}"
    lost = marc.send(elsewhere, f"{elsewhere}/contracts/{coming}/cancel_contract", reason="Erreur")
    assert lost.status_code == 404
    done = marc.send(page, f"{page}/contracts/{coming}/cancel_contract", reason="Erreur")
    read = text_of(marc.get(str(done.location)))
    assert "Contrat annulé. Le client en reçoit la raison." in read
    assert "2029" not in read


def test_a_company_is_not_added_twice(world: World, marc: Visitor) -> None:
    refused = marc.send("/manage/companies", "/manage/companies", name="Acme")
    assert refused.status_code == 409
    assert "la société « Acme » existe" in text_of(refused)
    assert 'value="Acme"' in refused.text


def test_a_forfait_is_sold_and_its_balance_told(world: World, marc: Visitor) -> None:
    page = f"/manage/companies/{world.companies['bolt']}"
    done = marc.send(page, f"{page}/buy_hours", hours="20", first_day="")
    said = "Forfait de 20 h vendu, valable jusqu’au 23 novembre 2027. Solde de ce forfait : 20 h 00."
    assert said in text_of(marc.get(str(done.location)))


@pytest.mark.parametrize(("hours", "first"), [("15", ""), ("", ""), ("20", "31/12/2026")])
def test_a_forfait_that_is_not_on_sale_is_refused(world: World, marc: Visitor, hours: str, first: str) -> None:
    page = f"/manage/companies/{world.companies['bolt']}"
    refused = marc.send(page, f"{page}/buy_hours", hours=hours, first_day=first)
    assert refused.status_code == 422
    assert "error" in refused.text
    assert not account(world, "bolt").packs


def test_a_correction_has_its_direction_its_reason_and_its_own_line(world: World, marc: Visitor) -> None:
    page = f"/manage/companies/{world.companies['acme']}"
    action = f"{page}/packs/{world.forfait}/correct_hours"
    done = marc.send(page, action, way="take", quarters="1h30", reason="Geste commercial repris")
    assert "Correction enregistrée. Solde de ce forfait : 8 h 30." in text_of(marc.get(str(done.location)))
    entry = account(world, "acme").movements[world.forfait][0]
    assert (entry.kind, entry.quarters, entry.reason) == ("correction", -6, "Geste commercial repris")


@pytest.mark.parametrize(
    ("way", "quarters", "reason", "said"),
    [
        ("take", "11h", "Erreur", "Il ne reste que 10 h 00 sur ce forfait : on ne peut pas en retirer 11 h 00."),
        ("take", "99h", "Erreur", "Il ne reste que 10 h 00 sur ce forfait : on ne peut pas en retirer 99 h 00."),
        ("give", "1001h", "Erreur", "1001 h 00 ne convient pas : une correction va d’un quart d’heure à 1000 h"),
        ("take", "0", "Erreur", "0 h 00 ne convient pas : une correction va d’un quart d’heure"),
        ("give", "", "Erreur", "Le champ « Durée » est vide : écrivez une durée"),
        ("give", "1h10", "Erreur", "« 1h10 » ne tombe pas sur un quart d’heure"),
        ("give", "1", "Erreur", "« 1 min » ne tombe pas sur un quart d’heure"),
        ("give", "1h", "", "Le champ « Raison » est vide"),
        ("give", "beaucoup", "Erreur", "« beaucoup » n’est pas une durée : écrivez-la sans signe"),
        ("give", "-1h", "Erreur", "« -1h » n’est pas une durée : écrivez-la sans signe"),
        ("", "1,5", "Erreur", "Le champ « Sens » est vide : choisissez entre rendre et retirer"),
    ],
)
def test_a_wrong_correction_writes_nothing(
    world: World, marc: Visitor, way: str, quarters: str, reason: str, said: str
) -> None:
    page = f"/manage/companies/{world.companies['acme']}"
    refused = marc.send(page, f"{page}/packs/{world.forfait}/correct_hours", way=way, quarters=quarters, reason=reason)
    assert refused.status_code == 422
    assert said in text_of(refused)
    assert f'value="{quarters}"' in refused.text
    assert len(account(world, "acme").movements[world.forfait]) == 1


def test_a_forfait_is_corrected_through_its_own_company_alone(world: World, marc: Visitor) -> None:
    page = f"/manage/companies/{world.companies['bolt']}"
    refused = marc.send(page, f"{page}/packs/{world.forfait}/correct_hours", way="give", quarters="1h", reason="Erreur")
    assert refused.status_code == 404
    assert account(world, "acme").packs[0].balance_quarters == 40


@pytest.mark.parametrize(
    ("way", "text", "quarters"),
    [("give", "1h30", 6), ("take", "0h45", -3), ("take", "45", -3), ("give", "2h", 8), ("take", "1,5", -6)],
)
def test_quarters_are_given_back_or_taken_off_as_is_chosen(way: str, text: str, quarters: int) -> None:
    assert typed_quarters(way, text) == quarters


def test_these_pages_are_a_managers(world: World) -> None:
    acme = f"/manage/companies/{world.companies['acme']}"
    for who in ("clara", "julie", "paul"):
        visitor = Visitor(site(world.desk), world, who)
        for page in ("/manage/companies", acme, f"{acme}/hours.pdf"):
            assert visitor.get(page).status_code == 403, (who, page)
    assert Visitor(site(world.desk), world, "diane").get("/manage/jobs").status_code == 403


def test_a_dispatcher_reads_the_accounts_and_changes_nothing(world: World) -> None:
    visitor, acme = Visitor(site(world.desk), world, "diane"), f"/manage/companies/{world.companies['acme']}"
    for page in ("/manage/companies", acme):
        assert "<form" not in visitor.get(page).text.partition("<main")[2]
    assert visitor.send("/board", f"{acme}/buy_hours", hours="10").status_code == 403
    assert visitor.get(f"{acme}/hours.csv").data.startswith(b"\xef\xbb\xbfDate;")
    assert visitor.get(f"{acme}/hours.pdf").data.startswith(b"%PDF-")


def test_an_unknown_company_is_not_found(marc: Visitor) -> None:
    assert marc.get("/manage/companies/999").status_code == 404


def test_a_sale_sent_twice_is_made_once(world: World, marc: Visitor) -> None:
    """« Back » and « Vendre » again, or two clicks at once: the page's newest movement is no longer the newest."""
    page = f"/manage/companies/{world.companies['acme']}"
    seen = str(account(world, "acme").last_movement)
    assert marc.send(page, f"{page}/buy_hours", hours="20", first_day="", seen=seen).status_code == 302
    again = marc.send(page, f"{page}/buy_hours", hours="20", first_day="", seen=seen)
    assert again.status_code == 409
    assert "Marc a enregistré un mouvement (Forfait 20 h)" in text_of(again).replace("\u00a0", " ")
    assert [pack.hours for pack in account(world, "acme").packs] == [10, 20]


def test_a_forfait_that_is_asked_for_is_the_one_offered_for_sale(world: World, marc: Visitor) -> None:
    world.do("alain", "2026-11-24 10:00", ask_hours, hours=30)
    page = f"/manage/companies/{world.companies['acme']}"
    assert '<option selected value="30">' in marc.get(page).text
    again = marc.send(page, f"{page}/buy_hours", hours="20", first_day="31/12/2026")
    assert '<option selected value="20">' in again.text
