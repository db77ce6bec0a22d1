"""A manager edits the calendar: its effect is seen before it is saved, and each broken promise has its replacement."""

import re
from datetime import UTC, datetime
from html import unescape
from io import BytesIO

import icalendar
import pytest
from werkzeug.test import TestResponse

from sla.desk.answer import answer
from sla.desk.assign import assign
from sla.desk.calendar_edits import AddPeriod
from sla.desk.calendar_preview import InForce, editions_kept
from sla.desk.calls import call_back
from sla.desk.deposit import deposit
from sla.desk.edit_calendar import edit_calendar
from sla.desk.people import be_absent
from sla.desk.ticket_view import see_ticket
from sla.store.tables import Appointment, Message
from tests.desk.kept import everything
from tests.web.visitor import Visitor, site, text_of
from tests.worlds import World, paris

NOW = "2026-11-24 10:20"
PAGE = "/manage/calendar"
MOVING = {
    "table": "closures",
    "label": "Déménagement des bureaux",
    "first_day": "2026-11-25",
    "first_time": "09:00",
    "last_day": "",
    "last_time": "17:00",
}
WEDNESDAY = AddPeriod("closures", paris("2026-11-25 09:00"), paris("2026-11-25 17:00"), "Déménagement des bureaux")


pytestmark = pytest.mark.usefixtures("clock")


def a_ticket(world: World) -> int:
    """Bruno's, whose resolution is due on Wednesday at 17:00."""
    facts = {"item": "erreurs", "severity": "major", "title": "Écart", "description": "Un écart."}
    return int(world.do("bruno", "2026-11-24 09:00", deposit, **facts).id)


def a_call(world: World, number: int) -> int:
    at = {"starts_at": "2026-11-25T10:00", "technician": world.yann.id}
    return int(world.do("diane", "2026-11-24 10:00", call_back, number, **at).id)


def seen(marc: Visitor, kind: str = "period", **typed: str) -> TestResponse:
    return marc.send(PAGE, f"{PAGE}/preview/{kind}", **typed)


def copy_of(preview: TestResponse) -> str:
    found = re.search(r'name="copy" value="([^"]+)"', preview.text)
    assert found, text_of(preview)
    return unescape(found[1])


def saved(marc: Visitor, preview: TestResponse, **typed: str) -> TestResponse:
    typed = {"reason": "Déménagement", "notify": "no", **typed}
    answer = marc.send(PAGE, f"{PAGE}/edit", copy=copy_of(preview), **typed)
    assert answer.status_code < 500
    return answer


def in_force(world: World) -> InForce:
    found: InForce = world.see("marc", NOW, editions_kept)
    return found


def is_open(world: World, at: str) -> bool:
    return world.desk.hours.is_open(paris(at))


def test_the_calendar_in_force_is_shown_whole(world: World, marc: Visitor) -> None:
    read = text_of(marc.get(PAGE))
    assert "Lundi 9 h 00 – 12 h 30 et 13 h 30 – 17 h 00" in read
    assert "Métropole" in read
    assert "ven. 25 déc. : férié, Noël" in read
    assert "ven. 7 mai 2027 , Pont de l’Ascension" in read


def test_the_effect_is_seen_and_nothing_is_written(world: World, marc: Visitor) -> None:
    number, before = a_ticket(world), in_force(world)
    state = everything(world)
    preview = seen(marc, **MOVING)
    read = text_of(preview)
    assert preview.status_code == 200
    assert "Rien n’est encore enregistré." in read
    assert f"nº {number} Bolt Résolution mer. 25, 17 h 00 jeu. 26, 17 h 00" in read
    assert "− 7 h d’ouverture" in read
    assert "Enregistrer et prévenir 1 personne" in read
    assert "Le calendrier passe en édition 2." in read
    assert 'value="Déménagement des bureaux"' in preview.text
    assert everything(world) == state
    assert in_force(world).number == before.number == 0


def test_a_closure_is_saved_after_its_preview(world: World, marc: Visitor) -> None:
    done = saved(marc, seen(marc, **MOVING))
    read = text_of(marc.get(str(done.location)))
    assert "Édition 2 du calendrier enregistrée." in read
    assert "mer. 25 nov., 9 h 00 – 17 h 00 Déménagement des bureaux" in read
    assert "2 10 h 20 Marc Déménagement" in read
    assert not is_open(world, "2026-11-25 10:00")


def test_clients_are_told_only_if_it_is_asked(world: World, marc: Visitor) -> None:
    a_ticket(world)
    saved(marc, seen(marc, **MOVING), notify="yes")
    with world.desk.database.reading() as session:
        told = [row.recipient for row in session.query(Message).filter(Message.key.startswith("calendar:"))]
    assert told == ["bruno@bolt.example.test"]


def test_without_a_preview_nothing_is_saved(world: World, marc: Visitor) -> None:
    done = marc.send(PAGE, f"{PAGE}/edit", copy="made-up", reason="Essai", notify="no")
    assert "Voyez d’abord l’effet" in text_of(marc.get(str(done.location)))
    assert in_force(world).number == 0


SATURDAY = {
    **MOVING, "table": "openings", "label": "Samedi travaillé", "first_day": "2026-11-28", "last_time": "17:00"
}  # fmt: skip


def claras(world: World) -> int:
    """Pinned to Clara, who is back on Monday 30 November, the day of its deadline; a Saturday puts it in danger."""
    facts = {"item": "erreurs", "severity": "minor", "title": "Écart de stock", "description": "Un écart."}
    number = int(world.do("bruno", "2026-11-24 09:00", deposit, **facts).id)
    world.do("clara", "2026-11-24 09:10", answer, number, text="Je regarde.")
    world.do("diane", "2026-11-24 09:20", assign, number, technician=world.clara.id, reason="Dossier connu")
    away = {"starts_at": paris("2026-11-24 10:00"), "ends_at": paris("2026-11-30 09:00"), "label": "Congés"}
    world.do("marc", "2026-11-24 09:30", be_absent, world.clara.id, **away)
    return number


def test_a_promise_in_danger_is_named_with_who_would_keep_it(world: World, marc: Visitor) -> None:
    number = claras(world)
    read = text_of(seen(marc, **SATURDAY))
    assert "1 promesse mise en danger" in read
    assert (
        f"nº {number} Bolt Écart de stock · Résolution, Clara Fontaine fini lun. 30, 9 h 45 pour lun. 30, 17 h 00 "
        "fini lun. 30, 9 h 45 pour sam. 28, 16 h 00 dépassé de 1 h 45 "
        "Confier à Mehdi Haddad fini 11 h 14, aucun autre ticket en retard"
    ) in read
    assert "ou avec moins de 10 % du temps promis devant elle, ce qu’il ne fait pas aujourd’hui." in read
    assert "mise en danger" in text_of(seen(marc, **MOVING))
    assert "Promesses mises en danger" not in text_of(seen(marc, **MOVING))


def test_whom_the_manager_chooses_has_it_once_the_edit_is_saved(world: World, marc: Visitor) -> None:
    number = claras(world)
    chosen = {f"entrust-{number}": str(world.mehdi.id)}
    refused = saved(marc, seen(marc, **SATURDAY), reason="", **chosen)
    assert f'name="entrust-{number}" value="{world.mehdi.id}" checked' in refused.text
    saved(marc, refused, reason="Rattrapage", **chosen)
    ticket = world.see("diane", NOW, see_ticket, number).ticket
    assert (ticket.technician_id, ticket.pinned) == (world.mehdi.id, True)


def test_an_assignment_that_is_refused_takes_nothing_of_the_edit_back(world: World, marc: Visitor) -> None:
    number = claras(world)
    done = saved(marc, seen(marc, **SATURDAY), **{f"entrust-{number}": "999", "entrust-x": "1", "entrust-77": "–"})
    read = text_of(marc.get(str(done.location)))
    assert "Édition 2 du calendrier enregistrée." in read
    assert f"Le ticket nº {number} n’a pas été confié" in read
    assert is_open(world, "2026-11-28 10:00")


@pytest.mark.parametrize(
    ("choice", "other", "kept"),
    [
        ("2026-11-26T08:00:00+00:00", "", ["2026-11-26 09:00"]),
        ("other", "2026-11-27T14:30", ["2026-11-27 14:30"]),
        ("cancel", "", []),
    ],
)
def test_each_broken_promise_has_its_replacement(
    world: World, marc: Visitor, choice: str, other: str, kept: list[str]
) -> None:
    call = a_call(world, a_ticket(world))
    preview = seen(marc, **MOVING)
    assert "Rappel convenu mer. 25, 10 h 00 Bolt, Bruno" in text_of(preview)
    assert '<option value="2026-11-26T08:00:00+00:00" selected>' in preview.text
    saved(marc, preview, **{f"repair-{call}": choice, f"other-{call}": other})
    with world.desk.database.reading() as session:
        booked = [row.starts_at for row in session.query(Appointment).filter(Appointment.state == "booked")]
    assert booked == [paris(at) for at in kept]


def test_a_replacement_that_is_refused_says_why_in_its_row(world: World, marc: Visitor) -> None:
    """The instant chosen falls in the closure itself; what was typed is kept."""
    call = a_call(world, a_ticket(world))
    chosen = {f"repair-{call}": "other", f"other-{call}": "2026-11-25T11:00"}
    refused = saved(marc, seen(marc, **MOVING), reason="Bureaux", **chosen)
    assert refused.status_code == 422
    assert "Le support est fermé" in text_of(refused)
    assert f'id="repair-{call}-error"' in refused.text
    assert 'value="2026-11-25T11:00"' in refused.text
    assert 'value="Bureaux"' in refused.text
    assert in_force(world).number == 0


def test_a_promise_made_since_the_preview_is_not_broken_unseen(world: World, marc: Visitor) -> None:
    number, preview = a_ticket(world), seen(marc, **MOVING)
    a_call(world, number)
    refused = saved(marc, preview)
    assert refused.status_code == 422
    assert "dites que faire des rendez-vous" in text_of(refused)
    assert "Rappel convenu mer. 25, 10 h 00" in text_of(refused)
    assert in_force(world).number == 0


def test_the_second_manager_is_told_who_was_first(world: World, marc: Visitor) -> None:
    preview = seen(marc, **MOVING)
    other = AddPeriod("closures", paris("2026-12-24 09:00"), paris("2026-12-24 17:00"), "Veille de Noël")
    world.do("marc", NOW, edit_calendar, other, reason="Réveillon")
    late = saved(marc, preview)
    assert late.status_code == 409
    assert "Marc a enregistré l’édition 2 du calendrier entre-temps (« Réveillon »)" in text_of(late)
    assert is_open(world, "2026-11-25 10:00")
    assert saved(marc, late).status_code == 302
    assert not is_open(world, "2026-11-25 10:00")


@pytest.mark.parametrize(
    ("typed", "said", "field"),
    [
        ({"label": ""}, "Le champ « Libellé, lu par les clients » est vide", "period-label"),
        ({"first_day": ""}, "donnez une date", "first_day"),
        ({"first_day": "25/11/2026"}, "par exemple 2026-11-24", "first_day"),
        ({"last_time": "08:00"}, "« 2026-11-25 08:00 » ne convient pas : la fin doit venir après le début", "last_day"),
        ({"first_day": "2027-03-28", "first_time": "02:30"}, "cette heure n’existe pas ce jour-là", "first_time"),
        ({"first_time": "9h"}, "« 9h » n’est pas compris : écrivez une heure, par exemple 09:00", "first_time"),
        ({"last_time": "24:00"}, "« 24:00 » ne convient pas : cette heure n’existe pas", "last_time"),
        ({"last_day": "2040-01-01"}, "plus de dix ans", "last_day"),
        ({"label": "x" * 121}, "121 caractères", "period-label"),
    ],
)
def test_what_is_refused_is_told_at_its_field_and_kept(
    marc: Visitor, typed: dict[str, str], said: str, field: str
) -> None:
    refused = seen(marc, **{**MOVING, **typed})
    assert refused.status_code == 422
    error = re.search(rf'id="{field}-error">([^<]+)<', refused.text)
    assert error, text_of(refused)
    assert said in unescape(error[1]).replace("\u00a0", " ")
    kept = {**MOVING, **typed}
    assert f'value="{kept["last_time"]}"' in refused.text


def test_a_closure_of_more_than_400_days_is_refused(marc: Visitor) -> None:
    refused = seen(marc, **{**MOVING, "last_day": "2029-01-01"})
    assert refused.status_code == 422
    assert "plus de 400 jours" in text_of(refused)


def test_whole_days_need_no_time(world: World, marc: Visitor) -> None:
    days = {"first_day": "2026-12-30", "last_day": "2026-12-31", "first_time": "", "last_time": ""}
    preview = seen(marc, **{**MOVING, **days})
    assert "Fermer du mer. 30 déc. 2026 au jeu. 31 déc. 2026" in text_of(preview)
    assert "du mer. 30 déc. au jeu. 31 déc. : fermé, Déménagement des bureaux (modifié)" in text_of(preview)
    saved(marc, preview)
    assert world.desk.hours.next_open(paris("2026-12-29 17:00")) == paris("2027-01-04 09:00")


def test_an_exceptional_opening_wins_hours(world: World, marc: Visitor) -> None:
    saturday = {"table": "openings", "first_day": "2026-11-28", "last_time": "12:00", "label": "Bascule"}
    preview = seen(marc, **{**MOVING, **saturday})
    assert "+ 3 h d’ouverture" in text_of(preview)
    saved(marc, preview)
    assert is_open(world, "2026-11-28 10:00")


def test_the_hours_of_a_date_as_people_write_them(world: World, marc: Visitor) -> None:
    special = {"day": "2026-12-24", "hours": "9 h - 12 h", "label": "Veille de Noël"}
    preview = seen(marc, "special_hours", **special)
    assert "Horaires du jeudi 24 décembre 2026 : 9 h 00 – 12 h 00" in text_of(preview)
    saved(marc, preview)
    assert world.desk.hours.next_close(paris("2026-12-24 09:00")) == paris("2026-12-24 12:00")


@pytest.mark.parametrize("day", ["24/12", "24 décembre", "24 déc."])
def test_the_half_day_of_every_24_december(world: World, marc: Visitor, day: str) -> None:
    """2028: a Sunday; 2029: a Monday. What was set before for the day is replaced."""
    eve = {"day": day, "hours": "9 h - 12 h", "label": "Veille de Noël"}
    preview = seen(marc, "yearly_hours", **eve)
    assert "Chaque année, le 24 décembre : 9 h 00 – 12 h 00" in text_of(preview)
    assert 'value="24/12"' in preview.text
    saved(marc, preview)
    for year in (2026, 2029):
        assert world.desk.hours.next_close(paris(f"{year}-12-24 09:00")) == paris(f"{year}-12-24 12:00")
    assert not is_open(world, "2028-12-24 10:00")
    saved(marc, seen(marc, "yearly_hours", **{**eve, "hours": "09:00-12:30"}))
    assert in_force(world).data["yearly_hours"] == [
        {"day": "12-24", "hours": ["09:00-12:30"], "label": "Veille de Noël"}
    ]


def test_yearly_hours_are_listed_and_taken_away(world: World, marc: Visitor) -> None:
    saved(marc, seen(marc, "yearly_hours", day="31/12", hours="", label="Saint-Sylvestre"))
    assert not is_open(world, "2026-12-31 10:00")
    assert "le 31 décembre : fermé Saint-Sylvestre Chaque année" in text_of(marc.get(PAGE))
    preview = seen(marc, "remove", table="yearly_hours", index="0", seen="2")
    assert "Retirer : Saint-Sylvestre, le 31 décembre : fermé" in text_of(preview)
    saved(marc, preview, reason="Ouvert cette fois")
    assert is_open(world, "2026-12-31 10:00")


@pytest.mark.parametrize(
    ("typed", "said", "field"),
    [
        ({"day": "31/02"}, "écrivez un jour et son mois, par exemple 24/12", "yearly-day"),
        ({"day": "24 ju"}, "écrivez un jour et son mois", "yearly-day"),
        ({"day": "décembre"}, "écrivez un jour et son mois", "yearly-day"),
        ({"day": ""}, "écrivez un jour et son mois", "yearly-day"),
        ({"hours": "22:00-02:00"}, "ne sont pas des heures d’ouverture", "yearly-hours"),
        ({"label": ""}, "est vide", "yearly-label"),
    ],
)
def test_yearly_hours_that_cannot_serve_are_told_at_their_field(
    marc: Visitor, typed: dict[str, str], said: str, field: str
) -> None:
    asked = {"day": "24/12", "hours": "09:00-12:00", "label": "Veille", **typed}
    refused = seen(marc, "yearly_hours", **asked)
    assert refused.status_code == 422
    error = re.search(rf'id="{field}-error">([^<]+)<', refused.text)
    assert error, text_of(refused)
    assert said in unescape(error[1]).replace("\u00a0", " ")
    assert all(f'value="{value}"' in refused.text for value in asked.values() if value)


def test_weekly_hours_are_told_at_their_day(world: World, marc: Visitor) -> None:
    week = dict.fromkeys(("mon", "tue", "wed", "thu"), "09:00-12:30, 13:30-17:00")
    refused = seen(marc, "weekly", **week, fri="09:00-25:00", sat="", sun="")
    assert refused.status_code == 422
    assert 'id="fri-error"' in refused.text
    assert 'value="09:00-25:00"' in refused.text
    saved(marc, seen(marc, "weekly", **week, fri="09:00-12:30", sat="", sun=""))
    assert not is_open(world, "2026-11-27 14:00")


def test_holidays_by_region_and_choice(world: World, marc: Visitor) -> None:
    choice = {"region": "6AE", "good_friday": "y", "whit_monday_worked": "2027"}
    saved(marc, seen(marc, "holidays", **choice))
    assert not is_open(world, "2026-12-26 10:00")
    assert is_open(world, "2027-05-17 10:00")
    assert not is_open(world, "2027-03-26 10:00")
    refused = seen(marc, "holidays", region="GES", whit_monday_worked="bientôt")
    assert 'id="region-error"' in refused.text
    assert 'id="whit_monday_worked-error"' in refused.text


def test_an_entry_is_taken_away_after_its_preview(world: World, marc: Visitor) -> None:
    world.do("marc", NOW, edit_calendar, WEDNESDAY, reason="Déménagement")
    preview = seen(marc, "remove", table="closures", index="0", seen="2")
    assert "Retirer : Déménagement des bureaux, mer. 25 nov. 2026, 9 h 00 – 17 h 00" in text_of(preview)
    saved(marc, preview, reason="Reporté")
    assert is_open(world, "2026-11-25 10:00")


def test_a_line_is_never_taken_for_another_that_has_its_place_now(world: World, marc: Visitor) -> None:
    world.do("marc", NOW, edit_calendar, WEDNESDAY, reason="Déménagement")
    stale = seen(marc, "remove", table="closures", index="0", seen="1")
    assert "Le calendrier a changé" in text_of(marc.get(str(stale.location)))
    preview = seen(marc, "remove", table="closures", index="0", seen="2")
    other = AddPeriod("closures", paris("2026-12-24 09:00"), paris("2026-12-24 17:00"), "Veille de Noël")
    world.do("marc", NOW, edit_calendar, other, reason="Réveillon")
    late = saved(marc, preview)
    assert "Marc a enregistré l’édition 3" in text_of(marc.get(str(late.location)))
    assert len(in_force(world).data["closures"]) == 2


def test_a_bridge_fills_the_form(marc: Visitor) -> None:
    page = marc.get(f"{PAGE}?bridge=2027-05-07")
    assert 'value="Pont de l’Ascension"' in unescape(page.text)
    assert 'value="2027-05-07"' in page.text
    assert '<details id="edit-period" open>' in page.text


def ics(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//FR", *events, "END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()


def event(uid: str, summary: str, *more: str) -> str:
    lines = ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z", f"SUMMARY:{summary}", *more, "END:VEVENT"]
    return "\r\n".join(lines)


def imported(marc: Visitor, data: bytes) -> TestResponse:
    sent = {"csrf_token": marc.token(PAGE), "file": (BytesIO(data), "fermetures.ics")}
    return marc.client.post(f"{PAGE}/preview/file", data=sent, content_type="multipart/form-data", buffered=True)


def test_closures_of_a_file_are_one_edition_and_what_is_unusable_is_named(world: World, marc: Visitor) -> None:
    file = ics(
        event("1", "Inventaire", "DTSTART;VALUE=DATE:20261203", "DTEND;VALUE=DATE:20261204"),
        event("2", "Séminaire", "DTSTART;VALUE=DATE:20261210", "DTEND;VALUE=DATE:20261211"),
        event("3", "Ancien", "DTSTART;VALUE=DATE:20260110", "DTEND;VALUE=DATE:20260111"),
        event("4", "Sans fin", "DTSTART:99999999T000000Z"),
    )
    preview = imported(marc, file)
    read = text_of(preview)
    assert "Importer 2 fermetures" in read
    assert "jeu. 3 déc. , Inventaire" in read
    assert "Ancien Elle est passée" in read
    assert "Sans fin" in read
    saved(marc, preview, reason="Fermetures de fin d’année")
    assert in_force(world).number == 2
    assert [is_open(world, f"2026-12-{day:02} 10:00") for day in (2, 3, 4, 10)] == [True, False, True, False]
    again = imported(marc, file)
    assert again.status_code == 422
    assert "déjà au calendrier" in text_of(again)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "est vide"),
        (b"bonjour", "n’est pas un fichier iCalendar (.ics), ou il est coupé : exportez-le de nouveau."),
        (b"x" * 200_001, "dépasse 200 ko"),
    ],
)
def test_a_file_that_cannot_serve_is_refused_at_its_field(marc: Visitor, data: bytes, said: str) -> None:
    refused = imported(marc, data)
    assert refused.status_code == 422
    assert 'id="file-error"' in refused.text
    assert said in text_of(refused)


def test_a_moved_deadline_is_told_with_its_reason_to_support_and_client(world: World, marc: Visitor) -> None:
    number = a_ticket(world)
    world.do("marc", NOW, edit_calendar, WEDNESDAY, reason="Déménagement des bureaux")
    told = (
        "Échéance déplacée par le calendrier : Résolution, mer. 25, 17 h 00 → jeu. 26, 17 h 00 "
        "(Déménagement des bureaux)"
    )
    app = site(world.desk)
    for who in ("marc", "bruno"):
        assert told in text_of(Visitor(app, world, who).get(f"/tickets/{number}")), who
    assert world.see("diane", NOW, see_ticket, number).edited_because == {2: "Déménagement des bureaux"}


def test_the_page_is_a_managers(world: World) -> None:
    for who in ("diane", "clara", "julie", "paul"):
        visitor = Visitor(site(world.desk), world, who)
        assert visitor.get(PAGE).status_code == 403, who


def test_a_preview_asked_for_again_by_itself_is_the_calendar(marc: Visitor) -> None:
    assert marc.get(f"{PAGE}/preview/period").location == PAGE
    assert marc.get(f"{PAGE}/edit").location == PAGE


def feed(world: World, who: str | None) -> TestResponse:
    return Visitor(site(world.desk), world, who).get("/calendar.ics")


def test_the_feed_is_read_by_a_calendar_elsewhere(world: World) -> None:
    world.do("marc", NOW, edit_calendar, WEDNESDAY, reason="Déménagement")
    answer = feed(world, "julie")
    assert answer.content_type == "text/calendar; charset=utf-8"
    events = {str(each["SUMMARY"]): each for each in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")}
    closure = events["Déménagement des bureaux"]
    assert closure.decoded("DTSTART") == datetime(2026, 11, 25, 8, tzinfo=UTC)
    assert "Noël" in events
    assert feed(world, "clara").data == answer.data


def test_the_feed_keeps_its_uids_and_says_when_nothing_changed(world: World) -> None:
    julie = Visitor(site(world.desk), world, "julie")
    first = julie.get("/calendar.ics")
    again = julie.client.get("/calendar.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    world.do("marc", NOW, edit_calendar, WEDNESDAY, reason="Déménagement")
    uids = [{str(each["UID"]) for each in icalendar.Calendar.from_ical(data).walk("VEVENT")} for data in
            (first.data, julie.get("/calendar.ics").data)]  # fmt: skip
    assert uids[0] < uids[1]


def test_the_feed_is_for_people_who_are_signed_in(world: World) -> None:
    assert feed(world, None).status_code == 302
