"""`/hours`: the forfaits, each movement on its line; the same as CSV and as a statement in PDF; a forfait asked for."""

import csv
import io

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sla import wording
from sla.desk.hours_card import KINDS, Hours, HoursCard, Movement, own_hours
from sla.desk.requested_hours import ask_hours, withdraw_hours
from sla.desk.statement import own_statement
from sla.errors import Forbidden
from sla.web.asked import Asked, attempt
from sla.web.frame import asked_language, language
from sla.web.pdf_file import pdf_file
from sla.web.portal.blueprint import pages
from sla.web.portal.forfaits import shown_curve, shown_line
from sla.web.turn import actor, the_desk, turn

HEADER = {
    "fr": ("Date", "Forfait", "Mouvement", "Ticket", "Technicien", "Réel (min)", "Décompté (h)", "Crédité (h)",
           "Solde (h)", "Motif"),
    "en": ("Date", "Pack", "Movement", "Ticket", "Technician", "Worked (min)", "Taken (h)", "Credited (h)",
           "Balance (h)", "Reason"),
}  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")


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


def whole_number(text: str) -> int:
    """A number as a button sends it; 0, which is nobody's, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def statement_name(lang: str) -> str:
    return "statement-of-hours.pdf" if lang == "en" else "releve-d-heures.pdf"


def csv_file(own: Hours, lang: str = "fr") -> Response:
    response = Response(_csv(own, lang), mimetype="text/csv")
    name = "packs.csv" if lang == "en" else "forfaits.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(own: Hours, lang: str) -> bytes:
    """As spreadsheets of the reader's language open it: « ; » and « 1,75 » in French, "," and "1.75" in English (RFC
    4180). Other software reads `/api/companies/…/hours`."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter="," if lang == "en" else ";", lineterminator="\r\n")
    writer.writerow(HEADER[lang])
    for card in sorted(own.cards, key=lambda card: card.number):
        writer.writerows(_row(card, line, lang) for line in card.lines)
    return text.getvalue().encode("utf-8-sig")


def _row(card: HoursCard, line: Movement, lang: str) -> list[str]:
    said = wording.written_by_the_service
    pack = "Pack of {} h from {}" if lang == "en" else "Forfait {} h du {}"
    return [
        line.day.isoformat(),
        pack.format(card.total // 4, card.valid_from.isoformat()),
        said(KINDS[line.kind], lang),
        str(line.number or ""),
        harmless(line.technician or ""),
        "" if line.real is None else str(line.real // 60),
        _decimal(line.taken, lang) if line.taken > 0 else "",
        _decimal(-line.taken, lang) if line.taken < 0 else "",
        _decimal(line.balance, lang),
        harmless(said(line.label, lang)),
    ]


def _decimal(quarters: int, lang: str) -> str:
    return f"{quarters / 4:.2f}".replace(".", "." if lang == "en" else ",")


def harmless(text: str) -> str:
    """A cell that a spreadsheet would run as a formula is shown as the text that it is."""
    return f"'{text}" if text.startswith(FORMULA) else text
