"""A callback or a session as an invitation to put into one's own calendar (RFC 5545, RFC 5546, RFC 6047)."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import icalendar

from sla.settings import Settings
from sla.store.tables import Appointment, Person

FILE_NAME = "rendez-vous.ics"
SUMMARIES = {
    ("callback", "client"): ("Rappel du support Cegid PMI\u00a0: {title}", "Call from Cegid PMI support: {title}"),
    ("session", "client"): ("Prise en main à distance\u00a0: {title}", "Remote session: {title}"),
    ("callback", "desk"): ("Rappeler {requester} ({company})\u00a0: {title}", "Call {requester} ({company}): {title}"),
    ("session", "desk"): (
        "Prise en main, {requester} ({company})\u00a0: {title}",
        "Session, {requester} ({company}): {title}",
    ),
}


def invitation(settings: Settings, reader: Person, facts: dict[str, Any], now: datetime) -> str:
    """`facts["invite"]`: REQUEST for what is agreed or moved, CANCEL for what is off. One UID an appointment, whose
    SEQUENCE grows with each move: a calendar takes the latest."""
    method, sender = str(facts["invite"]), settings.environment.mail_from
    found = icalendar.Calendar()
    for key, value in (("VERSION", "2.0"), ("PRODID", "-//sla//appointments//FR"), ("METHOD", method)):
        found.add(key, value)
    event = appointment_event(settings, facts["call"], reader, facts, stamp=now)
    event.add("STATUS", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    organizer = icalendar.vCalAddress(f"mailto:{sender}")
    organizer.params["CN"] = "Support Cegid PMI"
    event.add("ORGANIZER", organizer)
    attendee = icalendar.vCalAddress(f"mailto:{reader.email}")
    attendee.params.update({"CN": reader.name, "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"})
    event.add("ATTENDEE", attendee)
    found.add_component(event)
    return bytes(found.to_ical()).decode()


def appointment_event(
    settings: Settings, call: Appointment, reader: Person, facts: dict[str, Any], *, stamp: datetime
) -> icalendar.Event:
    """The VEVENT of one reader's, in its language: what an invitation and a diary share. `facts`: ticket, requester,
    company."""
    ticket, english = facts["ticket"], reader.language == "en"
    title = SUMMARIES[call.kind, "client" if reader.role == "client" else "desk"][english]
    words = {"title": ticket.title, "requester": facts["requester"].name, "company": facts["company"].name}
    link = f"{settings.environment.url}/tickets/{ticket.id}"
    event = icalendar.Event()
    event.add("UID", f"appointment-{call.id}@{settings.environment.mail_from.rpartition('@')[2]}")
    event.add("SEQUENCE", call.sequence)
    event.add("DTSTAMP", stamp)
    event.add("DTSTART", call.starts_at)
    event.add("DTEND", call.starts_at + timedelta(minutes=call.minutes))
    event.add("SUMMARY", _plain(title.format(**words)))
    event.add("DESCRIPTION", _plain(f"{call.note}\n\n{link}".strip()))
    event.add("URL", link)
    return event


def attach(letter: EmailMessage, invited: str, boundary: str) -> None:
    """Beside the text, as calendars read it, and as a file for those that don't. `boundary` makes the same bytes each
    time the mail is sent."""
    method = next(line.partition(":")[2] for line in invited.splitlines() if line.startswith("METHOD:"))
    letter.add_alternative(invited, subtype="calendar", cte="base64", params={"method": method})
    file = invited.encode()
    letter.add_attachment(file, maintype="application", subtype="ics", filename=FILE_NAME, params={"method": method})
    for number, part in enumerate(each for each in letter.walk() if each.is_multipart()):
        part.set_boundary(f"{boundary}-{number}")


def _plain(text: str) -> str:
    """Without control characters, that a content line can't hold."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)
