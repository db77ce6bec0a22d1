"""`demo`: a believable desk, served."""

import os

import click

from sla import wallclock
from sla.cli.opened import open_desk
from sla.cli.serve import serve
from sla.demo import demo_links, is_empty, seed
from sla.notify.delivery import deliver_due

MAILS = 500


@click.command()
def demo() -> None:
    """Sème un service vraisemblable (si la base est vide), donne un lien par rôle, et sert."""
    os.environ["SMTP_HOST"] = ""  # the demo's addresses are invented: its mails stay files
    desk, now = open_desk(), wallclock.now()
    if is_empty(desk):
        with click.progressbar(length=100, label="Trois semaines de support") as bar:
            seed(desk, now, lambda done, total: bar.update(max(0, 100 * done // max(total, 1) - bar.pos)))
        click.echo("Leurs courriers…")
        while deliver_due(desk.database, desk.settings, now, limit=MAILS).looked_at:
            pass
    environment = desk.settings.environment
    click.echo(f"\nLe service est sur {environment.url} ; ses courriers sont dans {environment.sla_var / 'mail'}.")
    click.echo("Un lien par rôle (à usage unique, valable douze heures) :")
    for role, name, url in demo_links(desk, now):
        click.echo(f"  {role:<24} {name:<20} {url}")
    click.echo("Ctrl-C arrête.\n")
    desk.close()
    serve(with_jobs=True)
