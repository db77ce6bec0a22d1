"""What the service itself wrote into histories and ledgers, which keep it in French, for a reader of English.

Each is written in one place and kept for ever; somebody's own words are left as they are.
"""

import re
from collections.abc import Mapping

WHOLE: Mapping[str, str] = {
    "Un forfait a été souscrit\u00a0: la demande reprend son cours.": "A pack was bought: the request goes on.",
    "La date choisie est arrivée.": "The date chosen has come.",
    "Clos sans réponse à la recette, après le délai annoncé.": (
        "Closed without an answer on the work, after the time announced."
    ),
    "Heures dues, travaillées auparavant": "Hours owed, worked before",
    "Heures rendues, gardées pour ce forfait": "Hours given back, kept for this pack",
    "Fin de validité du forfait": "End of the pack’s validity",
    "Achat": "Purchase",
    "Consommation": "Consumption",
    "Correction": "Correction",
    "Expiration": "Expiry",
}
MADE = (
    (re.compile(r"Ticket nº\u00a0(\d+)"), r"Ticket \1"),
    (re.compile(r"Ticket nº\u00a0(\d+) requalifié"), r"Ticket \1 requalified"),
    (re.compile(r"Ticket nº\u00a0(\d+), temps corrigé\u00a0: (.*)", re.S), r"Ticket \1, time corrected: \2"),
    (re.compile(r"Heures dues du ticket nº\u00a0(\d+)"), r"Hours owed for ticket \1"),
    (re.compile(r"Heures dues des tickets nº\u00a0(\d+(?:, \d+)+)"), r"Hours owed for tickets \1"),
    (re.compile(r"Forfait (\d+) h"), r"Pack of \1 h"),
    (
        re.compile(r"L’éditeur a corrigé l’erreur (.+) dans la version (.+?)\.(\n\n.*)?", re.S),
        r"The publisher has fixed error \1 in version \2.\3",
    ),
)


def written_by_the_service(text: str, lang: str) -> str:
    """The text in the reader's language if the service wrote it, else as it is."""
    if lang != "en":
        return text
    if text in WHOLE:
        return WHOLE[text]
    for french, english in MADE:
        if french.fullmatch(text):
            return french.sub(english, text)
    return text
