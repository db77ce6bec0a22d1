"""`/hours`: the forfaits, each movement on its line, and the same as CSV."""

import csv
import io

from flask import Response, render_template

from sla.desk.hours_card import KINDS, Hours, HoursCard, Movement, own_hours
from sla.errors import Forbidden
from sla.web.portal.blueprint import pages
from sla.web.portal.forfaits import shown_line
from sla.web.turn import actor, the_desk, turn

HEADER = (
    "Date", "Forfait", "Mouvement", "Ticket", "Technicien", "Réel (min)", "Décompté (h)", "Crédité (h)", "Solde (h)",
    "Motif",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@pages.get("/hours")
def hours() -> str:
    own = turn().see(own_hours)
    lines = {card.number: [shown_line(line) for line in reversed(card.lines)] for card in own.cards}
    return render_template(
        "portal/hours.html", hours=own, lines=lines, on_sale=the_desk().settings.forfaits.hours_on_sale
    )


@pages.get("/hours.csv")
def hours_csv() -> Response:
    """For a spreadsheet: semicolons, decimal commas, UTF-8 with its mark; no cell is taken for a formula."""
    own = turn().see(own_hours)
    if not own.sees_lines:
        raise Forbidden(role=actor().portal_role or actor().role, action="hours")
    response = Response(_csv(own), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="forfaits.csv"'
    return response


def _csv(own: Hours) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for card in sorted(own.cards, key=lambda card: card.number):
        writer.writerows(_row(card, line) for line in card.lines)
    return text.getvalue().encode("utf-8-sig")


def _row(card: HoursCard, line: Movement) -> list[str]:
    return [
        line.day.isoformat(),
        f"Forfait {card.total // 4} h du {card.valid_from.isoformat()}",
        KINDS[line.kind],
        str(line.number or ""),
        harmless(line.technician or ""),
        "" if line.real is None else str(line.real // 60),
        _decimal(line.taken) if line.taken > 0 else "",
        _decimal(-line.taken) if line.taken < 0 else "",
        _decimal(line.balance),
        harmless(line.label),
    ]


def _decimal(quarters: int) -> str:
    return f"{quarters / 4:.2f}".replace(".", ",")


def harmless(text: str) -> str:
    """A cell that a spreadsheet would run as a formula is shown as the text that it is."""
    return f"'{text}" if text.startswith(FORMULA) else text
