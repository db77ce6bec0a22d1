"""The reasons of `sla.wording.reasons`, for those who read English."""

from collections.abc import Mapping
from typing import Any

from sla.wording.durations import duration, plural

SKILLS = {
    "erreurs": "software errors",
    "usage": "everyday use",
    "etats": "reports",
    "formation": "training",
    "parametrage": "settings",
    "installation": "installation",
    "mises_a_jour": "updates",
    "sql": "SQL and backups",
}


def english(code: str, facts: Mapping[str, Any], short: str, long: str) -> str:
    """`short`, `long`: the instant that the reason is about, in English; empty for a code without a sentence."""
    margin = duration(int(facts.get("margin_s", 0)))
    among = int(facts.get("among", 0))
    match code:
        case "masters":
            skill = str(facts.get("skill", ""))
            return f"Masters {SKILLS.get(skill, skill.replace('_', ' '))}"
        case "gets_to_it":
            return f"Can begin {long}" if long else "Can begin"
        case "keeps_due":
            return f"Keeps the deadline with {margin} to spare"
        case "breaks_due":
            return f"Would pass the deadline by {margin}"
        case "after_others":
            count = int(facts.get("count", 0))
            return f"Comes after {plural(count, 'other ticket', 'other tickets', 'en')}"
        case "after_appointment":
            return f"Waits for the end of the appointment, {long}"
        case "pinned":
            return "Pinned by the dispatcher"
        case "follow_up":
            return "Follows this ticket already"
        case "taken_over":
            return "Takes over from a colleague who is away or busy: it can wait no longer"
        case "earliest_due":
            return _first("The nearest deadline", among) + (f": {short}" if short else "")
        case "weighed":
            return f"{_first('The most pressing', among)}: {_weighed(facts)}"
        case "oldest":
            waited = duration(int(facts.get("waited_s", 0)))
            return f"Has waited {waited} of opening hours, too long to wait any longer"
        case "first_come":
            return f"{_first('The oldest', among)}, no deadline is running"
        case "in_turn":
            return _first("The first in turn", among)
        case "usual":
            return "Knows this client, having had most of its tickets"
        case "slower":
            return f"Takes {float(facts.get('pace', 1)):.3g} times the usual time at this work"
        case "chosen_by":
            why = str(facts.get("why", ""))
            return f"Chosen by {facts.get('who', '')}" + (f": {why}" if why else "")
    return ""


def _first(said: str, among: int) -> str:
    return "The only possible ticket" if among == 1 else f"{said} of {among} possible tickets"


def _weighed(facts: Mapping[str, Any]) -> str:
    slack, work = int(facts.get("slack_s", 0)), duration(int(facts.get("work_s", 0)))
    left = f"{duration(slack)} to spare" if slack >= 0 else f"{duration(-slack)} late at its end"
    left = left if "slack_s" in facts else "no deadline running"
    return f"{work} of work, {left}, weight {float(facts.get('weight', 1)):.3g}"
