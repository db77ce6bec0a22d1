"""Why nobody has a ticket, and what its dispatcher can do: one sentence or two on the board's panel."""

from sla.desk.ticket_view import TicketView
from sla.ticket.states import OPEN, State
from sla.wording.reasons import Said, skill

DECIDE = (
    "Aucun contrat de maintenance n’est en cours\u00a0: le ticket attend votre décision. Affectez-le pour qu’il soit "
    "traité, ou répondez qu’il ne l’est pas."
)
WAITS = {
    "forfait": "Il attend que le client ouvre un forfait\u00a0: dès la vente, le plan lui donne un technicien.",
    "date": "Il attend la date choisie par le client\u00a0: ce jour-là, le plan lui donne un technicien.",
}
AWAITED = "Il attend une réponse\u00a0: dès qu’elle vient, le plan lui donne un technicien."
LEFT = "Le support n’a plus à s’en charger."
NOBODY = (
    "Personne ne maîtrise {skill}\u00a0: requalifiez-le, ou ajoutez cette compétence à un technicien dans la "
    "configuration."
)
FREE = "Personne ne l’a encore\u00a0: affectez-le."


def unassigned(view: TicketView, *, able: bool) -> Said:
    """`able`: someone masters it."""
    ticket = view.ticket
    if ticket.state not in OPEN:
        return Said("arrow_right", LEFT)
    if ticket.state == State.NEW and any(event.data.get("reason") == "no_contract" for event in view.events):
        return Said("watch", DECIDE)
    if ticket.state in (State.WAITING_CLIENT, State.WAITING_PUBLISHER):
        return Said("arrow_right", WAITS.get(ticket.waiting_for or "", AWAITED))
    return Said("arrow_right", FREE) if able else Said("watch", NOBODY.format(skill=skill(view.item.skill)))
