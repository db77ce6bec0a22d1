"""A ticket's public history as a conversation: who wrote what, and what happened in between."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Protocol

from flask import url_for

from sla import wording
from sla.ticket.facts import Kind
from sla.web.readiness_said import answers_said

SPOKEN = (Kind.DEPOSITED, Kind.ANSWERED, Kind.COMMENTED)
"""Kinds that are a message and nothing else; any other is told in a line first."""
AWAITED = {
    "question": "En attente de votre réponse",
    "estimate": "En attente de votre décision sur le temps estimatif",
    "forfait": "En attente de l’ouverture d’un forfait",
}


class Told(Protocol):
    """What is read of an event."""

    @property
    def ticket_id(self) -> int: ...
    @property
    def seq(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def kind(self) -> str: ...
    @property
    def author_id(self) -> int | None: ...
    @property
    def author(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def data(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Message:
    author: str
    company: str
    at: datetime
    text: str
    from_desk: bool
    internal: bool = False
    files: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What happened, in a phrase; `url` leads to what it brought."""

    said: str
    at: datetime
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom history is told: `contacts`, the ids of its company's people; everyone else writes as the support.
    `because`: why the calendar was edited, by edition."""

    contacts: Collection[int]
    company: str
    zone: tzinfo
    now: datetime
    because: Mapping[int, str]


def thread(events: Sequence[Told], reader: Reader) -> list[Message | Line]:
    """In order."""
    return [told for event in events for told in _told(event, reader)]


def _told(event: Told, reader: Reader) -> Iterator[Message | Line]:
    if event.kind not in SPOKEN:
        report = url_for("ticket_pages.report", number=event.ticket_id, seq=event.seq)
        yield Line(_line(event, reader), event.at, report if event.kind == Kind.REPORTED else None)
    if event.text and event.author_id is not None:
        own = event.author_id in reader.contacts
        yield Message(event.author, reader.company if own else "Support", event.at, event.text, not own)


def _line(event: Told, reader: Reader) -> str:
    """The fact's name, with the time, the instant, the reference or the reason that it brings, or who did it."""
    name, data = wording.label("event", event.kind), event.data
    match event.kind:
        case Kind.WAITING_CLIENT if data.get("until"):
            at = datetime.fromisoformat(str(data["until"]))
            return f"En pause jusqu’à la date choisie, reprise {wording.instant(at, reader.zone, reader.now)}"
        case Kind.WAITING_CLIENT:
            return AWAITED.get(str(data.get("reason")), name)
        case Kind.ESTIMATE_OFFERED:
            minutes = data.get("minutes")
            time = wording.amount(minutes * 60) if isinstance(minutes, int) else "périmètre non défini"
            return f"{name}\u00a0: {time}"
        case Kind.CALL_BOOKED | Kind.SESSION_BOOKED:
            at = datetime.fromisoformat(str(data["starts_at"]))
            return f"{name} pour {wording.instant(at, reader.zone, reader.now)}"
        case Kind.CALL_MOVED | Kind.SESSION_MOVED:
            old, at = (datetime.fromisoformat(str(data[key])) for key in ("before", "starts_at"))
            moved = [wording.instant(each, reader.zone, reader.now) for each in (old, at)]
            return f"{name}\u00a0: {moved[0]} → {moved[1]}"
        case Kind.MERGED:
            return f"{name}, nº\u00a0{data.get('into')}"
        case Kind.ABSORBED:
            return f"{name}, nº\u00a0{data.get('merged')}"
        case Kind.WAITING_PUBLISHER:
            return f"{name}, référence {data.get('reference', '')}"
        case Kind.READINESS_SET:
            return f"{name} par {event.author}\u00a0: {answers_said(data)}"
        case Kind.RESCHEDULED:
            return f"{name}\u00a0: {wording.moved(data, reader.because, reader.zone, reader.now)}"
        case Kind.RECEIVED:
            return name
    if event.author_id is None:
        return f"{name}\u00a0: {event.text}" if event.text else name
    return f"{name} par {event.author}"
