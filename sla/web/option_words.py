"""What each choice of technician would mean, in the words of the board's panel."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sla import wording
from sla.desk.options import Option
from sla.queue.rule import Rule
from sla.wording.durations import NBSP
from sla.wording.reasons import Said


def choice(each: Option, zone: ZoneInfo, now: datetime) -> str:
    """An option of the select: « Yann Le Bihan – aujourd’hui à 14 h 00, marge 2 h 15 »."""
    if each.start is None:
        return each.name
    parts = [wording.instant(each.start, zone, now)]
    if each.margin_s is not None:
        parts.append(f"{'marge' if each.margin_s >= 0 else 'dépassé de'} {wording.duration(each.margin_s)}")
    return f"{each.name} – {', '.join(parts)}"


def cost(each: Option) -> Said:
    """What the rest of the queue would pay: nothing for a ticket that awaits somebody or a decision first."""
    if each.start is None:
        return Said("arrow_right", "Rien n’est décalé tant que le ticket attend")
    if not each.delayed:
        return Said("met", "Ne décale personne")
    moved = f"Décale {wording.plural(len(each.delayed), 'ticket', 'tickets')}"
    late = f"{wording.duration(each.late_s)} de retard en plus au total" if each.late_s > 0 else ""
    if not each.broken:
        return Said("arrow_right", f"{moved}, {late or 'sans en mettre un seul en retard'}")
    named = ", ".join(f"nº\u00a0{number}" for number in each.broken[:3])
    others = " et d’autres" if len(each.broken) > 3 else ""
    return Said("watch", f"{moved}, et met en retard {named}{others}{f'{NBSP}: {late}' if late else ''}")


def weighed(each: Option) -> str:
    """The rule's terms for this technician, as numbers: slowness, work, slack, weight, index; and their load."""
    said = [f"charge des quatre dernières semaines{NBSP}: {wording.percent(each.load)}"]
    if each.terms:
        slack = each.terms.get("slack_s")
        margin = "" if slack is None else f"{'marge' if slack >= 0 else 'retard'} {wording.duration(int(abs(slack)))}"
        said = [
            f"allure {_number(each.terms['pace'])}",
            f"travail {wording.duration(int(each.terms['work_s']))}",
            margin or "aucune échéance ne court",
            f"poids {_number(each.terms['weight'])}",
            f"indice {_number(each.terms['index'])}",
            *said,
        ]
    told = ", ".join([*said, "suit d’habitude ce client"] if each.usual else said)
    return told[0].upper() + told[1:]


def gives_way(each: Option, rule: Rule) -> Said | None:
    """Why a promise that is past saving waits while others are served; nothing where it may still be kept, or where the
    rule does not let it wait."""
    if rule.order != "index" or rule.lost >= 1 or each.terms.get("slack_s", 0) >= 0:
        return None
    left = wording.percent(rule.lost)
    return Said(
        "arrow_right",
        f"Son échéance ne peut plus être tenue\u00a0: il garde {left} de son poids, et ce qui peut l’être passe avant",
    )


def _number(value: float) -> str:
    return f"{value:.3g}".replace(".", ",")
