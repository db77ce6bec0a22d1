"""`/portal` and `/tickets`: the client's own moves first, then the deposit form, the forfait, the tickets."""

from flask import render_template, request

from sla import wording
from sla.contract.service_item import ServiceItem
from sla.contract.targets import Severity
from sla.desk.foresee import Foreseen, foresee
from sla.desk.hours_card import own_hours
from sla.desk.portal_home import own_company, own_tickets, your_turn
from sla.web.frame import language
from sla.web.portal.blueprint import pages
from sla.web.portal.deposit_form import DepositForm, found_lines, offered_lines
from sla.web.portal.forfaits import shown_cards
from sla.web.turn import the_desk, turn

LAST_MOVEMENTS = 3
FOUND_AT_MOST = 10_000


@pages.get("/portal")
def home() -> str:
    form = DepositForm(request.args, meta={"csrf": False})
    return home_page(form, foreseen_for(form))


def foreseen_for(form: DepositForm) -> Foreseen | None:
    return turn().see(foresee, item=form.item.data or "", severity=form.severity.data or "")


def lines_for(form: DepositForm) -> list[ServiceItem]:
    return found_lines(the_desk().settings.catalogue, form.words.data or "", form.item.data or "")


def home_page(form: DepositForm, foreseen: Foreseen | None) -> str:
    """The home page around a deposit form that may have been typed into."""
    form.item.choices = offered_lines(the_desk().settings.catalogue, language())
    hours = turn().see(own_hours)
    return render_template(
        "portal/home.html",
        company=turn().see(own_company).name,
        moves=turn().see(your_turn),
        form=form,
        lines=lines_for(form),
        severity_help={each.value: wording.label("severity_help", each, language()) for each in Severity},
        foreseen=foreseen,
        hours=hours,
        cards=shown_cards(hours, hours.running, LAST_MOVEMENTS),
        on_sale=the_desk().settings.forfaits.hours_on_sale,
        listed=turn().see(own_tickets),
    )


@pages.get("/tickets")
def tickets() -> str:
    closed, text = request.args.get("closed") == "1", request.args.get("q", "").replace("\0", " ").strip()[:200]
    page = request.args.get("page", 1, type=int)
    listed = turn().see(own_tickets, closed=closed, text=text, page=min(max(page, 1), FOUND_AT_MOST))
    return render_template("portal/tickets.html", listed=listed, closed=closed, text=text)
