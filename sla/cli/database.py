"""`migrate`, `backup`, `verify`: the database itself."""

import sqlite3
from pathlib import Path

import click

from sla.cli.opened import open_desk
from sla.desk.actor import SYSTEM
from sla.desk.verify import differences


@click.command()
def migrate() -> None:
    """Met la base aux tables d’aujourd’hui."""
    click.echo(f"À jour : {open_desk().database.engine.url.render_as_string(hide_password=True)}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Copie la base SQLite dans FILE pendant que le service tourne."""
    url = open_desk(migrated=False).database.engine.url
    if url.get_backend_name() != "sqlite" or not url.database:
        raise click.ClickException("La sauvegarde vaut pour SQLite ; sur PostgreSQL, employez pg_dump.")
    if file.exists():
        raise click.ClickException(f"{file} existe déjà : donnez un autre nom.")
    if not Path(url.database).exists():
        raise click.ClickException(f"Il n’y a pas de base à {url.database}.")
    if not file.parent.is_dir():
        raise click.ClickException(f"Le dossier {file.parent} n’existe pas : créez-le, ou donnez un autre nom.")
    part = file.with_name(file.name + ".part")
    with sqlite3.connect(url.database) as source, sqlite3.connect(part) as copy:
        source.backup(copy)
    copy.close()
    source.close()
    part.replace(file)
    click.echo(f"Copié dans {file} ({file.stat().st_size:,} octets).".replace(",", " "))


@click.command()
def verify() -> None:
    """Replie l’histoire de chaque ticket et compare avec ce qui est gardé."""
    desk = open_desk(keeps=False)
    found = desk.by(SYSTEM).see(differences)
    for line in found:
        click.echo(line)
    if found:
        raise click.ClickException(f"{len(found)} différences.")
    click.echo("Tout ce qui est gardé est le pli de l’histoire.")
