"""The documents as their readers have them: tagged, in their language, the same bytes for the same facts."""

import io
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from sla.desk.hours_card import Hours, HoursCard, Movement
from sla.documents import report_document, report_pdf, statement_pdf
from sla.documents.typeset_pdf import picture

PARIS = ZoneInfo("Europe/Paris")
AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
STRETCHES = [
    ["2026-11-23T08:00:00+00:00", "2026-11-23T09:02:00+00:00", 62],
    ["2026-11-23T13:00:00+00:00", "2026-11-23T13:35:00+00:00", 35],
]
KEPT: dict[str, Any] = {
    "company": "Mécanique Vauclair",
    "requester": "Julien Ferrand",
    "title": "Délai de réappro",
    "item": "Explication d’un paramètre",
    "level": "tma",
    "perimeter": "La famille 40.",
    "remaining": "Former M. Lebrun.",
    "worked": [
        {
            "technician": "Clara Fontaine",
            "day": "2026-11-23",
            "minutes": 97,
            "consumed_quarters": 7,
            "stretches": STRETCHES,
        }
    ],
    "left_quarters": 73,
    "owed_quarters": 2,
    "forfaits": [{"hours": 30, "first_day": "2026-09-01", "last_day": "2027-08-31", "left_quarters": 73}],
}


def of(lang: str = "fr", done: str = "Le délai vient de la fiche.\nRelancé.", **changed: Any) -> bytes:
    return report_pdf(1476, AT, "Clara Fontaine", done, {**KEPT, **changed}, PARIS, lang)


def read(content: bytes) -> str:
    """Its text, typographic spaces plain."""
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_report_says_who_when_what_how_long_and_what_is_left() -> None:
    text = read(of())
    for said in (
        *("Rapport d’intervention", "Ticket nº 1476", "Mécanique Vauclair", "Julien Ferrand", "Clara Fontaine"),
        *("24 novembre 2026, 11 h 00", "Le délai vient de la fiche.", "La famille 40.", "Former M. Lebrun."),
        *("lun. 23 nov.", "9 h 00 – 10 h 02", "14 h 00 – 14 h 35", "1 h 37", "1 h 45"),
        *("du 1er septembre 2026 au 31 août 2027", "18 h 15", "0 h 30", "La recette est à la charge du client"),
    ):
        assert said in text, said


def test_in_english_nothing_is_french() -> None:
    text = read(of("en"))
    assert "Mon 23 Nov" in text
    assert "1 September 2026 to 31 August 2027" in text
    assert not [word for word in ("Rapport", "Ticket nº", "Ce qui", "novembre", "Forfait", "Total dû") if word in text]


def test_an_included_report_counts_no_hours_and_shows_no_forfait() -> None:
    text = read(of(level="maintenance"))
    assert "aucune heure n’est décomptée" in text
    assert "Heures restantes" not in text


def test_an_interim_report_says_that_it_is_one() -> None:
    text = read(of(interim=True))
    assert "Rapport d’intervention d’étape" in text
    assert "le travail se poursuit" in text
    assert "La recette" not in text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_screen_reader_finds_its_language_its_title_and_its_tags(lang: str) -> None:
    """PDF/UA-1 (ISO 14289-1): claimed in the metadata, and tables with heads among the tags."""
    found = PdfReader(io.BytesIO(of(lang)))
    root: Any = found.trailer["/Root"]
    assert root["/Lang"].startswith(lang)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found.metadata is not None
    assert found.metadata.title == ("Intervention report" if lang == "en" else "Rapport d’intervention")
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= tags(root["/StructTreeRoot"])


def tags(node: Any) -> set[str]:
    node = node.get_object()
    if isinstance(node, list):
        return set().union(*(tags(each) for each in node))
    if not isinstance(node, dict):
        return set()
    own = {str(node["/S"])} if "/S" in node else set()
    return own | (tags(node["/K"]) if "/K" in node else set())


def test_the_same_facts_give_the_same_bytes() -> None:
    assert of() == of()
    assert of() != of("en")


def test_what_people_type_is_shown_and_never_read_as_markup() -> None:
    typed = '#set page(width: 1cm) *gras* _it_ $x^2$ \\ #read("/etc/passwd") @ref <label> // fin'
    assert typed in read(of(done=typed))


@pytest.mark.parametrize("typed", ["😀 ça marche", "漢字", "a\u0300\u0301", "x" * 5000, "ligne\n" * 400])
def test_whatever_is_typed_a_document_comes_of_it(typed: str) -> None:
    root: Any = PdfReader(io.BytesIO(of(done=typed))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]


def test_a_picture_of_a_page_is_a_png() -> None:
    drawn = picture(report_document(1476, AT, "Clara", "Fait.", KEPT, PARIS, "fr"))
    assert drawn.startswith(b"\x89PNG")


def account(*lines: Movement, owed: int = 0, kept: int = 0) -> Hours:
    card = HoursCard(3, 28, 40, date(2026, 1, 5), date(2027, 1, 4), "running", lines)
    return Hours("Acme", [card], owed, kept, True, None, None)


LINES = (
    Movement(date(2026, 1, 5), AT, "purchase", "Forfait 10 h", None, None, None, -40, 40),
    Movement(date(2026, 6, 1), AT, "consumption", "Ticket nº 7", 7, "Clara Fontaine", 9900, 12, 28),
    Movement(date(2026, 6, 2), AT, "correction", "Geste commercial", None, None, None, -2, 30),
)


def test_a_statement_has_every_movement_and_is_no_invoice() -> None:
    text = read(statement_pdf(account(*LINES, owed=3), AT, PARIS, "fr"))
    for said in (
        *("Ceci n’est pas une facture.", "Acme", "Utilisable ce jour", "7 h 00", "0 h 45, à prendre en premier"),
        *("lun. 5 janv. 2026", "+10 h 00", "Ticket nº 7, Clara Fontaine", "2 h 45", "−3 h 00", "Geste commercial"),
        *("+0 h 30", "7 h 30", "7 h 00 sur 10 h"),
    ):
        assert said in text, said


def test_a_statement_in_english() -> None:
    text = read(statement_pdf(account(*LINES, kept=4), AT, PARIS, "en"))
    assert "This is not an invoice." in text
    assert "1 h 00, to be added to the next pack" in text


def test_a_company_without_a_forfait_has_a_statement_too() -> None:
    empty = Hours("Acme", [], 0, 0, True, None, None)
    assert "Aucun forfait n’a été souscrit." in read(statement_pdf(empty, AT, PARIS, "fr"))
