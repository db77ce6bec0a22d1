"""A company's hours as files: every movement for a spreadsheet, the statement's name."""

import csv
import io

from flask import Response

from sla import wording
from sla.desk.hours_card import KINDS, Hours, HoursCard, Movement

HEADER = {
    "fr": ("Date", "Forfait", "Mouvement", "Ticket", "Technicien", "Réel (min)", "Décompté (h)", "Crédité (h)",
           "Solde (h)", "Motif"),
    "en": ("Date", "Pack", "Movement", "Ticket", "Technician", "Worked (min)", "Taken (h)", "Credited (h)",
           "Balance (h)", "Reason"),
}  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
