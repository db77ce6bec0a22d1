"""Invitations (RFC 5545, 5546, 6047): one UID an appointment, a SEQUENCE that grows, in the reader's language."""

from email.message import EmailMessage

import icalendar
import pytest

from sla.desk.calendar_edits import AddPeriod
from sla.desk.calls import call_back, cancel_call, move_call
from sla.desk.edit_calendar import edit_calendar
from sla.desk.people import choose_language
from sla.desk.sessions import book_session, move_session
from sla.notify.mail import mail
from tests.desk.kept import in_hand
from tests.notify.letters import rows
from tests.worlds import World, paris

AT = "2026-06-01 10:00"


def invited(world: World, key: str) -> list[tuple[EmailMessage, icalendar.Calendar]]:
    """The letters with such a key, each with the calendar object that its text/calendar part holds."""
    found = []
    for message in rows(world, key):
        letter = mail(message, "support@example.test")
        part = next(each for each in letter.walk() if each.get_content_type() == "text/calendar")
        found.append((letter, icalendar.Calendar.from_ical(part.get_content())))
    return found


def body(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def event(invitation: icalendar.Calendar) -> icalendar.Component:
    return next(iter(invitation.walk("VEVENT")))


def test_both_receive_what_their_calendar_can_take(world: World) -> None:
    call = world.do("julie", AT, call_back, in_hand(world), starts_at="2026-06-02T14:00", note="Avant 15 h").id
    letters = invited(world, f"call_booked:{call}")
    assert [str(letter["To"]) for letter, _ in letters] == [
        "julie@acme.example.test",
        "clara.fontaine@support.example.test",
    ]
    for letter, invitation in letters:
        told = event(invitation)
        assert (invitation["METHOD"], told["STATUS"], told["SEQUENCE"]) == ("REQUEST", "CONFIRMED", 0)
        assert told["UID"] == f"appointment-{call}@example.test"
        assert (told.decoded("DTSTART"), told.decoded("DTEND")) == (
            paris("2026-06-02 14:00"),
            paris("2026-06-02 14:15"),
        )
        assert str(told["ORGANIZER"]) == "mailto:support@example.test"
        assert str(told["ATTENDEE"]) == f"mailto:{letter['To']}"
        assert [part.get_content_type() for part in letter.walk()] == [
            "multipart/mixed", "multipart/alternative", "text/plain", "text/calendar", "application/ics",
        ]  # fmt: skip
        calendar = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
        assert calendar.get_param("method") == "REQUEST"
    client, desk = (str(event(invitation)["SUMMARY"]) for _, invitation in letters)
    assert "Acme" not in client
    assert desk.startswith("Rappeler Julie (Acme)")


def test_the_same_mail_is_the_same_bytes_each_time(world: World) -> None:
    call = world.do("julie", AT, call_back, in_hand(world), starts_at="2026-06-02T14:00").id
    row = rows(world, f"call_booked:{call}")[0]
    assert mail(row, "s@desk.test").as_bytes() == mail(row, "s@desk.test").as_bytes()


def test_a_move_replaces_it_and_a_cancellation_takes_it_back(world: World) -> None:
    call = world.do("julie", AT, call_back, in_hand(world), starts_at="2026-06-02T14:00").id
    world.do("clara", AT, move_call, call, starts_at="2026-06-03T11:00")
    world.do("clara", AT, cancel_call, call, reason="Réglé")
    told = [
        (str(invitation["METHOD"]), int(str(event(invitation)["SEQUENCE"])), str(event(invitation)["UID"]))
        for key in ("call_booked", "call_moved", "call_cancelled")
        for _, invitation in invited(world, f"{key}:{call}")[:1]
    ]
    uid = f"appointment-{call}@example.test"
    assert told == [("REQUEST", 0, uid), ("REQUEST", 1, uid), ("CANCEL", 2, uid)]


def test_given_to_a_colleague_it_leaves_the_first_one_s_calendar(world: World) -> None:
    call = world.do("clara", AT, book_session, in_hand(world), starts_at="2026-06-02T14:00").id
    world.do("diane", AT, move_session, call, starts_at="2026-06-02T14:00", technician=world.yann.id)
    ((_, invitation),) = invited(world, f"call_handed:{call}")
    assert (str(invitation["METHOD"]), str(event(invitation)["STATUS"])) == ("CANCEL", "CANCELLED")
    assert [str(letter["To"]) for letter, _ in invited(world, f"call_moved:{call}")][
        1
    ] == "yann.lebihan@support.example.test"


@pytest.mark.parametrize("title", ["Écran\u2028figé ; oui, « non »", "=cmd|' /C calc'!A0", "BEGIN:VEVENT\\nX"])
def test_a_title_can_not_break_out_of_it(world: World, title: str) -> None:
    number = in_hand(world, title=title)
    call = world.do("julie", AT, call_back, number, starts_at="2026-06-02T14:00").id
    (_, invitation), *_ = invited(world, f"call_booked:{call}")
    assert len(list(invitation.walk("VEVENT"))) == 1
    assert str(event(invitation)["SUMMARY"]).endswith(title.replace("\u2028", " "))


def test_a_closure_moves_it_in_one_mail_that_names_the_day_and_updates_the_invitation(world: World) -> None:
    """Not taken back and agreed anew: the calendar that holds it moves it, and the reason is told with the day."""
    world.do("julie", AT, choose_language, language="en")
    call = world.do("julie", AT, call_back, in_hand(world), starts_at="2026-06-02T14:00").id
    closure = AddPeriod("closures", paris("2026-06-02 09:00"), paris("2026-06-02 17:00"), "Déménagement")
    repairs = {call: paris("2026-06-03 09:00")}
    world.do("marc", AT, edit_calendar, closure, reason="Déménagement des bureaux", repairs=repairs, notify=True)
    assert [len(invited(world, key)) for key in ("call_cancelled:", "call_booked:", "call_moved:")] == [0, 2, 2]
    (english, invitation), (french, _) = invited(world, f"call_moved:{call}:1")
    told = event(invitation)
    assert (str(invitation["METHOD"]), told["SEQUENCE"]) == ("REQUEST", 1)
    assert (told["UID"], told.decoded("DTSTART")) == (f"appointment-{call}@example.test", paris("2026-06-03 09:00"))
    assert "Support closed on Tuesday 2 June.\n\n  Déménagement des bureaux\n" in body(english)
    assert "Support fermé mardi 2 juin.\n\n  Déménagement des bureaux\n" in body(french)


def test_a_closure_that_takes_it_back_names_the_day_too(world: World) -> None:
    call = world.do("julie", AT, call_back, in_hand(world), starts_at="2026-06-02T14:00").id
    closure = AddPeriod("closures", paris("2026-06-02 13:30"), paris("2026-06-02 17:00"), "Déménagement")
    world.do("marc", AT, edit_calendar, closure, reason="Déménagement", repairs={call: None})
    (letter, invitation), _ = invited(world, f"call_cancelled:{call}")
    assert (str(invitation["METHOD"]), event(invitation)["SEQUENCE"]) == ("CANCEL", 1)
    assert "Support fermé mardi 2 juin de 13 h 30 à 17 h 00." in body(letter).replace("\u00a0", " ")
