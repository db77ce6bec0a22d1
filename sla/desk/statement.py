"""A company's statement of hours, as PDF: for its own approvers, and for those who steer the desk."""

from sla.desk.hours_card import Hours, company_hours, own_hours
from sla.desk.office import Tx
from sla.documents import statement_pdf
from sla.errors import Forbidden


def own_statement(tx: Tx, lang: str = "fr") -> bytes:
    """Forbidden to a contact who sees the balance only."""
    hours = own_hours(tx)
    if not hours.sees_lines:
        raise Forbidden(role=tx.actor.portal_role or tx.actor.role, action="hours")
    return _statement(tx, hours, lang)


def company_statement(tx: Tx, number: int, lang: str = "fr") -> bytes:
    return _statement(tx, company_hours(tx, number), lang)


def _statement(tx: Tx, hours: Hours, lang: str) -> bytes:
    """It bears the instant at which it is asked for, so that two at one instant are the same."""
    return statement_pdf(hours, tx.now, tx.settings.zone, lang)
