"""The statement of a company's hours: every forfait, every movement, what is left and what is owed. No invoice."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any, Protocol

from sla import wording
from sla.documents import parts
from sla.documents.typeset_pdf import pdf

Words = Mapping[str, str]

FRENCH: Words = {
    "title": "Relevé d’heures",
    "no_invoice": "Ceci n’est pas une facture.",
    "client": "Client",
    "at": "Arrêté au",
    "usable": "Utilisable ce jour",
    "owed": "Heures dues",
    "owed_said": "{owed}, à prendre en premier sur le prochain forfait",
    "kept": "Heures rendues",
    "kept_said": "{kept}, ajoutées au prochain forfait",
    "pack": "Forfait de {hours}",
    "valid": "Validité",
    "from_to": "du {first} au {last}, les deux jours compris",
    "left": "Restant",
    "left_said": "{left} sur {total}",
    "to_come": "à venir",
    "over": "terminé",
    "running": "en cours",
    "state": "État",
    "day": "Date",
    "what": "Mouvement",
    "real": "Réel",
    "quarters": "Heures",
    "balance": "Solde",
    "purchase": "Achat",
    "consumption": "Consommation",
    "correction": "Correction",
    "expiry": "Fin de validité",
    "work_of": "Ticket nº\u00a0{ticket}, {technician}",
    "none": "Aucun forfait n’a été souscrit.",
    "packs": "Forfaits",
    "rounding": "Tout quart d’heure démarré est consommé\u00a0; aucun mouvement n’est jamais modifié.",
}
ENGLISH: Words = {
    "title": "Statement of hours",
    "no_invoice": "This is not an invoice.",
    "client": "Client",
    "at": "As of",
    "usable": "Usable that day",
    "owed": "Hours owed",
    "owed_said": "{owed}, to come first off the next pack",
    "kept": "Hours given back",
    "kept_said": "{kept}, to be added to the next pack",
    "pack": "Pack of {hours}",
    "valid": "Validity",
    "from_to": "{first} to {last}, both days included",
    "left": "Left",
    "left_said": "{left} of {total}",
    "to_come": "to come",
    "over": "over",
    "running": "running",
    "state": "State",
    "day": "Date",
    "what": "Movement",
    "real": "Worked",
    "quarters": "Hours",
    "balance": "Balance",
    "purchase": "Purchase",
    "consumption": "Consumption",
    "correction": "Correction",
    "expiry": "Expiry",
    "work_of": "Ticket {ticket}, {technician}",
    "none": "No pack has been bought.",
    "packs": "Packs",
    "rounding": "Every started quarter-hour is consumed; no movement is ever edited.",
}


class Line(Protocol):
    """A movement; quarter-hours, `taken` negative when hours came in, `real` in seconds."""

    @property
    def day(self) -> date: ...
    @property
    def kind(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def number(self) -> int | None: ...
    @property
    def technician(self) -> str | None: ...
    @property
    def real(self) -> int | None: ...
    @property
    def taken(self) -> int: ...
    @property
    def balance(self) -> int: ...


class Card(Protocol):
    """A forfait with its movements, the oldest first."""

    @property
    def left(self) -> int: ...
    @property
    def total(self) -> int: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_until(self) -> date: ...
    @property
    def state(self) -> str: ...
    @property
    def lines(self) -> Sequence[Line]: ...


class Account(Protocol):
    @property
    def company(self) -> str: ...
    @property
    def cards(self) -> Sequence[Card]: ...
    @property
    def left(self) -> int: ...
    @property
    def owed(self) -> int: ...
    @property
    def kept(self) -> int: ...


def statement_pdf(account: Account, at: datetime, zone: tzinfo, lang: str) -> bytes:
    return pdf(statement_document(account, at, zone, lang), at)


def statement_document(account: Account, at: datetime, zone: tzinfo, lang: str) -> dict[str, Any]:
    say = ENGLISH if lang == "en" else FRENCH
    day = wording.full_date(at.astimezone(zone).date(), lang)
    facts = [
        (say["client"], account.company),
        (say["at"], f"{day}, {wording.clock_time(at, zone, lang)}"),
        (say["usable"], wording.quarters(account.left)),
        (say["owed"], say["owed_said"].format(owed=wording.quarters(account.owed)) if account.owed else ""),
        (say["kept"], say["kept_said"].format(kept=wording.quarters(account.kept)) if account.kept else ""),
    ]
    sections = [_card(card, lang, say) for card in account.cards]
    if not sections:
        sections = [parts.section(say["packs"], parts.text(say["none"]))]
    running = f"{say['title']} · {account.company}"
    footer = f"{say['no_invoice']} {say['rounding']}"
    return parts.document(lang, say["title"], say["no_invoice"], running, footer, facts, sections)


def _card(card: Card, lang: str, say: Words) -> dict[str, Any]:
    total = wording.amount(card.total * 900)
    first, last = (wording.full_date(day, lang) for day in (card.valid_from, card.valid_until))
    facts = parts.facts(
        [
            (say["valid"], f"{say['from_to'].format(first=first, last=last)} ({say[card.state]})"),
            (say["left"], say["left_said"].format(left=wording.quarters(card.left), total=total)),
        ]
    )
    head = [say[key] for key in ("day", "what", "real", "quarters", "balance")]
    table = parts.table(head, [_line(line, lang, say) for line in card.lines], right=(2, 3, 4), rest=1)
    return parts.section(say["pack"].format(hours=total), facts, table)


def _line(line: Line, lang: str, say: Words) -> tuple[str, ...]:
    what = say[line.kind]
    if line.number and line.technician and line.kind == "consumption":
        what += f"\n{say['work_of'].format(ticket=line.number, technician=line.technician)}"
    elif line.label and line.kind in ("correction", "consumption"):
        what += f"\n{wording.written_by_the_service(line.label, lang)}"
    real = wording.hours(line.real) if line.real is not None else ""
    moved = f"+{wording.quarters(-line.taken)}" if line.taken < 0 else wording.quarters(-line.taken)
    return wording.day(line.day, lang, 0), what, real, moved, wording.quarters(line.balance)
