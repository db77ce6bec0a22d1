"""Webhooks and what failed, from a shell: `add-endpoint`, `rotate-endpoint`, `replay-since`, `retry`."""

import click

from sla import wording
from sla.cli.opened import open_desk
from sla.desk import endpoints, replay
from sla.desk import retry as retrying
from sla.desk.actor import SYSTEM


@click.command()
@click.argument("url")
@click.option("--label", default="", help="son nom (celui de la machine si absent)")
@click.option("--event", "events", multiple=True, help="un événement voulu, par exemple resolved ; aucun : tous")
def add_endpoint(url: str, label: str, events: tuple[str, ...]) -> None:
    """Envoie les événements à URL, signés, et donne une seule fois le secret des signatures."""
    made = open_desk().by(SYSTEM).do(endpoints.add_endpoint, url=url, label=label, events=events)
    click.echo(f"Destinataire {made.endpoint.id} : {made.endpoint.label}\nSecret : {made.secret}")


@click.command()
@click.argument("endpoint", type=int)
def rotate_endpoint(endpoint: int) -> None:
    """Renouvelle le secret du destinataire numéro ENDPOINT ; l’ancien signe encore pendant un jour."""
    made = open_desk().by(SYSTEM).do(endpoints.rotate_endpoint, endpoint)
    click.echo(f"Secret : {made.secret}")


@click.command()
@click.argument("endpoint", type=int)
@click.argument("since")
def replay_since(endpoint: int, since: str) -> None:
    """Renvoie au destinataire ENDPOINT ce qui s’est passé depuis SINCE (2026-11-24T14:00, heure du support)."""
    count = open_desk().by(SYSTEM).do(replay.replay_since, endpoint, since=since)
    click.echo(wording.plural(count, "événement va être rejoué", "événements vont être rejoués"))


@click.command()
@click.argument("queue", type=click.Choice(list(retrying.QUEUES)))
@click.argument("number", type=int, required=False)
def retry(queue: str, number: int | None) -> None:
    """Rejoue une échéance (timers) ou un envoi (messages) en échec ; sans NUMBER, tout ce qui est en échec."""
    turn = open_desk().by(SYSTEM)
    if number is None:
        click.echo(wording.plural(turn.do(retrying.retry_all, queue), "reprise", "reprises"))
    else:
        click.echo(f"Repris : {turn.do(retrying.retry, queue, number).id}")
