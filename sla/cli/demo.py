"""`demo`: a believable desk, served."""

import os
import sqlite3
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import click

from sla import wallclock
from sla.cli.opened import open_desk
from sla.cli.progress import progress_bar
from sla.cli.serve import check_port, serve
from sla.demo import demo_links, is_empty, seed, send_letters
from sla.settings import of_this_machine
from sla.store.migrate import migrate


@click.command()
def demo() -> None:
    """Sème un service vraisemblable (si la base est absente), donne un lien par rôle, et sert."""
    os.environ["SMTP_HOST"] = ""  # the demo's addresses are invented: its mails stay files
    environment = of_this_machine()
    file = environment.sla_var / "sla.sqlite3"
    if environment.database_url:
        raise click.ClickException("La démonstration a sa propre base : retirez DATABASE_URL.")
    check_port(environment)
    if not file.exists():
        _sow_apart(file)
    desk, now = open_desk(), wallclock.now()
    if is_empty(desk):
        raise click.ClickException(
            f"{file} est une base sans personne : supprimez-la (make clean) pour semer la démonstration."
        )
    click.echo(f"\nLe service est sur {environment.url} ; ses courriers sont dans {environment.sla_var / 'mail'}.")
    click.echo("Un lien par rôle (à usage unique, valable douze heures) :")
    for role, name, url in demo_links(desk, now):
        click.echo(f"  {role:<26} {name:<20} {url}")
    click.echo("Ctrl-C arrête.\n")
    desk.close()
    serve(with_jobs=True)


def _sow_apart(file: Path) -> None:
    """In a process of its own: making PDFs starts threads, and a server's workers forked from a process that had them
    would wait for them for ever."""
    sower = get_context("spawn").Process(target=_sow, args=(file,))
    sower.start()
    sower.join()
    if sower.exitcode:
        raise click.ClickException("La démonstration n’a pas pu être semée : la raison est écrite ci-dessus.")


def _sow(file: Path) -> None:
    """Beside the database, then moved to its place: cut short, it leaves nothing that looks like a desk."""
    part = file.with_name("demo.part.sqlite3")
    for rest in file.parent.glob(f"{part.name}*"):
        rest.unlink()
    desk, now = open_desk(migrated=False, database_url=f"sqlite:///{part}"), wallclock.now()
    migrate(desk.database)  # its first edition is of the weeks that are sown, not of this start
    with progress_bar("Trois semaines de support") as advance:
        seed(desk, now, advance)
    click.echo("Leurs courriers…")
    send_letters(desk, now)
    desk.close()
    with closing(sqlite3.connect(part)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    part.replace(file)
