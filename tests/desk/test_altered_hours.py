"""What a closure or an opening is told as, to the clients that it concerns."""

from datetime import date

from sla.desk.altered_hours import altered
from sla.desk.calendar_edits import AddPeriod, CalendarEdit, SetSpecialHours, SetWeek, edited
from sla.desk.deposit import deposit
from sla.desk.edit_calendar import current_data, edit_calendar
from sla.wording import altered as said
from tests.notify.letters import rows
from tests.worlds import World, paris

NOW = "2026-11-24 10:20"


def closed(start: str, end: str) -> AddPeriod:
    return AddPeriod("closures", paris(f"2026-{start}"), paris(f"2026-{end}"), "Inventaire")


EDITS: list[tuple[CalendarEdit, str, str]] = [
    (closed("11-25 09:00", "11-25 17:00"), "fermé mercredi 25 novembre", "closed on Wednesday 25 November"),
    (closed("11-25 00:00", "11-26 00:00"), "fermé mercredi 25 novembre", "closed on Wednesday 25 November"),
    (
        closed("11-25 14:00", "11-25 17:00"),
        "fermé mercredi 25 novembre de 14 h 00 à 17 h 00",
        "closed on Wednesday 25 November from 14:00 to 17:00",
    ),
    (
        closed("11-24 00:00", "11-25 00:00"),
        "fermé mardi 24 novembre de 10 h 20 à 17 h 00",
        "closed on Tuesday 24 November from 10:20 to 17:00",
    ),
    (
        closed("12-24 00:00", "12-29 00:00"),
        "fermé du jeudi 24 décembre au lundi 28 décembre",
        "closed from Thursday 24 December to Monday 28 December",
    ),
    (
        closed("11-25 14:00", "11-26 12:30"),
        "fermé du mercredi 25 novembre à 14 h 00 au jeudi 26 novembre à 12 h 30",
        "closed from Wednesday 25 November at 14:00 to Thursday 26 November at 12:30",
    ),
    (
        AddPeriod("openings", paris("2026-11-28 09:00"), paris("2026-11-28 12:00"), "Bascule"),
        "ouvert samedi 28 novembre de 9 h 00 à 12 h 00",
        "open on Saturday 28 November from 09:00 to 12:00",
    ),
    (
        SetSpecialHours(date(2027, 1, 4), ["10:00-12:30", "13:30-17:00"], "Galette"),
        "fermé lundi 4 janvier 2027 de 9 h 00 à 10 h 00",
        "closed on Monday 4 January 2027 from 09:00 to 10:00",
    ),
]


def test_an_edit_is_one_line_with_its_day(world: World) -> None:
    now, before = paris(NOW), world.desk.hours
    data = world.see("marc", NOW, current_data)[1]
    for edit, french, english in EDITS:
        (change,) = altered(before, before.until(now, edited(data, edit)[1]), now)
        assert said(change, before.zone, now).replace("\u00a0", " ") == french
        assert said(change, before.zone, now, "en") == english


def test_the_mail_of_a_closure_names_the_day_that_closes(world: World) -> None:
    facts = {"item": "erreurs", "severity": "major", "title": "Écart", "description": "Un écart."}
    world.do("bruno", "2026-11-24 09:00", deposit, **facts)
    world.do("marc", NOW, edit_calendar, closed("11-25 09:00", "11-25 17:00"), reason="Déménagement", notify=True)
    (letter,) = rows(world, "calendar:")
    assert letter.subject == "Vos échéances changent\u00a0: support fermé mercredi 25 novembre"
    assert "support changent\u00a0: Déménagement\n\nSupport fermé mercredi 25 novembre.\n\n" in letter.body


def test_a_change_of_every_week_is_not_told_day_by_day(world: World) -> None:
    facts = {"item": "erreurs", "severity": "major", "title": "Écart", "description": "Un écart."}
    world.do("bruno", "2026-11-24 09:00", deposit, **facts)
    week = SetWeek({day: ["10:00-12:30", "13:30-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")})
    world.do("marc", NOW, edit_calendar, week, reason="Horaires d’hiver", notify=True)
    (letter,) = rows(world, "calendar:")
    assert letter.subject == "Vos échéances changent\u00a0: Horaires d’hiver"
    assert "changent à partir du mercredi 25 novembre" in letter.body
    assert "fermé" not in letter.body
