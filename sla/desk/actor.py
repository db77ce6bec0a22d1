"""On whose behalf something is done or seen."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    CLIENT = "client"
    TECHNICIAN = "technician"
    DISPATCHER = "dispatcher"
    MANAGER = "manager"
    DEPLOYMENT = "deployment"
    SYSTEM = "system"


class PortalRole(StrEnum):
    REQUESTER = "requester"
    APPROVER = "approver"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, or the service itself; `company_id` and `portal_role` are a client contact's. `language`: fr
    or en, what it reads."""

    id: int | None
    name: str
    role: Role
    company_id: int | None = None
    portal_role: PortalRole | None = None
    language: str = "fr"

    @property
    def is_client(self) -> bool:
        return self.role is Role.CLIENT


SYSTEM = Actor(None, "Service", Role.SYSTEM)
NOBODY = Actor(None, "", Role.CLIENT)
"""Someone who has not signed in: may do nothing and sees nothing."""
