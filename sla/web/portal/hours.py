"""`/hours`: the forfaits, each movement on its line; the same as CSV and as a statement in PDF; a forfait asked for."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sla import wording
from sla.desk.hours_card import own_hours
from sla.desk.requested_hours import ask_hours, withdraw_hours
from sla.desk.statement import own_statement
from sla.errors import Forbidden
from sla.web.asked import Asked, attempt
from sla.web.asked_number import whole_number
from sla.web.frame import asked_language, language
from sla.web.hours_files import csv_file, statement_name
from sla.web.pdf_file import pdf_file
from sla.web.portal.blueprint import pages
from sla.web.portal.forfaits import shown_curve, shown_line
from sla.web.turn import actor, the_desk, turn


@pages.get("/hours")
def hours() -> str:
    return _hours()


def _hours(asked: Asked | None = None) -> str:
    own = turn().see(own_hours)
    lines = {card.number: [shown_line(line) for line in reversed(card.lines)] for card in own.cards}
    return render_template(
        "portal/hours.html",
        hours=own,
        lines=lines,
        curves=[shown_curve(own, card) for card in own.running],
        on_sale=the_desk().settings.forfaits.hours_on_sale,
        refused=asked,
    )


@pages.post("/hours/ask_hours")
def ask_hours_() -> ResponseReturnValue:
    """The pack is the button that was pressed: one click asks."""
    hours, form = whole_number(request.form.get("hours", "")), Asked(request.form)
    asked, refused = attempt(form, lambda: turn().do(ask_hours, hours=hours))
    if refused is not None or asked is None:
        return _hours(form), refused.status if refused else 422
    done = wording.sentence("Forfait de %(hours)s h demandé. Le support vous répond.", language(), hours=asked.hours)
    flash(done, "ok")
    return redirect(url_for("portal.hours"))


@pages.post("/hours/withdraw_hours")
def withdraw_hours_() -> ResponseReturnValue:
    form = Asked(request.form)
    number = whole_number(request.form.get("request", ""))
    _, refused = attempt(form, lambda: turn().do(withdraw_hours, number))
    if refused is not None:
        return _hours(form), refused.status
    flash(wording.translated("Demande de forfait retirée.", language()), "ok")
    return redirect(url_for("portal.hours"))


@pages.get("/hours.csv")
def hours_csv() -> Response:
    """For a spreadsheet: semicolons, decimal commas, UTF-8 with its mark; no cell is taken for a formula."""
    own = turn().see(own_hours)
    if not own.sees_lines:
        raise Forbidden(role=actor().portal_role or actor().role, action="hours")
    return csv_file(own, language())


@pages.get("/hours.pdf")
def hours_pdf() -> Response:
    lang = asked_language()
    return pdf_file(turn().see(own_statement, lang), statement_name(lang))
