"""A small desk for tests: four technicians, two companies, real rules and a real database; time is what a test says."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Dialect, Engine

from sla.desk.actor import SYSTEM, Actor, PortalRole, Role
from sla.desk.hours import buy_hours
from sla.desk.office import Desk
from sla.desk.people import add_company, add_person, sign_contract
from sla.settings import Environment, load
from sla.store import database
from sla.store.migrate import migrate
from sla.store.tables import Person
from sla.ticket.life import Rules

PARIS = ZoneInfo("Europe/Paris")
BUSY_MS = 300_000
"""How long a test waits for another's commit: a machine that is slow refuses nobody."""
AS_SHIPPED = database.SYNCHRONOUS
"""Before tests/conftest.py says otherwise."""
OPENED = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def paris(text: str) -> datetime:
    """`2026-11-24 14:00` at the desk, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


COMPILED: dict[object, object] = {}
ON_SQLITE: list[Dialect] = []


def share_compiled_statements(engine: Engine, dialect: Dialect) -> None:
    """What is compiled is kept by dialect, so they have one: compiling all anew for each test took half of its time."""
    engine.dialect = dialect
    engine.update_execution_options(compiled_cache=COMPILED)


def new_desk(folder: Path, **environment: Any) -> Desk:
    """An empty, migrated desk under a folder, with the project's own config/."""
    desk = Desk.open(load(Environment(sla_var=folder, **environment)))
    migrate(desk.database)
    if not desk.database.shared:
        ON_SQLITE.append(desk.database.engine.dialect)
        share_compiled_statements(desk.database.engine, ON_SQLITE[0])
    return desk


@dataclass
class World:
    """`clara`, `mehdi`, `sandrine`, `yann` answer; `diane` dispatches, `marc` manages, `paul` deploys. `acme` has
    maintenance and a forfait of 10 h (`julie` its requester, `alain` its approver, `agnes` its account); `bolt` has
    maintenance alone (`bruno`, account); `solo` has no contract (`sonia`)."""

    desk: Desk
    people: dict[str, Actor] = field(default_factory=dict)
    companies: dict[str, int] = field(default_factory=dict)
    forfait: int = 0

    def __getattr__(self, name: str) -> Actor:
        try:
            found: Actor = self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None
        return found

    def do(self, who: str | Actor, at: datetime | str, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """One verb by someone at an instant (text: at the desk)."""
        return self.desk.by(self._actor(who), _at(at)).do(verb, *args, **kwargs)

    def see(self, who: str | Actor, at: datetime | str, read: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.desk.by(self._actor(who), _at(at)).see(read, *args, **kwargs)

    @property
    def rules(self) -> Rules:
        """What histories are folded by, before any edit of the calendar."""
        settings = self.desk.settings
        return Rules(settings.calendar, settings.targets, settings.acceptance_days)

    def _actor(self, who: str | Actor) -> Actor:
        return who if isinstance(who, Actor) else self.people[who]


NewWorld = Callable[[], AbstractContextManager[World]]
"""Each call a furnished desk of its own, closed when it is left."""


def _at(at: datetime | str) -> datetime:
    return paris(at) if isinstance(at, str) else at


def actor(person: Person) -> Actor:
    portal_role = PortalRole(person.portal_role) if person.portal_role else None
    return Actor(person.id, person.name, Role(person.role), person.company_id, portal_role)


def furnish(desk: Desk, at: datetime = OPENED) -> World:
    """The world described in `World`, written by the verbs themselves on 5 January 2026."""
    world, system = World(desk), desk.by(SYSTEM, at)
    for line in desk.settings.technicians:
        person = system.do(add_person, name=line.name, email=line.email, role="technician", code=line.code)
        world.people[line.code] = actor(person)
    for name, role in (("diane", "dispatcher"), ("marc", "manager"), ("paul", "deployment")):
        person = system.do(add_person, name=name.capitalize(), email=f"{name}@support.example.test", role=role)
        world.people[name] = actor(person)
    _company(world, system, "acme", julie="requester", alain="approver", agnes="account")
    _company(world, system, "bolt", bruno="account")
    _company(world, system, "solo", sonia="account")
    for name in ("acme", "bolt"):
        system.do(sign_contract, world.companies[name], first_day=date(2026, 1, 1), last_day=date(2028, 12, 31))
    world.forfait = system.do(buy_hours, world.companies["acme"], hours=10).id
    return world


def _company(world: World, system: Any, name: str, **contacts: str) -> None:
    company = system.do(add_company, name=name.capitalize())
    world.companies[name] = company.id
    for contact, portal_role in contacts.items():
        email = f"{contact}@{name}.example.test"
        facts = {"company": company.id, "portal_role": portal_role}
        world.people[contact] = actor(
            system.do(add_person, name=contact.capitalize(), email=email, role="client", **facts)
        )
