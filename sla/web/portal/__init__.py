"""The client's pages: home, deposit, tickets, forfaits, and what a client does on a ticket."""

from sla.web.portal import acts, deposit, home, hours
from sla.web.portal.blueprint import pages

__all__ = ["acts", "deposit", "home", "hours", "pages"]
