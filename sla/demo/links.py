"""`demo_links`: a way in for each role."""

from datetime import datetime

from sla.demo.cast import address, told
from sla.desk.actor import SYSTEM
from sla.desk.census import known_by
from sla.desk.keys import issue_key
from sla.desk.office import Desk

MINUTES = 12 * 60
ROLES = {
    "requester": "Client, demandeur",
    "approver": "Client, valideur",
    "account": "Client, référent du compte",
    "english": "Client, en anglais",
    "technician": "Technicien",
    "dispatcher": "Répartiteur",
    "manager": "Responsable du service",
    "deployment": "Déploiement",
}


def demo_links(desk: Desk, now: datetime) -> list[tuple[str, str, str]]:
    """(role, name, address that signs in once within twelve hours), for those of the demonstration who are there."""
    links = []
    for role, email in _someone(desk).items():
        person = desk.by(SYSTEM, now).see(known_by, email)
        if person is not None:
            secret = desk.by(SYSTEM, now).do(issue_key, person.id, purpose="sign_in", label="demo", minutes=MINUTES)
            links.append((ROLES[role], person.name, f"{desk.settings.environment.url}/sign-in/{secret}"))
    return links


def _someone(desk: Desk) -> dict[str, str]:
    """One e-mail address a role, in the order of ROLES."""
    firm = told()["companies"][0]
    found = {each["portal_role"]: address(each["name"], firm["domain"]) for each in reversed(firm["contacts"])}
    found["english"] = next(
        address(each["name"], firm["domain"]) for each in firm["contacts"] if each.get("language") == "en"
    )
    found["technician"] = desk.settings.technicians[0].email
    found.update({each["role"]: each["email"] for each in told()["support"]})
    return {role: found[role] for role in ROLES}
