"""`POST /tickets`: the deposit, or its promise shown before sending; and the promise box alone."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sla import wording
from sla.desk.deposit import deposit
from sla.desk.portal_home import own_company
from sla.errors import Refused, SentBefore
from sla.web.asked import blame
from sla.web.frame import language
from sla.web.portal.blueprint import pages
from sla.web.portal.deposit_form import DepositForm, offered_lines, own_key
from sla.web.portal.home import foreseen_for, home_page, lines_for
from sla.web.turn import the_desk, turn
from sla.web.warning import doubts


@pages.post("/tickets")
def deposit_ticket() -> ResponseReturnValue:
    """With the buttons `find` and `preview`, the form comes back as typed, with the lines found and its promise; else
    the ticket is written."""
    form = DepositForm()
    if "preview" in request.form or "find" in request.form:
        return home_page(form, foreseen_for(form))
    if doubts(form, form.title.data or "", form.description.data or "", form.contest.data or ""):
        return home_page(form, foreseen_for(form)), 422
    try:
        ticket = turn().do(
            deposit,
            item=form.item.data or "",
            severity=form.severity.data or "",
            title=form.title.data or "",
            description=form.description.data or "",
            once=form.once.data or None,
            contest=form.contest.data or "",
        )
    except Refused as refused:
        if isinstance(refused, SentBefore):
            form.once.data = own_key()
        blame(form, refused)
        return home_page(form, foreseen_for(form)), refused.status
    flash(wording.sentence("Votre ticket est reçu sous le nº %(number)s.", language(), number=ticket.id), "ok")
    return redirect(url_for("ticket_pages.ticket", number=ticket.id))


@pages.get("/portal/promise")
def promise() -> str:
    """The box by itself, for the chosen line and severity."""
    form = DepositForm(request.args, meta={"csrf": False})
    on_sale = the_desk().settings.forfaits.hours_on_sale
    return render_template("portal/promise.html", foreseen=foreseen_for(form), on_sale=on_sale)


@pages.get("/portal/lines")
def lines() -> str:
    """The booklet's lines that the typed words find, by themselves."""
    form = DepositForm(request.args, meta={"csrf": False})
    form.item.choices = offered_lines(the_desk().settings.catalogue, language())
    turn().see(own_company)
    return render_template("portal/lines.html", form=form, lines=lines_for(form))
