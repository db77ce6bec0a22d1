"""An explanation as people get it: sentences, lines for the command line, and a bar for a page."""

import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from sla.calendar import BusinessCalendar, FrenchHolidays, Stretch, as_text, svg_bar, told, told_together

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
    assert spaced(told(stretches, PARIS)).startswith("Compté de sam. 6 juin 9 h 00 à 9 h 00 min 30 s (Bascule) : 30 s.")
    assert spaced(told(stretches, PARIS, "en")).startswith("Counted from Sat 6 June 09:00 to 09:00:30 (Bascule): 30 s.")


ODD = DESK.explain_due(datetime(2026, 11, 24, 10, 20, 37, tzinfo=PARIS), timedelta(hours=14))
"""14 h from an instant with seconds: 2 h 09 min 23 s, 3 h 30, 3 h 30, 3 h 30, 1 h 20 min 37 s."""


def test_lengths_as_told_sum_to_the_total_as_told() -> None:
    lines = [spaced(line) for line in as_text(ODD, PARIS) if "Ouvert" in line]
    assert [re.split("  +", line)[2] for line in lines] == [
        "2 h 09 min 23 s",
        "3 h 30",
        "3 h 30",
        "3 h 30",
        "1 h 20 min 37 s",
    ]
    assert "mar. 24 novembre 10 h 20 min 37 s → 12 h 30" in lines[0]
    assert "Counted from Tue 24 November 10:20:37 to 12:30: 2 h 09 min 23 s." in spaced(told(ODD, PARIS, "en"))
    assert spaced(told(ODD, PARIS)).endswith("En tout : 14 h 00 de temps ouvré.")


def test_the_minutes_in_a_bar_sum_to_its_total_too() -> None:
    """13 h 59 of 14 h is what cutting each of them would say."""
    drawn = re.findall(r'class="span-length[^"]*"[^>]*>(?:(\d+) h )?(\d+)', spaced(svg_bar(ODD, PARIS)))
    assert sum(int(hours or 0) * 60 + int(minutes) for hours, minutes in drawn) == 14 * 60


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


SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 – our own text


def texts(bar: ET.Element) -> list[tuple[str, str]]:
    """The classes and the words of each text of a bar."""
    return [(text.get("class", ""), spaced(text.text or "")) for text in bar.findall(f"{SVG}text")]


def test_a_bar_has_a_name_sentences_and_a_title_for_each_part() -> None:
    bar = drawn(svg_bar(MAY, PARIS))
    assert bar.get("role") == "img"
    assert spaced(bar.get("aria-label", "")) == "jeu. 30 avril 16 h 00 – lun. 4 mai 14 h 00 : 5 h 00 de temps ouvré"
    assert bar.findtext(f"{SVG}title") == bar.get("aria-label")
    assert bar.findtext(f"{SVG}desc") == told(MAY, PARIS)
    titles = [spaced(title.text or "") for title in bar.findall(f"{SVG}g/{SVG}title")]
    assert titles == [
        "jeu. 30 avril 16 h 00 → 17 h 00 : 1 h 00",
        "jeu. 30 avril 17 h 00 → lun. 4 mai 9 h 00 : Nuit, Fête du Travail, week-end",
        "lun. 4 mai 9 h 00 → 12 h 30 : 3 h 30",
        "lun. 4 mai 12 h 30 → 13 h 30 : Déjeuner",
        "lun. 4 mai 13 h 30 → 14 h 00 : 0 h 30",
    ]


def test_a_bar_says_lengths_reasons_and_dates_where_there_is_room() -> None:
    assert texts(drawn(svg_bar(MAY, PARIS))) == [
        ("span-length span-in-left", "1 h 00"),
        ("span-reason span-long", "Nuit, Fête du Travail, week-end"),
        ("span-length span-in-left", "3 h 30"),
        ("span-reason", "Déjeuner"),
        ("span-length span-in-left span-short", "30 min"),
        ("span-at span-first", "jeu. 30, 16 h 00"),
        ("span-at", "lun. 4, 9 h 00"),
        ("span-end", "lun. 4, 14 h 00"),
    ]
    assert ("span-end", "Mon 4, 14:00") in texts(drawn(svg_bar(MAY, PARIS, "en", title="Bar")))
    assert ">Bar</title>" in svg_bar(MAY, PARIS, "en", title="Bar")


def test_a_bar_is_cut_by_a_line_at_now() -> None:
    bar = drawn(svg_bar(MAY, PARIS, now=datetime(2026, 5, 4, 10, 45, tzinfo=PARIS)))
    kinds = [rect.get("class") for rect in bar.findall(f"{SVG}g/{SVG}rect")]
    assert kinds == ["span-spent", "span-skip", "span-spent", "span-left", "span-skip", "span-left"]
    line = bar.find(f"{SVG}line")
    left = bar.findall(f"{SVG}g/{SVG}rect")[3]
    assert line is not None
    assert line.get("x1") == left.get("x")
    assert ("now-text", "10 h 45") in texts(bar)
    assert bar.find(f"{SVG}defs") is None


def test_what_is_skipped_is_hatched_under_an_id_of_its_page() -> None:
    bar = svg_bar(MAY, PARIS, ident="why-1")
    assert bar.count('id="hatch-why-1"') == 1
    assert bar.count("url(#hatch-why-1)") == 2


def test_a_wait_that_is_the_askers_own_is_drawn_and_told() -> None:
    start = datetime(2026, 6, 2, 9, tzinfo=PARIS)
    wait = Stretch(start, start + timedelta(hours=1), False, "waiting_client", "Attente du client", "Waiting for you")
    night = DESK.explain(datetime(2026, 6, 1, 17, tzinfo=PARIS), datetime(2026, 6, 2, 9, tzinfo=PARIS))
    assert 'class="span-wait"' in svg_bar([*night, wait], PARIS)
    assert "Waiting for you" in svg_bar([wait], PARIS, "en")
    assert told_together([*night, wait])[0].reason == "waiting_client"


def test_a_bar_needs_no_style_and_no_script_and_holds_any_label() -> None:
    """The page's policy is `default-src 'self'`."""
    nasty = "<script>\"&'</script>"
    at = datetime(2026, 6, 2, 9, tzinfo=UTC)
    stretches = DESK.without([(at, at + timedelta(hours=1), nasty)]).explain(at, at + timedelta(hours=2))
    svg = svg_bar(stretches, PARIS)
    assert not re.search(r"<script|style\s*=|\son\w+\s*=|\sid=|href", svg, re.IGNORECASE)
    title = drawn(svg).find(f"{SVG}g/{SVG}title")
    assert title is not None
    assert (title.text or "").endswith(nasty)
