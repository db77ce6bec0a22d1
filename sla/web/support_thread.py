"""A ticket's whole history for support: what was written as a thread, every act as a line, internal ones set apart."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Any, Protocol

from sla import wording
from sla.ticket.facts import Kind
from sla.web.readiness_said import answers_said
from sla.wording.reasons import reason

WRITTEN = frozenset({Kind.DEPOSITED, Kind.ANSWERED, Kind.COMMENTED, Kind.NOTED})
"""A text and nothing more: drawn as a message alone. Any other text comes under the line of its act."""
UNSAID = frozenset({Kind.RECEIVED, Kind.CALL_BOOKED, Kind.SESSION_BOOKED, Kind.WORKED, Kind.WORK_DROPPED})
"""The receipt's text is the service's; of the others it is a few words, told in their line."""


class Told(Protocol):
    """What is read of an event."""

    at: datetime
    kind: str
    author_id: int | None
    author: str
    public: bool
    seq: int
    text: str
    data: dict[str, Any]


def thread(events: Iterable[Told], contacts: Collection[int], company: str, detail: "Detail") -> list[dict[str, Any]]:
    """Messages (`message`, for parts/history.html) and lines of what happened (`line`), the oldest first."""
    told: list[dict[str, Any]] = []
    before: tuple[datetime, str] | None = None
    for event in events:
        if event.kind not in WRITTEN:
            line = {"kind": event.kind, "detail": detail(event), "at": event.at, "internal": not event.public}
            line["report"] = event.seq if event.kind == Kind.REPORTED else None
            told.append({"line": line})
        said = (event.at, event.text)
        if event.text and event.kind not in UNSAID and said != before:
            told.append({"message": _message(event, contacts, company)})
        before = said if event.text else before
    return told


def _message(event: Told, contacts: Collection[int], company: str) -> dict[str, Any]:
    theirs = event.author_id in contacts
    return {
        "author": event.author,
        "company": company if theirs else "Support",
        "at": event.at,
        "text": event.text,
        "from_desk": not theirs,
        "internal": not event.public,
    }


def lines(events: Iterable[Told], detail: "Detail") -> list[dict[str, Any]]:
    """« Historique des actions », the newest first."""
    rows = [
        {"at": each.at, "author": each.author, "kind": each.kind, "detail": detail(each), "internal": not each.public}
        for each in events
    ]
    return rows[::-1]


class Detail:
    """What a line adds to the name of its act. `names`: technicians by number; `items`: labels of lines by code;
    `because`: why the calendar was edited, by edition."""

    def __init__(
        self,
        names: Mapping[int, str],
        items: Mapping[str, str],
        zone: tzinfo,
        now: datetime,
        because: Mapping[int, str] | None = None,
    ) -> None:
        self.names, self.items, self.zone, self.now, self.because = names, items, zone, now, because or {}

    def __call__(self, event: Told) -> str:
        added = f"\u00a0: {event.text}" if event.text and event.kind in UNSAID - {Kind.RECEIVED} else ""
        return self._facts(event) + added

    def _facts(self, event: Told) -> str:
        data = event.data
        match event.kind:
            case Kind.ASSIGNED:
                return self._assigned(data)
            case Kind.DEPOSITED:
                by = "par le support pour un appelant" if data.get("by_support") else "sur le portail"
                return f"{by}, {wording.label('severity', data['severity'])}, {wording.label('level', data['level'])}"
            case Kind.WORKED:
                taken = data.get("consumed")
                counted = f", décompté {wording.quarters(taken)} sur la journée" if taken else ""
                return f"réel {wording.hours(data['minutes'] * 60)}{counted}{self._own(data)}{self._instead(data)}"
            case Kind.WORK_DROPPED:
                return self._instead(data).removeprefix(", ")
            case Kind.WORK_CORRECTED:
                return f"{self._worked(data['before'])} → {self._worked(data['minutes'])}{self._own(data)}"
            case Kind.WORK_STOPPED:
                return f"{self._worked(data['minutes'])}, jusqu’à {self._at(data['ended_at'])}"
            case Kind.READINESS_SET:
                return f"\u00a0: {answers_said(data)}"
            case Kind.ESTIMATE_OFFERED:
                minutes = data.get("minutes")
                over = " (au-delà des quatre heures)" if data.get("over_limit") else ""
                return f"{wording.amount(minutes * 60)}{over}" if minutes else "périmètre non défini"
            case Kind.CALL_MOVED | Kind.SESSION_MOVED:
                moved = f"{self._at(data['before'])} → {self._at(data['starts_at'])}"
                return f"{moved}, {self._name(data.get('technician'))}"
            case Kind.MERGED:
                return f"nº\u00a0{data.get('into')}"
            case Kind.ABSORBED:
                return f"nº\u00a0{data.get('merged')}"
            case Kind.CALL_BOOKED | Kind.SESSION_BOOKED:
                return f"pour {self._at(data['starts_at'])}, {self._name(data.get('technician'))}"
            case Kind.WAITING_PUBLISHER:
                return f"référence {data.get('reference', '')}"
            case Kind.WAITING_CLIENT:
                awaited = {
                    "estimate": "son accord sur le temps estimatif",
                    "forfait": "un forfait",
                    "question": "sa réponse",
                }
                if data.get("until"):
                    return f"la date qu’il a choisie, {self._at(data['until'])}"
                return awaited.get(str(data.get("reason")), "")
            case Kind.REQUALIFIED:
                return ", ".join(self._changed(key, data) for key in ("item", "severity", "level") if key in data)
            case Kind.RESCHEDULED:
                return f"\u00a0: {wording.moved(data, self.because, self.zone, self.now)}"
            case Kind.CONDITION_SET:
                return "remplie" if data.get("met") else "non remplie"
        return ""

    @staticmethod
    def _worked(minutes: int) -> str:
        return wording.hours(minutes * 60) if minutes else "retiré"

    @staticmethod
    def _instead(data: Mapping[str, Any]) -> str:
        return f", à la place de {data['instead_of']}" if data.get("instead_of") else ""

    @staticmethod
    def _own(data: Mapping[str, Any]) -> str:
        return ", erreur du support, sans décompte" if data.get("own_error") else ""

    def _assigned(self, data: Mapping[str, Any]) -> str:
        because = [reason(each["code"], each, self.zone, self.now).text for each in data.get("reasons") or []]
        pinned = ", épinglé" if data.get("pinned") else ""
        listed = "\u202f; ".join(text[:1].lower() + text[1:] for text in because)
        return f"à {self._name(data.get('technician'))}{pinned}" + (f"\u00a0: {listed}" if because else "")

    def _changed(self, key: str, data: Mapping[str, Any]) -> str:
        before, after = str((data.get("before") or {}).get(key, "")), str(data[key])
        if key == "item":
            return f"« {self.items.get(before, before)} » → « {self.items.get(after, after)} »"
        return f"{wording.label(key, before)} → {wording.label(key, after)}"

    def _name(self, number: object) -> str:
        return self.names.get(number, "un technicien") if isinstance(number, int) else "un technicien"

    def _at(self, text: object) -> str:
        return wording.instant(datetime.fromisoformat(str(text)), self.zone, self.now)
