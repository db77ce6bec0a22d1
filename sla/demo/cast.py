"""The people, companies, contracts and forfaits of the demonstration, written by the verbs when they were signed."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any

from sla import wording
from sla.demo.stage import Stage
from sla.desk.actor import SYSTEM, Actor, PortalRole, Role
from sla.desk.hours import buy_hours, correct_hours
from sla.desk.people import add_company, add_person, sign_contract
from sla.desk.typed import searchable

FOUNDED_DAYS = 400
"""How long before the seeding the accounts were made."""


@dataclass
class Firm:
    """A client company; `draws_on_hours`: it has had a forfait; `domain` is that of its contacts' addresses."""

    id: int
    name: str
    weight: int
    draws_on_hours: bool
    maintained_until: date
    contacts: list[Actor] = field(default_factory=list)

    def having(self, *roles: PortalRole) -> Actor:
        """The first contact in one of the roles, in the order of the roles."""
        return next(each for role in roles for each in self.contacts if each.portal_role is role)

    @property
    def approver(self) -> Actor:
        return self.having(PortalRole.APPROVER, PortalRole.ACCOUNT)

    def someone(self, chance: Random) -> Actor:
        """Who deposits: the requesters more often than those who approve."""
        often = [3 if each.portal_role is PortalRole.REQUESTER else 1 for each in self.contacts]
        return chance.choices(self.contacts, often)[0]


@dataclass
class Cast:
    technicians: dict[str, Actor] = field(default_factory=dict)
    firms: list[Firm] = field(default_factory=list)
    dispatcher: Actor = SYSTEM
    manager: Actor = SYSTEM
    deployment: Actor = SYSTEM


@cache
def told() -> dict[str, Any]:
    """cast.toml."""
    return tomllib.loads((Path(__file__).parent / "cast.toml").read_text("utf-8"))


def found(stage: Stage, until: datetime) -> Cast:
    """Accounts and companies at the founding; the signings are left to come at their own instants, before `until`."""
    cast = Cast()
    for line in stage.desk.settings.technicians:
        facts: dict[str, Any] = {"name": line.name, "email": line.email, "code": line.code, "role": "technician"}
        cast.technicians[line.code] = actor_of(stage.do(SYSTEM, add_person, phone="01 99 00 10 10", **facts))
    for line in told()["support"]:
        setattr(cast, line["role"], actor_of(stage.do(SYSTEM, add_person, **line)))
    for line in told()["companies"]:
        cast.firms.append(_firm(stage, cast.manager, line))
        _sign(stage, cast.manager, cast.firms[-1], line, until)
    return cast


def actor_of(person: Any) -> Actor:
    role = PortalRole(person.portal_role) if person.portal_role else None
    return Actor(person.id, person.name, Role(person.role), person.company_id, role)


def _firm(stage: Stage, manager: Actor, line: dict[str, Any]) -> Firm:
    company = stage.do(manager, add_company, name=line["name"])
    end = stage.day(stage.end) + timedelta(days=line.get("maintenance_ends_in", 300))
    firm = Firm(company.id, company.name, line["weight"], bool(line.get("forfaits")), end)
    for contact in line["contacts"]:
        facts = {"email": address(contact["name"], line["domain"]), "role": "client", "company": company.id, **contact}
        person = actor_of(stage.do(manager, add_person, **facts))
        if "language" not in contact:  # who reads English follows the tickets: what is asked here is in French
            firm.contacts.append(person)
    return firm


def address(contact: str, domain: str) -> str:
    """Of a contact of cast.toml."""
    return f"{searchable(contact).replace(' ', '.')}@{domain}"


def _sign(stage: Stage, manager: Actor, firm: Firm, line: dict[str, Any], until: datetime) -> None:
    first = stage.day(stage.at)
    stage.do(manager, sign_contract, firm.id, first_day=first, last_day=firm.maintained_until)
    for pack in line.get("forfaits", ()):
        last = stage.day(stage.end) + timedelta(days=pack["ends_in"])
        begin = _year_before(last + timedelta(days=1))
        bought = stage.desk.settings.midnight(begin) - timedelta(days=3) + timedelta(hours=10)
        stage.later(bought, _buying(stage, manager, firm, pack, begin, until))


def _buying(
    stage: Stage, manager: Actor, firm: Firm, pack: dict[str, int], first_day: date, until: datetime
) -> Callable[[], None]:
    """Buy, then take over month by month what had been consumed before this service was in use."""

    def buy() -> None:
        hours = pack["hours"]
        kept = stage.do(manager, buy_hours, firm.id, hours=hours, first_day=first_day)
        start = stage.desk.settings.midnight(first_day)
        for at, quarters in _months(start, until, pack["used"] * 4):
            stage.later(at, partial(take_over, kept.id, quarters, at))

    def take_over(forfait: int, quarters: int, at: datetime) -> None:
        month = wording.month(stage.day(at))
        reason = f"Reprise des heures {wording.of(month)}, consommées avant l’ouverture du portail"
        stage.do(manager, correct_hours, forfait, quarters=-quarters, reason=reason)

    return buy


def _months(start: datetime, until: datetime, quarters: int) -> Iterator[tuple[datetime, int]]:
    """Spread quarter-hours over the months between two instants, the last ones bearing the rest."""
    count = max(1, min(9, (until - start).days // 32))
    for n in range(count):
        share = quarters * (n + 1) // count - quarters * n // count
        if share and start < until:
            yield start + (until - start) * (n + 1) / (count + 1), share


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def founding(stage_end: datetime) -> datetime:
    """The instant of the first accounts."""
    return datetime.combine(stage_end.date() - timedelta(days=FOUNDED_DAYS), time(9), stage_end.tzinfo)
