"""A ticket's public history as a conversation: who wrote what, and what happened in between."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
class Footnote:
    """A condition of the booklet in the reader's language; `instead`: what is possible if it is not met, and who
    pays."""

    question: str
    unmet: str
    instead: Sequence[str]


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom history is told: `contacts`, the ids of its company's people; everyone else writes as the support.
    `because`: why the calendar was edited, by edition. `items`: the lines' reasons, French → English. `footnotes`: by
    condition."""

    contacts: Collection[int]
    company: str
    zone: tzinfo
    now: datetime
    because: Mapping[int, str]
    lang: str = "fr"
    items: Mapping[str, str] = field(default_factory=dict)
    footnotes: Mapping[str, Footnote] = field(default_factory=dict)

    def said(self, french: str, **facts: object) -> str:
        return wording.sentence(french, self.lang, **facts)

    def at(self, text: object) -> str:
        return wording.instant(datetime.fromisoformat(str(text)), self.zone, self.now, self.lang)

    def text(self, told: str) -> str:
        """What the service wrote, or a line's reason, in the reader's language."""
        found = self.items.get(told, told) if self.lang == "en" else told
        return wording.written_by_the_service(found, self.lang)


def thread(events: Sequence[Told], reader: Reader) -> list[Message | Line]:
    """In order."""
    return [told for event in events for told in _told(event, reader)]


def _told(event: Told, reader: Reader) -> Iterator[Message | Line]:
    if event.kind not in SPOKEN:
        report = url_for("ticket_pages.report", number=event.ticket_id, seq=event.seq)
        yield Line(_line(event, reader), event.at, report if event.kind == Kind.REPORTED else None)
    if event.text and event.author_id is not None:
        own = event.author_id in reader.contacts
        yield Message(event.author, reader.company if own else "Support", event.at, reader.text(event.text), not own)


def _line(event: Told, reader: Reader) -> str:
    """The fact's name, with the time, the instant, the reference or the reason that it brings, or who did it."""
    name, data, said = wording.label("event", event.kind, reader.lang), event.data, reader.said
    match event.kind:
        case Kind.WAITING_CLIENT if data.get("until"):
            return said("En pause jusqu’à la date choisie, reprise %(at)s", at=reader.at(data["until"]))
        case Kind.WAITING_CLIENT:
            awaited = AWAITED.get(str(data.get("reason")))
            return said(awaited) if awaited else name
        case Kind.ESTIMATE_OFFERED:
            minutes = data.get("minutes")
            time = wording.amount(minutes * 60) if isinstance(minutes, int) else said("périmètre non défini")
            return said("%(what)s : %(text)s", what=name, text=time)
        case Kind.CALL_BOOKED | Kind.SESSION_BOOKED:
            return said("%(what)s pour %(at)s", what=name, at=reader.at(data["starts_at"]))
        case Kind.CALL_MOVED | Kind.SESSION_MOVED:
            moved = f"{reader.at(data['before'])} → {reader.at(data['starts_at'])}"
            return said("%(what)s : %(text)s", what=name, text=moved)
        case Kind.MERGED | Kind.ABSORBED:
            other = data.get("into" if event.kind == Kind.MERGED else "merged")
            return said("%(what)s, nº %(number)s", what=name, number=other)
        case Kind.WAITING_PUBLISHER:
            return said("%(what)s, référence %(reference)s", what=name, reference=data.get("reference", ""))
        case Kind.READINESS_SET:
            answers = answers_said(data, reader.lang)
            return said("%(what)s par %(author)s : %(text)s", what=name, author=event.author, text=answers)
        case Kind.RESCHEDULED:
            moved = wording.moved(data, reader.because, reader.zone, reader.now, reader.lang)
            return said("%(what)s : %(text)s", what=name, text=moved)
        case Kind.CONDITION_SET if data.get("condition") in reader.footnotes:
            return _footnote(reader.footnotes[data["condition"]], bool(data.get("met")), reader)
        case Kind.RECEIVED:
            return name
    if event.author_id is None:
        return said("%(what)s : %(text)s", what=name, text=reader.text(event.text)) if event.text else name
    return said("%(what)s par %(author)s", what=name, author=event.author)


def _footnote(note: Footnote, met: bool, reader: Reader) -> str:
    if met:
        return reader.said("Condition remplie : %(text)s", text=note.question)
    told = reader.said("Condition non remplie : %(text)s", text=note.unmet)
    if not note.instead:
        return told
    return f"{told} {reader.said('Possible à la place : %(what)s.', what=', '.join(note.instead))}"
