"""`add_company`, `sign_contract`, `add_person`, `choose_language`, `be_absent`, `cancel_absence`: for whom the desk
works, and who."""

import re
from datetime import date, datetime

from sqlalchemy import select

from sla.contract.forfait import last_day as anniversary
from sla.desk.actor import PortalRole, Role
from sla.desk.both_tongues import day_said, instant_said
from sla.desk.contract_days import check_alone
from sla.desk.contract_end import await_end
from sla.desk.ledger import lock_account
from sla.desk.office import Tx
from sla.desk.sight import colleague, lock_diary
from sla.desk.typed import Reading, day_typed, instant_typed
from sla.errors import AlreadyDone, Both, NotFound, Refused, UnfitInstant
from sla.notify.mail import BadRecipient, one_address
from sla.store.tables import Absence, Company, Contract, Person

EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
PHONE = re.compile(r"[+(]?[0-9](?:[ ().\-/]*[0-9]){3,16}[ ().\-/]*(?:(?:poste|ext\.?) ?[0-9]+)?", re.IGNORECASE)
"""One number: the longest abroad has 15 digits, after the two by which France dials out."""
LEVELS = ("maintenance", "tma")
LANGUAGES = ("fr", "en")
END_FIRST = Both("la fin doit venir après le début", "the end must come after the start")


class BadEmail(Refused):
    code = "bad_email"
    fr = "« {value} » n’est pas une adresse électronique : écrivez par exemple prenom.nom@exemple.fr, sans accent."
    en = "“{value}” is not an e-mail address: write for instance first.last@example.com, without accents."


class BadPhone(Refused):
    """What nobody could dial would be shown to the technician who has to call back."""

    code = "bad_phone"
    fr = "« {value} » n’est pas un numéro de téléphone : par exemple 04 76 00 00 00, ou 04 76 00 00 00 poste 12."
    en = "“{value}” is not a telephone number: write for instance +33 4 76 00 00 00, or +33 4 76 00 00 00 ext. 12."


def add_company(tx: Tx, *, name: str) -> Company:
    reading = Reading()
    name = reading.line("name", name)
    reading.finish()
    if tx.session.scalar(select(Company.id).where(Company.name == name)) is not None:
        raise AlreadyDone(what=Both(f"la société « {name} » existe", f"the company “{name}” exists"))
    company = Company(name=name, created_at=tx.now)
    tx.session.add(company)
    tx.session.flush()
    return company


def sign_contract(
    tx: Tx,
    company: int,
    *,
    level: str = "maintenance",
    first_day: date | str | None = None,
    last_day: date | str | None = None,
) -> Contract:
    """A year from today unless said otherwise; both days included."""
    reading = Reading()
    level = reading.choice("level", level, LEVELS)
    reading.finish()
    if tx.session.get(Company, company) is None:
        raise NotFound("company", value=company)
    first = day_typed(tx, "first_day", first_day or tx.today)
    last = day_typed(tx, "last_day", last_day or anniversary(first, 12))
    contract = Contract(company_id=company, level=level, first_day=first, last_day=last)
    if contract.last_day < contract.first_day:
        raise UnfitInstant("last_day", value=day_said(tx, last), rule=END_FIRST)
    lock_account(tx, company)
    check_alone(tx, contract, "first_day")
    tx.session.add(contract)
    tx.session.flush()
    await_end(tx, contract)
    return contract


def add_person(
    tx: Tx,
    *,
    name: str,
    email: str,
    role: str,
    company: int | None = None,
    portal_role: str | None = None,
    code: str | None = None,
    phone: str | None = None,
    language: str = "fr",
) -> Person:
    """A colleague, or a company's contact (role `client`, with its company and portal role)."""
    reading = Reading()
    name = reading.line("name", name)
    email = reading.line("email", email, 254).lower()
    role = reading.choice("role", role, set(Role) - {Role.SYSTEM})
    if role == Role.CLIENT:
        portal_role = reading.choice("portal_role", portal_role, set(PortalRole))
    code = reading.line("code", code, 40, required=False) or None
    phone = reading.line("phone", phone, 40, required=False) or None
    language = reading.choice("language", language, LANGUAGES)
    reading.finish()
    _check_address(email)
    if phone is not None and not PHONE.fullmatch(phone):
        raise BadPhone("phone", value=phone)
    if role == Role.CLIENT and (company is None or tx.session.get(Company, company) is None):
        raise NotFound("company", value=company)
    if tx.session.scalar(select(Person.id).where(Person.email == email)) is not None:
        raise AlreadyDone("email", what=Both(f"l’adresse {email} a déjà un compte", f"{email} has an account already"))
    if code is not None and tx.session.scalar(select(Person.id).where(Person.code == code)) is not None:
        raise AlreadyDone(
            "code", what=Both(f"le code {code} a déjà un compte", f"the code {code} has an account already")
        )
    person = Person(name=name, email=email, role=role, code=code, phone=phone, language=language, created_at=tx.now)
    if role == Role.CLIENT:
        person.company_id, person.portal_role = company, portal_role
    tx.session.add(person)
    tx.session.flush()
    return person


def _check_address(email: str) -> None:
    """What no mail could be sent to (an accent before the @, two dots in a row) would never be told anything."""
    try:
        one_address(email)
    except BadRecipient as error:
        raise BadEmail("email", value=email) from error
    if not EMAIL.fullmatch(email):
        raise BadEmail("email", value=email)


def choose_language(tx: Tx, *, language: str) -> Person:
    """In which its own pages and mails are, from now on."""
    reading = Reading()
    language = reading.choice("language", language, LANGUAGES)
    reading.finish()
    person = tx.session.get_one(Person, tx.actor.id)
    person.language = language
    return person


def be_absent(tx: Tx, technician: int, *, starts_at: datetime | str, ends_at: datetime | str, label: str) -> Absence:
    """The plan works around it; the desk's clocks go on."""
    reading = Reading()
    label = reading.line("label", label, 80)
    reading.finish()
    who = colleague(tx, technician, "technician")
    begin, end = instant_typed(tx, "starts_at", starts_at), instant_typed(tx, "ends_at", ends_at)
    if end <= begin:
        raise UnfitInstant("ends_at", value=instant_said(tx, end), rule=END_FIRST)
    lock_diary(tx, who.id)
    absence = Absence(technician_id=who.id, starts_at=begin, ends_at=end, label=label)
    tx.session.add(absence)
    tx.session.flush()
    return absence


def cancel_absence(tx: Tx, absence: int) -> Absence:
    """One to come is gone, and given back as it was; one that runs ends now. What has passed stays."""
    whose = tx.session.scalar(select(Absence.technician_id).where(Absence.id == absence))
    if whose is None:
        raise NotFound("absence", value=absence)
    lock_diary(tx, whose)
    found = tx.session.get(Absence, absence, populate_existing=True)
    if found is None:  # somebody was first
        raise NotFound("absence", value=absence)
    if found.ends_at <= tx.now:
        fr, en = instant_said(tx, found.ends_at)
        raise AlreadyDone(
            what=Both(
                f"cette absence est finie ({fr}), et ce qui est passé reste",
                f"this absence is over ({en}), and what has passed stays",
            )
        )
    if found.starts_at < tx.now:
        found.ends_at = tx.now
    else:
        tx.session.delete(found)
    tx.session.flush()
    return found
