"""What a ticket does not allow where it stands."""

from sla.errors.refused import Refused


class IllegalMove(Refused):
    code, status = "illegal_move", 409
    fr = "Le ticket nº {ticket} est dans l’état « {state} » : l’action « {action} » n’y est pas possible."
    en = "Ticket {ticket} is in the state “{state}”: the action “{action}” is not possible there."


class WaitsAlready(Refused):
    """A wait that another may not replace: what it waits for would be forgotten."""

    code, status = "waits_already", 409
    fr = "Le ticket nº {ticket} attend déjà {what} : c’est ce qui le fera reprendre."
    en = "Ticket {ticket} already waits for {what}: that is what it goes on with."


class NotTogether(Refused):
    code = "not_together"
    fr = "Le ticket nº {ticket} ne peut pas être regroupé avec le nº {into} : {rule}."
    en = "Ticket {ticket} can’t be merged into {into}: {rule}."


class MergedInto(Refused):
    """Nothing more is written on a ticket that was merged; the other goes on for both."""

    code, status = "merged_into", 409
    fr = "Le ticket nº {ticket} est regroupé avec le nº {into} : écrivez-y, c’est là qu’il est suivi."
    en = "Ticket {ticket} was merged into {into}: write there, where it is followed."


class Overtaken(Refused):
    """Someone was first: what the page showed is no longer so."""

    code, status = "overtaken", 409
    fr = (
        "{who} a modifié le ticket nº {ticket} entre-temps ({what}). Votre action n’a pas été faite : "
        "rechargez la page."
    )
    en = "{who} changed ticket {ticket} in the meantime ({what}). Your action was not done: reload the page."


class AlreadyDone(Refused):
    code, status = "already_done", 409
    fr = "Rien n’a été changé : {what}."
    en = "Nothing was changed: {what}."


class SentBefore(Refused):
    """The sender's key comes again with something else: whether that mends the first ticket or makes a second one is
    the sender's to say."""

    code, status = "sent_before", 409
    fr = (
        "Cet envoi a déjà donné le ticket nº {ticket}, et son contenu a changé depuis : rien de plus n’est enregistré. "
        "Complétez ce ticket-là, ou envoyez de nouveau pour en déposer un autre."
    )
    en = (
        "This was sent before and made ticket {ticket}; its content has changed since: nothing more is recorded. Write "
        "on that ticket, or send again, as a new request, to submit another one."
    )


class Crowded(Refused):
    """The database gave up on two that stood in each other's way, or was held for too long."""

    code, status = "crowded", 503
    fr = "D’autres agissent au même instant sur les mêmes données : rien n’a été enregistré. Réessayez dans un instant."
    en = "Others act on the same data at this very moment: nothing was saved. Try again in a moment."
