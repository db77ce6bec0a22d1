"""The intervention report (booklet, « Un rapport d’intervention ») from the facts that were kept when it was sent."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any

from sla import wording
from sla.documents import parts
from sla.documents.typeset_pdf import pdf

Words = Mapping[str, str]

FRENCH: Words = {
    "title": "Rapport d’intervention",
    "interim": "Rapport d’intervention d’étape",
    "client": "Client",
    "requester": "Demandeur",
    "item": "Prestation",
    "by": "Établi par",
    "on": "Le",
    "interim_said": "Rapport d’étape, établi à la demande du client\u00a0: le travail se poursuit.",
    "done": "Ce qui a été fait",
    "perimeter": "Périmètre",
    "remaining": "Ce qui reste à faire",
    "nothing": "Rien.",
    "time": "Temps passé",
    "day": "Jour",
    "technician": "Technicien",
    "stretches": "Périodes",
    "real": "Réel",
    "taken": "Décompté",
    "total": "Total",
    "no_time": "Aucun temps n’a été saisi.",
    "borne": "{day}, {who}\u00a0: {time} à la charge du support, qui corrige son erreur, sans décompte. {reason}",
    "unconfirmed": "Temps de travail encore à confirmer, qui n’y figure pas\u00a0: {time}.",
    "included": "Inclus dans le contrat de maintenance\u00a0: aucune heure n’est décomptée.",
    "rounding": "Tout quart d’heure démarré est consommé, une fois par intervention.",
    "hours": "Heures restantes à cette date",
    "pack": "Forfait",
    "valid": "Validité",
    "left": "Restant",
    "owed": "Heures dues, à prendre en premier sur le prochain forfait\u00a0: {owed}.",
    "no_pack": "Aucun forfait en cours.",
    "from_to": "du {first} au {last}",
    "acceptance": "La recette est à la charge du client\u00a0: essayez, puis répondez sur le portail.",
}
ENGLISH: Words = {
    "title": "Intervention report",
    "interim": "Interim intervention report",
    "client": "Client",
    "requester": "Asked by",
    "item": "Service",
    "by": "Written by",
    "on": "On",
    "interim_said": "An interim report, at the client’s request: the work goes on.",
    "done": "What was done",
    "perimeter": "Perimeter",
    "remaining": "What is left to do",
    "nothing": "Nothing.",
    "time": "Time spent",
    "day": "Day",
    "technician": "Technician",
    "stretches": "Stretches",
    "real": "Worked",
    "taken": "Taken",
    "total": "Total",
    "no_time": "No time was logged.",
    "borne": "{day}, {who}: {time} borne by support, which puts its own error right; no hours are taken. {reason}",
    "unconfirmed": "Time still to be confirmed, not included here: {time}.",
    "included": "Included in the maintenance contract: no hours are taken.",
    "rounding": "Every started quarter-hour is consumed, once an intervention.",
    "hours": "Hours left at that date",
    "pack": "Pack",
    "valid": "Validity",
    "left": "Left",
    "owed": "Hours owed, to come first off the next pack: {owed}.",
    "no_pack": "No pack is running.",
    "from_to": "{first} to {last}",
    "acceptance": "Acceptance is the client’s: try it, then answer on the portal.",
}


def report_pdf(
    number: int, at: datetime, author: str, done: str, kept: Mapping[str, Any], zone: tzinfo, lang: str
) -> bytes:
    return pdf(report_document(number, at, author, done, kept, zone, lang), at)


def report_document(
    number: int, at: datetime, author: str, done: str, kept: Mapping[str, Any], zone: tzinfo, lang: str
) -> dict[str, Any]:
    """`kept`: what the fact `reported` of the ticket's history holds."""
    say = ENGLISH if lang == "en" else FRENCH
    title = say["interim" if kept.get("interim") else "title"]
    ticket = f"Ticket {number}" if lang == "en" else f"Ticket nº\u00a0{number}"
    day = wording.full_date(at.astimezone(zone).date(), lang)
    facts = [
        (say["client"], str(kept.get("company", ""))),
        (say["requester"], str(kept.get("requester", ""))),
        (say["item"], str((kept.get("item_en") if lang == "en" else None) or kept.get("item", ""))),
        (say["by"], author),
        (say["on"], f"{day}, {wording.clock_time(at, zone, lang)}"),
    ]
    interim = say["interim_said"] if kept.get("interim") else ""
    sections = [
        parts.section(say["done"], parts.remark(interim), parts.text(done)),
        parts.section(say["perimeter"], parts.text(str(kept.get("perimeter", "")))),
        parts.section(say["remaining"], parts.text(str(kept.get("remaining", "")) or say["nothing"])),
        _time(kept, zone, lang, say),
        _hours(kept, lang, say),
    ]
    subtitle = str(kept.get("title", ""))
    footer = say["acceptance"] if not kept.get("interim") else ""
    return parts.document(lang, title, subtitle, f"{title} · {ticket}", footer, facts, sections)


def _time(kept: Mapping[str, Any], zone: tzinfo, lang: str, say: Words) -> dict[str, Any]:
    worked: Sequence[Mapping[str, Any]] = kept.get("worked", ())
    rows = [
        (
            wording.day(date.fromisoformat(each["day"]), lang),
            each["technician"],
            "\n".join(_stretch(stretch, zone, lang) for stretch in each["stretches"]),
            wording.hours(each["minutes"] * 60),
            wording.quarters(each["consumed_quarters"]),
        )
        for each in worked
    ]
    consumed = sum(each["consumed_quarters"] for each in worked)
    real = wording.hours(sum(each["minutes"] for each in worked) * 60)
    head = [say[key] for key in ("day", "technician", "stretches", "real", "taken")]
    table = parts.table(
        head, rows, right=(3, 4), rest=2, total=(say["total"], "", "", real, wording.quarters(consumed))
    )
    included = kept.get("level") == "maintenance"
    said = say["no_time"] if not worked else say["included"] if included else say["rounding"]
    left = int(kept.get("unconfirmed_minutes", 0))
    awaited = say["unconfirmed"].format(time=wording.hours(left * 60)) if left else ""
    borne = [
        parts.text(_borne(each, minutes, why, lang, say)) for each in worked for minutes, why in each.get("borne", ())
    ]
    return parts.section(say["time"], table, parts.text(said), *borne, parts.remark(awaited))


def _borne(each: Mapping[str, Any], minutes: int, why: str, lang: str, say: Words) -> str:
    day = wording.day(date.fromisoformat(each["day"]), lang)
    day = day[:1].upper() + day[1:]
    return say["borne"].format(day=day, who=each["technician"], time=wording.hours(minutes * 60), reason=why)


def _stretch(stretch: Sequence[Any], zone: tzinfo, lang: str) -> str:
    start, end = (datetime.fromisoformat(each) for each in stretch[:2])
    return f"{wording.clock_time(start, zone, lang)} – {wording.clock_time(end, zone, lang)}"


def _hours(kept: Mapping[str, Any], lang: str, say: Words) -> dict[str, Any]:
    if kept.get("level") != "tma":
        return parts.section(say["hours"])
    rows = [
        (
            wording.amount(each["hours"] * 3600),
            say["from_to"].format(first=_date(each["first_day"], lang), last=_date(each["last_day"], lang)),
            wording.quarters(each["left_quarters"]),
        )
        for each in kept.get("forfaits", ())
    ]
    owed = max(0, int(kept.get("owed_quarters", 0)))
    left = kept.get("left_quarters", 0)
    total = (say["total"], "", wording.quarters(left)) if len(rows) > 1 else ()
    table = parts.table([say["pack"], say["valid"], say["left"]], rows, right=(2,), rest=1, total=total)
    due = parts.remark(say["owed"].format(owed=wording.quarters(owed)) if owed else "", loud=True)
    none = parts.text(say["no_pack"] if not rows else "")
    return parts.section(say["hours"], table, none, due)


def _date(text: str, lang: str) -> str:
    return wording.full_date(date.fromisoformat(text), lang)
