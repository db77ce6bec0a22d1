"""The names that people read for the codes that programs keep: French in the booklet's words, then English.

Kinds: `state` (the desk's view), `client_state` (the client's), `turn` (whose move it is), `severity`, `severity_help`,
`coverage`, `level` (a coverage in a word), `payer` (a coverage beside a line, for the client),
`clock`, `mark`, `outcome`, `event`, `readiness`, `estimate`, `role`, `timer` (what the service does by itself), `frame`
(what surrounds pages).
"""

from sla.wording.durations import agreed
from sla.wording.events import EVENTS
from sla.wording.frame import FRAME
from sla.wording.timers import TIMERS

Names = dict[str, tuple[str, str]]

STATES: Names = {
    "new": ("Nouveau", "New"),
    "assigned": ("Affecté", "Assigned"),
    "in_progress": ("En cours", "In progress"),
    "waiting_client": ("En attente du client", "Waiting for the client"),
    "waiting_publisher": ("En attente de l’éditeur", "Waiting for the publisher"),
    "planned": ("Planifié", "Planned"),
    "resolved": ("Résolu", "Resolved"),
    "closed": ("Clos", "Closed"),
    "reopened": ("Rouvert", "Reopened"),
    "to_deployment": ("Au service déploiement", "With the deployment desk"),
    "declined": ("Non traité", "Declined"),
    "merged": ("Regroupé avec un autre", "Merged into another"),
}
CLIENT_STATES: Names = {
    "new": ("Reçu", "Received"),
    "assigned": ("Reçu, dans la file", "Received, in the queue"),
    "in_progress": ("En cours", "In progress"),
    "waiting_client": ("Votre réponse est attendue", "Your answer is awaited"),
    "waiting_publisher": ("Suivi avec l’éditeur", "Followed up with the publisher"),
    "planned": ("Intervention réservée", "Session booked"),
    "resolved": ("Travail à accepter", "Work to accept"),
    "closed": ("Clos", "Closed"),
    "reopened": ("Rouvert", "Reopened"),
    "to_deployment": ("Repris par le service déploiement", "Taken over by the deployment desk"),
    "declined": ("Non traité", "Declined"),
    "merged": ("Regroupé avec un autre", "Merged into another"),
}
TURNS: Names = {
    **dict.fromkeys(("new", "assigned", "in_progress", "planned", "reopened"), ("Au support", "With support")),
    **dict.fromkeys(("waiting_client", "resolved"), ("À votre tour", "Your turn")),
    "waiting_publisher": ("À l’éditeur", "With the publisher"),
    "to_deployment": ("Au déploiement", "With deployment"),
    **dict.fromkeys(("closed", "declined", "merged"), ("Terminé", "Done")),
}
SEVERITIES: Names = {
    "blocking": ("bloquant", "blocking"),
    "major": ("majeur", "major"),
    "minor": ("mineur", "minor"),
    "question": ("question", "question"),
}
SEVERITIES_HELP: Names = {
    "blocking": ("on ne peut plus travailler", "work has stopped"),
    "major": ("une fonction manque", "a function is missing"),
    "minor": ("on peut contourner", "there is a way round"),
    "question": ("rien ne presse", "no hurry"),
}
COVERAGES: Names = {
    "maintenance": ("Inclus dans votre contrat", "Included in your contract"),
    "tma": (
        "TMA\u00a0: décompté de votre forfait, par quart d’heure entamé",
        "TMA: taken from your prepaid hours, by the started quarter-hour",
    ),
    "excluded": ("Non traité", "Not covered"),
}
LEVELS: Names = {
    "maintenance": ("maintenance", "maintenance"),
    "tma": ("TMA", "TMA"),
    "excluded": ("non traité", "not covered"),
}
PAYERS: Names = {
    "maintenance": ("inclus dans votre contrat", "included in your contract"),
    "tma": ("décompté de votre forfait", "taken from your prepaid hours"),
    "excluded": ("non traité par le support", "not covered by support"),
}
CLOCKS: Names = {
    "first_response": ("1re réponse", "First response"),
    "next_response": ("Réponse suivante", "Next response"),
    "workaround": ("Contournement", "Workaround"),
    "resolution": ("Résolution", "Resolution"),
    "deployment": ("Reprise par le déploiement", "Deployment takeover"),
    "acceptance": ("Recette", "Acceptance"),  # no clock of the fold: a window in working days
}
MARKS: Names = {
    "on_time": ("dans les temps", "on time"),
    "watch": ("à surveiller", "to watch"),
    "late": ("dépassé", "overdue"),
    "paused": ("en pause", "paused"),
    "met": ("tenu", "met"),
    "missed": ("manqué", "missed"),
    "void": ("sans objet", "void"),
    "idle": ("à l’arrêt", "idle"),
    "running": ("en marche", "running"),
}
OUTCOMES: Names = {
    "accepted": ("Pris en charge", "Taken in charge"),
    "waits_forfait": ("En attente d’un forfait d’heures", "Waiting for prepaid hours"),
    "waits_dispatcher": ("En attente d’une décision du support", "Waiting for support to decide"),
    "excluded": ("Non traité", "Not covered"),
    "to_deployment": ("Transmis au service déploiement", "Handed to the deployment desk"),
}
READINESS: Names = {
    "ready": ("prêt", "ready"),
    "not_ready": ("pas prêt", "not ready"),
    "not_applicable": ("sans objet", "not applicable"),
    "unanswered": ("sans réponse", "unanswered"),
}
ESTIMATES: Names = {
    "offered": ("attend l’accord du client", "awaits the client’s agreement"),
    "accepted": ("accepté", "accepted"),
    "declined": ("refusé par le client", "declined by the client"),
    "expired": ("expiré sans réponse", "expired without an answer"),
    "replaced": ("remplacé", "replaced"),
    "undefined": ("dit au client", "said to the client"),
    "transferred": ("au-delà de la limite, transmis au déploiement", "beyond the limit, handed to deployment"),
}
ROLES: Names = {
    "client": ("Client", "Client"),
    "technician": ("Technicien", "Technician"),
    "dispatcher": ("Répartiteur", "Dispatcher"),
    "manager": ("Responsable", "Manager"),
    "deployment": ("Service déploiement", "Deployment desk"),
    "requester": ("Demandeur", "Requester"),
    "approver": ("Valideur", "Approver"),
    "account": ("Référent du compte", "Account holder"),
    "system": ("Le service", "The service"),
}

_KINDS: dict[str, Names] = {
    "state": STATES,
    "client_state": CLIENT_STATES,
    "turn": TURNS,
    "severity": SEVERITIES,
    "severity_help": SEVERITIES_HELP,
    "coverage": COVERAGES,
    "level": LEVELS,
    "payer": PAYERS,
    "clock": CLOCKS,
    "mark": MARKS,
    "event": EVENTS,
    "outcome": OUTCOMES,
    "readiness": READINESS,
    "estimate": ESTIMATES,
    "role": ROLES,
    "frame": FRAME,
    "timer": TIMERS,
}


def label(kind: str, code: object, lang: str = "fr") -> str:
    """The name of a code (text, or an enum member whose value is that text). A code without a name shows itself,
    underscores as spaces: `known` lets a test hold every enum against its names. KeyError for an unknown kind."""
    text = str(getattr(code, "value", code)).lower()
    names = _KINDS[kind].get(text)
    return text.replace("_", " ") if names is None else names[1 if lang == "en" else 0]


def say(code: str, lang: str = "fr") -> str:
    """A sentence of the page's frame, `label("frame", …)`."""
    return label("frame", code, lang)


def say_of(code: str, seconds: int, lang: str = "fr") -> str:
    """What follows a length of time, its first word agreed with it: « 1 h ouvrée », « 2 h restantes sur 20 h »."""
    said = say(code, lang)
    if lang == "en":
        return said
    first, space, rest = said.partition(" ")
    return agreed(first, seconds) + space + rest


def known(kind: str) -> frozenset[str]:
    """The codes of a kind that have a name."""
    return frozenset(_KINDS[kind])
