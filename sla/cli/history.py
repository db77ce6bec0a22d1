"""`import`: the history of another system."""

from pathlib import Path

import click

from sla.cli.opened import open_desk
from sla.cli.progress import progress_bar
from sla.importer import Mapping, import_file

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("import")
@click.argument("file", type=FILE)
@click.option(
    "--mapping", type=FILE, required=True, help="quelle activité est quel événement (config/import.example.toml)"
)
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="où écrire les lignes non reprises")
def import_(file: Path, mapping: Path, report: Path | None) -> None:
    """Reprend le journal FILE (CSV : ticket, instant, activité, technicien)."""
    desk = open_desk()
    read = Mapping.load(mapping, desk.settings.catalogue)
    report = report or file.with_suffix(".rapport.csv")
    with progress_bar("Reprise") as advance:
        found = import_file(desk, file, read, report, progress=advance)
    for line in found.lines():
        click.echo(line)
    if found.named:
        click.echo(f"Chaque ligne écartée, avec sa raison : {report}")
