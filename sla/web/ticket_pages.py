"""`/tickets/<n>`: a ticket as its reader may see it, why a deadline is what it is, and intervention reports."""

from flask import Blueprint, Response, render_template, request

from sla.desk.kept_report import report_file, see_report
from sla.desk.sight import ticket_in_sight
from sla.desk.ticket_view import why
from sla.errors import NotFound
from sla.notify.attachment import report_name
from sla.ticket.clock import ClockName, Mark
from sla.web.frame import asked_language
from sla.web.pdf_file import pdf_file
from sla.web.portal.ticket import client_ticket_page
from sla.web.support_page import support_ticket_page
from sla.web.turn import actor, turn

pages = Blueprint("ticket_pages", __name__)

NUMBER = "int(max=2147483647)"
"""The numbers that a row can bear; anything larger is nobody's."""


@pages.get(f"/tickets/<{NUMBER}:number>")
def ticket(number: int) -> str:
    return client_ticket_page(number) if actor().is_client else support_ticket_page(number)


@pages.get(f"/tickets/<{NUMBER}:number>/why/<clock>")
def why_page(number: int, clock: str) -> str:
    """A page, or its explanation alone for a page that asks for it."""
    seen = turn().see(ticket_in_sight, number)
    if clock not in set(ClockName):
        raise NotFound("clock", value=clock)
    told, found = turn().see(why, number, clock)
    if told.mark == Mark.IDLE:
        raise NotFound("clock", value=clock)
    alone = request.headers.get("HX-Request") == "true"
    page = "portal/parts/explanation.html" if alone else "portal/why.html"
    return render_template(page, ticket=seen, clock=told, stretches=found.stretches)


@pages.get(f"/tickets/<{NUMBER}:number>/report/<{NUMBER}:seq>")
def report(number: int, seq: int) -> str:
    return render_template("portal/report.html", report=turn().see(see_report, number, seq))


@pages.get(f"/tickets/<{NUMBER}:number>/report/<{NUMBER}:seq>.pdf")
def report_pdf(number: int, seq: int) -> Response:
    """The document as it was sent, in its reader's language or the one that is asked for (`?lang=en`)."""
    lang = asked_language()
    return pdf_file(turn().see(report_file, number, seq, lang), report_name(number, seq, lang))
