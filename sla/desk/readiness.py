"""`set_readiness`: the booklet's five conditions of an intervention (« Les conditions d’intervention ») as a checklist.

An answer is a fact of the ticket's history; those given since the last session held are what counts. No access code is
ever kept: the checklist says that it is ready.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.secret_words import gives_code, seems_code
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import technician_of, tell
from sla.desk.typed import Reading
from sla.errors import AlreadyDone, Both, Missing, NothingBeside, Secret, Unknown, Unready
from sla.store.tables import Event
from sla.ticket.facts import Kind


class Readiness(StrEnum):
    READY = "ready"
    NOT_READY = "not_ready"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of the checklist: its name, and what is meant by it."""

    code: str
    name: Both
    help: Both


CONDITIONS = tuple(
    Condition(code, Both(french, english), Both(meaning, meaning_en))
    for code, french, english, meaning, meaning_en in (
        (
            "workstation",
            "Poste pour la prise en main",
            "Workstation for the remote session",
            "Pour illustrer et réaliser la demande, avec TeamViewer si possible.",
            "To show and carry out the request, with TeamViewer if possible.",
        ),
        (
            "supervisor",
            "Accès SUPERVISEUR disponible",
            "SUPERVISEUR access available",
            "Qui détient son code le saisit au moment voulu\u00a0: il n’est jamais écrit ici.",
            "Whoever holds its code types it when needed: it is never written here.",
        ),
        (
            "examples",
            "Exemples du besoin",
            "Examples of the need",
            "Un ou plusieurs, pour valider le paramétrage.",
            "One or more, to check the settings against.",
        ),
        (
            "person",
            "Demandeur joignable",
            "Requester available",
            "La personne à l’origine de la demande, ponctuellement pendant l’intervention.",
            "Whoever made the request, now and then during the intervention.",
        ),
        (
            "server",
            "Serveur accessible",
            "Server reachable",
            "Si des paramétrages y sont nécessaires, avec TeamViewer si possible.",
            "If settings are needed there, with TeamViewer if possible.",
        ),
    )
)
BY_CODE = {each.code: each for each in CONDITIONS}
ACCESS = "supervisor"
"""The condition beside which nothing is written but what is missing: any word could be its code."""
NOTE = Both("Précision", "Detail")
WHY = Both("dites ce qui manque", "say what is missing")
ANSWER = Both("répondez à une condition au moins", "answer one condition at least")
NOTHING_NEW = Both("ces réponses sont déjà celles du ticket", "the ticket has these answers already")


@dataclass(frozen=True, slots=True)
class Answer:
    """How one condition stands; `readiness` None: unanswered."""

    condition: Condition
    readiness: Readiness | None = None
    note: str = ""
    author: str = ""
    at: datetime | None = None


def set_readiness(tx: Tx, number: int, *, answers: Mapping[str, tuple[str, str] | list[str]]) -> Event:
    """By support or by the client: `answers` maps a condition to its readiness and a note, which « not ready » needs.
    Only what differs is kept."""
    ticket = ticket_in_sight(tx, number, lock=True)
    stands = {each.condition.code: (each.readiness, each.note) for each in readiness_of(_kept(tx, number))}
    wanted = _read(answers, missing_so_far=stands[ACCESS][1])
    changed = {code: answer for code, answer in wanted.items() if answer != stands[code]}
    if not changed:
        raise AlreadyDone(what=NOTHING_NEW)
    told = {code: {"readiness": str(readiness), "note": note} for code, (readiness, note) in changed.items()}
    event = record(tx, ticket, Kind.READINESS_SET, answers=told)
    if tx.actor.is_client:
        every = readiness_of(_kept(tx, number))
        people, key = technician_of(tx, ticket), f"readiness:{ticket.id}:{event.seq}"
        tell(tx, people, "readiness", key=key, ticket=ticket, answers=every)
    return event


def _read(answers: Mapping[str, Any], *, missing_so_far: str) -> dict[str, tuple[Readiness, str]]:
    reading, found = Reading(), {}
    for code, given in answers.items():
        condition = BY_CODE.get(code)
        if condition is None:
            known = ", ".join(BY_CODE)
            reading.reproaches.append(Unknown("answers", label="answers", value=str(code)[:60], choices=known))
            continue
        choice, note = (str(each or "") for each in given)
        field = f"{code}_note"
        readiness = reading.choice(code, choice, set(Readiness))
        text = reading.line(field, note, 300, required=False)
        if code == ACCESS and readiness != Readiness.NOT_READY and text == missing_so_far:
            text = ""  # a form brings back what was missing: it no longer is
        if seems_code(text) if code == ACCESS else gives_code(text):
            reading.reproaches.append(Secret(field, label=NOTE))
        elif code == ACCESS and text and readiness != Readiness.NOT_READY:
            reading.reproaches.append(NothingBeside(field, label=condition.name))
        if readiness == Readiness.NOT_READY and not text:
            reading.reproaches.append(Missing(field, label=condition.name, rule=WHY))
        found[code] = (Readiness(readiness or Readiness.READY), text)
    if not answers:
        reading.reproaches.append(
            Missing("answers", label=Both("Avant l’intervention", "Before the intervention"), rule=ANSWER)
        )
    reading.finish()
    return found


def _kept(tx: Tx, number: int) -> Iterable[Event]:
    told = (Kind.READINESS_SET, Kind.SESSION_HELD)
    query = select(Event).where(Event.ticket_id == number, Event.kind.in_(told))
    return tx.session.scalars(query.order_by(Event.seq))


def readiness_of(history: Iterable[Event]) -> list[Answer]:
    """How each condition stands, in the booklet's order, by the facts since the last session held."""
    stand = {each.code: Answer(each) for each in CONDITIONS}
    for event in history:
        if event.kind == Kind.SESSION_HELD:
            stand = {each.code: Answer(each) for each in CONDITIONS}
        for code, told in event.data.get("answers", {}).items() if event.kind == Kind.READINESS_SET else ():
            readiness = Readiness(told["readiness"])
            stand[code] = Answer(BY_CODE[code], readiness, told["note"], event.author, event.at)
    return list(stand.values())


def require_answered(tx: Tx, number: int) -> None:
    """A session does not begin with a condition unanswered; « not ready » is an answer, and is seen."""
    missing = [each.condition.name for each in readiness_of(_kept(tx, number)) if each.readiness is None]
    if missing:
        raise Unready(items=Both(*(", ".join(name[lang] for name in missing) for lang in (0, 1))))
