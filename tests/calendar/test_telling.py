"""An explanation as people get it: sentences, lines for the command line, and a bar for a page."""

import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from sla.calendar import BusinessCalendar, FrenchHolidays, as_text, svg_bar, told, told_together

PARIS = ZoneInfo("Europe/Paris")
WEEK = {day: [("09:00", "12:30"), ("13:30", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
DESK = BusinessCalendar("Europe/Paris", WEEK, FrenchHolidays())
MAY = DESK.explain_due(datetime(2026, 4, 30, 16, tzinfo=PARIS), timedelta(hours=5))


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_deadline_in_french_sentences() -> None:
    assert spaced(told(MAY, PARIS)) == (
        "Compté de jeu. 30 avril 16 h 00 à 17 h 00 : 1 h 00."
        " Non compté jusqu’à lun. 4 mai 9 h 00 : nuit, Fête du Travail, week-end."
        " Compté de lun. 4 mai 9 h 00 à 12 h 30 : 3 h 30."
        " Non compté jusqu’à lun. 4 mai 13 h 30 : déjeuner."
        " Compté de lun. 4 mai 13 h 30 à 14 h 00 : 0 h 30."
        " En tout : 5 h 00 de temps ouvré."
    )


def test_a_deadline_in_english_sentences() -> None:
    assert spaced(told(MAY, PARIS, "en")) == (
        "Counted from Thu 30 April 16:00 to 17:00: 1 h 00."
        " Not counted until Mon 4 May 09:00: night, Labour Day, weekend."
        " Counted from Mon 4 May 09:00 to 12:30: 3 h 30."
        " Not counted until Mon 4 May 13:30: lunch."
        " Counted from Mon 4 May 13:30 to 14:00: 0 h 30."
        " In all: 5 h 00 of working time."
    )


def test_an_exceptional_opening_is_told_by_its_label() -> None:
    saturday = (datetime(2026, 6, 6, 9, tzinfo=PARIS), datetime(2026, 6, 6, 12, tzinfo=PARIS), "Bascule")
    desk = BusinessCalendar("Europe/Paris", WEEK, openings=[saturday])
    stretches = desk.explain(saturday[0], saturday[0] + timedelta(seconds=30))
    assert spaced(told(stretches, PARIS)).startswith("Compté de sam. 6 juin 9 h 00 à 9 h 00 (Bascule) : 30 s.")
    assert spaced(told(stretches, PARIS, "en")).startswith("Counted from Sat 6 June 09:00 to 09:00 (Bascule): 30 s.")


def test_labels_are_in_both_languages_but_for_what_somebody_typed() -> None:
    closure = (datetime(2026, 4, 30, 16, tzinfo=PARIS), datetime(2026, 4, 30, 17, tzinfo=PARIS), "Séminaire")
    stretches = DESK.without([closure]).explain(closure[0], datetime(2026, 5, 4, 10, tzinfo=PARIS))
    assert [(one.label, one.label_in("en"), one.label_in("fr")) for one in stretches] == [
        ("Séminaire", "Séminaire", "Séminaire"),
        ("Nuit", "Night", "Nuit"),
        ("Fête du Travail", "Labour Day", "Fête du Travail"),
        ("Week-end", "Weekend", "Week-end"),
        ("Nuit", "Night", "Nuit"),
        ("Ouvert", "Open", "Ouvert"),
    ]
    joined = told_together(stretches)[0]
    assert joined.label == "Séminaire, nuit, Fête du Travail, week-end"
    assert joined.label_in("en") == "Séminaire, night, Labour Day, weekend"
    assert joined.reason == "closure"


def test_special_hours_that_were_named_keep_their_name_in_english() -> None:
    noon = {date(2026, 12, 24): [("09:00", "12:00")]}
    named = BusinessCalendar("Europe/Paris", WEEK, overrides=noon, special_labels={date(2026, 12, 24): "Réveillon"})
    at = datetime(2026, 12, 24, 12, tzinfo=PARIS)
    assert named.explain(at, at + timedelta(hours=1))[0].label_in("en") == "Réveillon"
    plain = BusinessCalendar("Europe/Paris", WEEK, overrides=noon)
    assert plain.explain(at, at + timedelta(hours=1))[0].label_in("en") == "Special hours"


def test_lines_for_the_command_line_are_in_columns() -> None:
    assert [spaced(line) for line in as_text(MAY, PARIS)] == [
        "  jeu. 30 avril 16 h 00 → 17 h 00              1 h 00  Ouvert",
        "  jeu. 30 avril 17 h 00 → ven. 1er mai 0 h 00       –  Nuit",
        "  ven. 1er mai 0 h 00 → sam. 2 mai 0 h 00           –  Fête du Travail",
        "  sam. 2 mai 0 h 00 → lun. 4 mai 0 h 00             –  Week-end",
        "  lun. 4 mai 0 h 00 → 9 h 00                        –  Nuit",
        "  lun. 4 mai 9 h 00 → 12 h 30                  3 h 30  Ouvert",
        "  lun. 4 mai 12 h 30 → 13 h 30                      –  Déjeuner",
        "  lun. 4 mai 13 h 30 → 14 h 00                 0 h 30  Ouvert",
    ]
    assert spaced(as_text(MAY, PARIS, "en")[2]) == "  Fri 1 May 00:00 → Sat 2 May 00:00          –  Labour Day"


def test_nothing_is_told_and_drawn_of_nothing() -> None:
    assert (told([], PARIS), as_text([], PARIS), svg_bar([], PARIS)) == ("", [], "")


def test_a_bar_is_well_formed_and_its_parts_fill_it() -> None:
    """Counted: 1 h, 3 h 30, 30 min; skipped: 2 h at most, and the lunch's hour. 8 h in all are 1000 units."""
    drawn = ET.fromstring(svg_bar(MAY, PARIS))  # noqa: S314 – our own text
    name = "{http://www.w3.org/2000/svg}"
    rects = drawn.findall(f"{name}rect")
    assert [(rect.get("x"), rect.get("width"), rect.get("class")) for rect in rects] == [
        ("0.00", "125.00", "counted reason-open"),
        ("125.00", "250.00", "skipped reason-holiday"),
        ("375.00", "437.50", "counted reason-open"),
        ("812.50", "125.00", "skipped reason-lunch"),
        ("937.50", "62.50", "counted reason-open"),
    ]
    assert {(rect.get("y"), rect.get("height"), rect.get("fill-opacity")) for rect in rects} == {
        ("0", "24", "1"), ("8", "8", "0.3")
    }  # fmt: skip
    titles = [spaced(title.text or "") for rect in rects if (title := rect.find(f"{name}title")) is not None]
    assert titles[0] == "jeu. 30 avril 16 h 00 → 17 h 00 : Ouvert (1 h 00)"
    assert titles[1] == "jeu. 30 avril 17 h 00 → lun. 4 mai 9 h 00 : Nuit, Fête du Travail, week-end"
    assert drawn.get("aria-label") == told(MAY, PARIS)
    assert drawn.get("role") == "img"


def test_a_bar_to_scale_gives_every_second_the_same_width() -> None:
    stretches = DESK.explain(datetime(2026, 6, 2, 15, tzinfo=PARIS), datetime(2026, 6, 3, 11, tzinfo=PARIS))
    widths = re.findall(r'width="([\d.]+)" height', svg_bar(stretches, PARIS, "en", longest_skip=None, title="Bar"))
    assert widths == ["100.00", "800.00", "100.00"]
    assert ">Bar</title>" in svg_bar(stretches, PARIS, title="Bar")


def test_a_bar_needs_no_style_and_no_script_and_holds_any_label() -> None:
    """The page's policy is `default-src 'self'`."""
    nasty = "<script>\"&'</script>"
    at = datetime(2026, 6, 2, 9, tzinfo=UTC)
    stretches = DESK.without([(at, at + timedelta(hours=1), nasty)]).explain(at, at + timedelta(hours=2))
    drawn = svg_bar(stretches, PARIS)
    assert not re.search(r"<script|style\s*=|\son\w+\s*=|\sid=|href", drawn, re.IGNORECASE)
    title = ET.fromstring(drawn)[1][0].text  # noqa: S314 – our own text
    assert title is not None
    assert title.endswith(nasty)
