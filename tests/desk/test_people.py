"""Companies, contracts, people and absences: what the desk knows of those it works for and of those who work."""

from datetime import date

import pytest

from sla.desk.calls import call_back
from sla.desk.contract_days import UnderContract
from sla.desk.people import (
    BadEmail,
    BadPhone,
    add_company,
    add_person,
    be_absent,
    cancel_absence,
    choose_language,
    sign_contract,
)
from sla.errors import AlreadyDone, Away, Forbidden, Invalid, Missing, NotFound, UnfitInstant, Unknown
from tests.desk.kept import a_ticket, refused, ticket
from tests.worlds import World, paris

AT = "2026-06-01 10:00"
PERSON = {"name": "Zoé", "email": "zoe@acme.example.test", "role": "client", "portal_role": "requester"}


def test_a_company_its_contract_and_its_contact(world: World) -> None:
    company = world.do("marc", AT, add_company, name="  Forges   du Nord ")
    assert company.name == "Forges du Nord"
    contract = world.do("marc", AT, sign_contract, company.id)
    assert (contract.first_day, contract.last_day) == (date(2026, 6, 1), date(2027, 5, 31))
    person = world.do("marc", AT, add_person, **{**PERSON, "email": "Zoe@Forges.example.TEST"}, company=company.id)
    assert (person.email, person.company_id) == ("zoe@forges.example.test", company.id)


def test_an_absence_moves_the_plan_and_not_the_clocks(world: World) -> None:
    for who in ("clara", "mehdi", "sandrine"):
        absent = {"starts_at": "2026-06-01T00:00", "ends_at": "2026-06-02T00:00", "label": "Formation"}
        world.do("diane", AT, be_absent, world.people[who].id, **absent)
    number = a_ticket(world, AT)
    assert ticket(world, number).technician_id == world.yann.id
    assert ticket(world, number).due_at == paris("2026-06-01 12:00")


def test_an_absence_without_end_in_sight_stops_nobody_else(world: World) -> None:
    absent = {"starts_at": "2026-06-01T00:00", "ends_at": "2029-01-01T00:00", "label": "Congé sabbatique"}
    world.do("diane", AT, be_absent, world.clara.id, **absent)
    assert ticket(world, a_ticket(world, AT)).technician_id in (world.mehdi.id, world.yann.id)


def test_an_absence_taken_back_before_it_begins_is_as_if_it_had_not_been(world: World) -> None:
    """Of four who were to be away the one who stays is given the work, and a call can be agreed on with her again."""
    away = {"starts_at": "2026-06-01T10:00", "ends_at": "2026-06-03T00:00", "label": "Congés"}
    made = [
        world.do("diane", AT, be_absent, world.people[who].id, **away).id
        for who in ("clara", "mehdi", "sandrine", "yann")
    ]
    number, call = a_ticket(world, AT), {"starts_at": "2026-06-02T10:00", "technician": world.clara.id}
    refused(world, Away, "diane", AT, call_back, number, **call)
    assert world.do("diane", AT, cancel_absence, made[0]).label == "Congés"
    assert ticket(world, a_ticket(world, AT)).technician_id == world.clara.id
    world.do("diane", AT, call_back, number, **call)
    refused(world, NotFound, "diane", AT, cancel_absence, made[0])


def test_an_absence_that_runs_ends_when_it_is_taken_back_and_one_that_is_over_stays(world: World) -> None:
    away = {"starts_at": "2026-06-01T09:00", "ends_at": "2026-06-03T00:00", "label": "Congés"}
    made = world.do("diane", AT, be_absent, world.clara.id, **away)
    ended = world.do("marc", "2026-06-01 11:00", cancel_absence, made.id)
    assert (ended.starts_at, ended.ends_at) == (paris("2026-06-01 09:00"), paris("2026-06-01 11:00"))
    met = refused(world, AlreadyDone, "marc", "2026-06-01 11:00", cancel_absence, made.id)
    said = "Rien n’a été changé : cette absence est finie (aujourd’hui à 11 h 00), et ce qui est passé reste."
    assert met.sentence().replace("\u00a0", " ") == said
    refused(world, AlreadyDone, "marc", "2026-06-02 09:00", cancel_absence, made.id)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"name": ""}, Missing),
        ({"email": "zoe"}, BadEmail),
        ({"email": "a@b.fr, c@d.fr"}, BadEmail),
        ({"email": "zoé@acme.example.test"}, BadEmail),
        ({"email": "zoe@acme..example.test"}, BadEmail),
        ({"email": ".zoe@acme.example.test"}, BadEmail),
        ({"email": "JULIE@acme.example.test"}, AlreadyDone),
        ({"phone": "azerty"}, BadPhone),
        ({"phone": "04"}, BadPhone),
        ({"phone": "04 76 00 00 00 le matin"}, BadPhone),
        ({"phone": "04 76 00 00 00 / 06 00 00 00 00"}, BadPhone),
        ({"phone": "٠٤٧٦٠٠٠٠٠٠"}, BadPhone),
        ({"role": "system"}, Unknown),
        ({"portal_role": "boss"}, Unknown),
        ({"name": "", "role": "roi"}, Invalid),
        ({"company": None}, NotFound),
        ({"company": 999}, NotFound),
    ],
)
def test_a_person_is_checked(world: World, wrong: dict[str, object], error: type[Missing]) -> None:
    refused(world, error, "marc", AT, add_person, **{**PERSON, "company": 1, **wrong})


@pytest.mark.parametrize(
    "number",
    [
        "04 76 00 00 00",
        "04.76.00.00.00",
        "+33 (0)4-76-00-00-00",
        "3900",
        "04 76 00 00 00 poste 12",
        "+44 20 7946 0000 ext. 7",
    ],
)
def test_a_telephone_number_is_kept_as_it_is_written(world: World, number: str) -> None:
    assert world.do("marc", AT, add_person, **PERSON, company=1, phone=f" {number} ").phone == number


def test_a_person_chooses_the_language_of_its_pages_and_mails(world: World) -> None:
    assert world.do("julie", AT, choose_language, language="en").language == "en"
    refused(world, Unknown, "julie", AT, choose_language, language="de")
    refused(world, Missing, "julie", AT, choose_language, language="")


@pytest.mark.parametrize(
    ("first", "last"),
    [("2028-12-31", "2029-12-30"), ("2025-01-01", "2026-01-01"), ("2027-01-01", "2027-06-30"), ("", "")],
)
def test_two_contracts_of_one_level_never_run_at_once(world: World, first: str, last: str) -> None:
    """Acme is maintained from 1 January 2026 to 31 December 2028; left empty, the days are a year from today."""
    acme, days = world.companies["acme"], {"first_day": first or None, "last_day": last or None}
    met = refused(world, UnderContract, "marc", AT, sign_contract, acme, **days)
    assert met.sentence().replace("\u00a0", " ") == (
        "Un contrat de maintenance court déjà du 1er janvier 2026 au 31 décembre 2028 : celui qui le suit commence au "
        "plus tôt le 1er janvier 2029, celui qui le précède finit au plus tard le 31 décembre 2025."
    )
    assert "begins on 1 January 2029 at the earliest" in met.sentence("en")


def test_a_contract_follows_another_to_the_day_and_stands_beside_one_of_the_other_level(world: World) -> None:
    acme = world.companies["acme"]
    world.do("marc", AT, sign_contract, acme, first_day="2029-01-01")
    world.do("marc", AT, sign_contract, acme, first_day="2025-01-01", last_day="2025-12-31")
    world.do("marc", AT, sign_contract, acme, level="tma", first_day="2026-06-01")


def test_refusals(world: World) -> None:
    refused(world, AlreadyDone, "marc", AT, add_company, name="Acme")
    refused(world, Missing, "marc", AT, add_company, name=" ")
    refused(world, NotFound, "marc", AT, sign_contract, 999)
    refused(world, Unknown, "marc", AT, sign_contract, 1, level="or")
    refused(world, UnfitInstant, "marc", AT, sign_contract, 1, last_day=date(2026, 5, 31))
    absent = {"starts_at": "2026-06-02T00:00", "ends_at": "2026-06-03T00:00", "label": "Congés"}
    refused(world, NotFound, "diane", AT, be_absent, world.diane.id, **absent)
    refused(world, UnfitInstant, "diane", AT, be_absent, world.clara.id, **{**absent, "ends_at": "2026-06-02T00:00"})
    refused(world, Missing, "diane", AT, be_absent, world.clara.id, **{**absent, "label": ""})
    for who in ("diane", "clara", "agnes", "paul"):
        refused(world, Forbidden, who, AT, add_company, name="Autre")
        refused(world, Forbidden, who, AT, add_person, **PERSON)
        refused(world, Forbidden, who, AT, sign_contract, 1)
    refused(world, Forbidden, "clara", AT, be_absent, world.clara.id, **absent)
    refused(world, NotFound, "diane", AT, cancel_absence, 999)
