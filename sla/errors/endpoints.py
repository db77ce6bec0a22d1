"""What no webhook may be sent to, and what can't be replayed."""

from sla.errors.refused import Refused


class BadEndpoint(Refused):
    code = "bad_endpoint"
    fr = "Aucun webhook ne peut être envoyé à « {value} » : {rule}."
    en = "No webhook can be sent to “{value}”: {rule}."


class EndpointStopped(Refused):
    code, status = "endpoint_stopped", 409
    fr = "Le destinataire « {label} » est arrêté : reprenez d’abord ses envois."
    en = "The receiver “{label}” is stopped: resume its messages first."


class TooManyAtOnce(Refused):
    code = "too_many_at_once"
    fr = "{count} événements se sont produits depuis : choisissez un instant plus récent ({limit} au plus à la fois)."
    en = "{count} events have happened since: choose a later instant ({limit} at most at once)."
