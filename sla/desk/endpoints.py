"""`add_endpoint`, `rotate_endpoint`, `stop_endpoint`, `resume_endpoint`, `ping_endpoint`: where other software is told
what happens."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from sla.desk.announce import host_of, payload
from sla.desk.office import Tx
from sla.desk.typed import Reading
from sla.errors import AlreadyDone, BadEndpoint, Both, EndpointStopped, NotFound, Unknown
from sla.notify.addresses import LONGEST, Unfit, checked_url
from sla.notify.webhook_secret import fingerprint, secret
from sla.settings.secret_key import secret_key
from sla.store.tables import Endpoint, Message
from sla.ticket.facts import Kind

RULES = {
    "unreadable": Both(
        "écrivez une adresse entière, par exemple https://exemple.fr/webhooks",
        "write a whole address, for instance https://example.com/webhooks",
    ),
    "credentials": Both(
        "une adresse ne porte ni nom ni mot de passe, la signature suffit",
        "an address holds no name and no password, the signature is enough",
    ),
    "not_https": Both("il faut une adresse en https", "it must be an https address"),
    "private": Both(
        "c’est une adresse privée ; WEBHOOK_NETWORKS dit lesquelles sont permises",
        "it is a private address; WEBHOOK_NETWORKS says which are allowed",
    ),
}
PING = "ping"


@dataclass(frozen=True, slots=True)
class Secret:
    """What a receiver checks signatures by, told this once: the service derives it anew and keeps it nowhere."""

    endpoint: Endpoint
    secret: str


def add_endpoint(tx: Tx, *, url: str, label: str = "", events: Iterable[str] = ()) -> Secret:
    """`events`: kinds of the history (`deposited`, `answered`, …); none: all of them."""
    reading = Reading()
    url = reading.text("url", url, LONGEST)
    label = reading.line("label", label, 80, required=False)
    wanted = sorted(set(events))
    for unknown in [each for each in wanted if each not in set(Kind)][:1]:
        choices = ", ".join(sorted(Kind))
        reading.reproaches.append(Unknown("events", label="events", value=unknown[:60], choices=choices))
    reading.finish()
    _check(tx, url)
    endpoint = Endpoint(url=url, label=label or host_of(url), events=wanted, created_at=tx.now, author=tx.actor.name)
    tx.session.add(endpoint)
    tx.session.flush()
    return _sealed(tx, endpoint)


def rotate_endpoint(tx: Tx, number: int) -> Secret:
    """Another secret; for a day messages bear the signature of the former too."""
    endpoint = _locked(tx, number)
    endpoint.generation += 1
    endpoint.rotated_at = tx.now
    return _sealed(tx, endpoint)


def stop_endpoint(tx: Tx, number: int) -> Endpoint:
    """Nothing more is sent; what waits is kept for when it is taken up again."""
    endpoint = _locked(tx, number)
    if endpoint.state == "stopped":
        raise AlreadyDone(what=Both("ce destinataire est déjà arrêté", "this receiver is stopped already"))
    endpoint.state, endpoint.stopped_at = "stopped", tx.now
    return endpoint


def resume_endpoint(tx: Tx, number: int) -> Endpoint:
    """What waited leaves at once; what happened meanwhile was not kept for it, and can be replayed."""
    endpoint = _locked(tx, number)
    if endpoint.state == "active":
        raise AlreadyDone(what=Both("ce destinataire reçoit déjà", "this receiver is served already"))
    endpoint.state, endpoint.failing_since = "active", None
    return endpoint


def ping_endpoint(tx: Tx, number: int) -> Message:
    """A message about nothing, to see that it arrives and that its signature is understood."""
    endpoint = _locked(tx, number)
    if endpoint.state != "active":
        raise EndpointStopped(label=endpoint.label)
    key = f"webhook:{endpoint.id}:ping:{tx.now:%Y%m%dT%H%M%S.%fZ}"
    message = Message(key=key, kind=PING, channel="webhook", endpoint_id=endpoint.id, subject=PING)
    message.recipient, message.body = host_of(endpoint.url), payload(PING, tx.now, {})
    message.created_at = message.next_at = tx.now
    tx.session.add(message)
    tx.session.flush()
    return message


def _check(tx: Tx, url: str) -> None:
    try:
        checked_url(url, tx.settings.environment.open_networks)
    except Unfit as unfit:
        raise BadEndpoint("url", value=unfit.value, rule=RULES[unfit.rule]) from unfit


def _sealed(tx: Tx, endpoint: Endpoint) -> Secret:
    made = secret(secret_key(tx.settings.environment), endpoint.id, endpoint.generation)
    endpoint.fingerprint = fingerprint(made)
    return Secret(endpoint, made)


def _locked(tx: Tx, number: int) -> Endpoint:
    found = tx.session.scalars(select(Endpoint).where(Endpoint.id == number).with_for_update()).one_or_none()
    if found is None:
        raise NotFound("endpoint", value=number)
    return found
