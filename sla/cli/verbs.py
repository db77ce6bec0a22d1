"""The verbs that a manager needs, from a shell on the machine: it acts as the service itself."""

from datetime import date, datetime
from typing import Any

import click

from sla.cli.opened import open_desk
from sla.desk import hours, keys, people
from sla.desk.actor import SYSTEM, PortalRole, Role

DAY = click.DateTime(formats=["%Y-%m-%d"])


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


@click.command()
@click.argument("name")
def add_company(name: str) -> None:
    """Ajoute la société NAME et donne son numéro."""
    company = open_desk().by(SYSTEM).do(people.add_company, name=name)
    click.echo(f"Société {company.id} : {company.name}")


@click.command()
@click.argument("company", type=int)
@click.option("--level", type=click.Choice(people.LEVELS), default="maintenance", show_default=True)
@click.option("--first-day", type=DAY, help="premier jour, compris (aujourd’hui si absent)")
@click.option("--last-day", type=DAY, help="dernier jour, compris (un an si absent)")
def sign_contract(company: int, level: str, first_day: datetime | None, last_day: datetime | None) -> None:
    """Donne un contrat à la société numéro COMPANY."""
    turn = open_desk().by(SYSTEM)
    contract = turn.do(people.sign_contract, company, level=level, first_day=_day(first_day), last_day=_day(last_day))
    click.echo(f"Contrat {contract.id}, {contract.level}, du {contract.first_day} au {contract.last_day} compris")


@click.command()
@click.argument("name")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role if role is not Role.SYSTEM]), required=True)
@click.option("--company", type=int, help="numéro de la société d’un contact")
@click.option(
    "--portal-role",
    type=click.Choice([role.value for role in PortalRole]),
    help="ce qu’un contact peut faire pour sa société",
)
@click.option("--code", help="code du technicien dans desk.toml")
@click.option("--phone")
def add_person(
    name: str, email: str, role: str, company: int | None, portal_role: str | None, code: str | None, phone: str | None
) -> None:
    """Ajoute une personne du support ou un contact, et donne son numéro."""
    turn = open_desk().by(SYSTEM)
    facts: dict[str, Any] = {"company": company, "portal_role": portal_role, "code": code, "phone": phone}
    person = turn.do(people.add_person, name=name, email=email, role=role, **facts)
    click.echo(f"Personne {person.id} : {person.name} ({person.role})")


@click.command()
@click.argument("technician", type=int)
@click.argument("starts_at")
@click.argument("ends_at")
@click.argument("label")
def be_absent(technician: int, starts_at: str, ends_at: str, label: str) -> None:
    """Note l’absence du TECHNICIAN de STARTS_AT à ENDS_AT (2026-11-24T14:00, heure du support)."""
    turn = open_desk().by(SYSTEM)
    absence = turn.do(people.be_absent, technician, starts_at=starts_at, ends_at=ends_at, label=label)
    click.echo(f"Absence {absence.id} notée")


@click.command()
@click.argument("absence", type=int)
def cancel_absence(absence: int) -> None:
    """Retire l’absence numéro ABSENCE, ou la termine maintenant si elle a commencé."""
    taken = open_desk().by(SYSTEM).do(people.cancel_absence, absence)
    click.echo(f"Absence {taken.id} retirée")


@click.command()
@click.argument("company", type=int)
@click.argument("amount", type=int, metavar="HOURS")
@click.option("--first-day", type=DAY, help="premier jour, compris (aujourd’hui si absent)")
def buy_hours(company: int, amount: int, first_day: datetime | None) -> None:
    """Vend un forfait de HOURS heures à la société numéro COMPANY."""
    pack = open_desk().by(SYSTEM).do(hours.buy_hours, company, hours=amount, first_day=_day(first_day))
    click.echo(f"Forfait {pack.id} de {pack.hours} h, du {pack.first_day} au {pack.last_day} compris")


@click.command()
@click.argument("forfait", type=int)
@click.argument("quarters", type=int)
@click.argument("reason")
def correct_hours(forfait: int, quarters: int, reason: str) -> None:
    """Corrige le FORFAIT de QUARTERS quarts d’heure (négatif : « -- -3 »), avec sa REASON."""
    pack = open_desk().by(SYSTEM).do(hours.correct_hours, forfait, quarters=quarters, reason=reason)
    click.echo(f"Forfait {pack.id} : il reste {pack.balance_quarters} quarts d’heure")


@click.command()
@click.argument("person", type=int)
@click.option("--purpose", type=click.Choice(["sign_in", "api"]), default="sign_in", show_default=True)
@click.option("--label", default="ligne de commande")
def issue_key(person: int, purpose: str, label: str) -> None:
    """Donne à la PERSON un lien de connexion (20 minutes, une fois) ou un jeton d’API (jusqu’à sa révocation)."""
    desk = open_desk()
    minutes = keys.LINK_MINUTES if purpose == "sign_in" else None
    secret = desk.by(SYSTEM).do(keys.issue_key, person, purpose=purpose, label=label, minutes=minutes)
    click.echo(f"{desk.settings.environment.url}/sign-in/{secret}" if purpose == "sign_in" else secret)


@click.command()
@click.argument("person", type=int)
@click.password_option(prompt="Mot de passe", confirmation_prompt="Le même, pour vérification", help="demandé sinon")
def set_password(person: int, password: str) -> None:
    """Donne à la PERSON un mot de passe pour se connecter."""
    open_desk().by(SYSTEM).do(keys.set_password, person, password=password)
    click.echo("Mot de passe enregistré")
