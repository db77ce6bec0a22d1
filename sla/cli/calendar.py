"""`add-closure`: the desk is closed from a shell, once its effect was read."""

import click

from sla import wording
from sla.cli.opened import open_desk
from sla.desk.actor import SYSTEM
from sla.desk.calendar_preview import Previewed, preview_typed
from sla.desk.edit_calendar import edit_calendar
from sla.desk.office import Turn

LINES = 20


@click.command()
@click.argument("start")
@click.argument("end")
@click.argument("label")
@click.argument("reason")
@click.option("--yes", is_flag=True, help="enregistre ; sans cela, l’effet est montré et rien n’est écrit")
@click.option("--move", is_flag=True, help="déplace les rendez-vous touchés aux instants proposés")
@click.option("--notify", is_flag=True, help="prévient les clients dont les échéances bougent")
def add_closure(start: str, end: str, label: str, reason: str, yes: bool, move: bool, notify: bool) -> None:
    """Ferme le support de START à END (2026-11-30, ou 2026-11-30T09:00 ; heure du support, dernier jour compris).

    LABEL et REASON sont lus par les clients.
    """
    turn = open_desk(keeps=yes).by(SYSTEM)
    (first_day, _, first_time), (last_day, _, last_time) = start.partition("T"), end.partition("T")
    ends = {"first_day": first_day, "first_time": first_time, "last_day": last_day, "last_time": last_time}
    seen = turn.see(preview_typed, "period", {"table": "closures", "label": label, **ends})
    _tell(seen)
    if yes:
        _save(turn, seen, reason, move, notify)
    else:
        click.echo("Rien n’est enregistré : ajoutez --yes.")


def _save(turn: Turn, seen: Previewed, reason: str, move: bool, notify: bool) -> None:
    repairs = {each.appointment: each.proposal for each in seen.impact.broken} if move else {}
    kept = turn.do(edit_calendar, seen.edit, reason=reason, seen=seen.number, repairs=repairs, notify=notify)
    click.echo(f"Édition {kept.number} du calendrier enregistrée.")


def _tell(seen: Previewed) -> None:
    impact, zone = seen.impact, seen.before.zone
    moved, broken = len(impact.moved), len(impact.broken)
    click.echo(
        f"{wording.plural(moved, 'échéance déplacée', 'échéances déplacées')}, "
        f"{wording.plural(broken, 'rendez-vous rompu', 'rendez-vous rompus')}, "
        f"{wording.hours(impact.open_s)} d’ouverture."
    )
    for each in impact.moved[:LINES]:
        old, new = (wording.brief(at, zone, impact.at) for at in (each.old, each.new))
        click.echo(f"  nº {each.ticket} {each.company}, {wording.label('clock', each.clock)} : {old} → {new}")
    if moved > LINES:
        click.echo(f"  … et {moved - LINES} autres")
    for call in impact.broken:
        old, new = (wording.brief(at, zone, impact.at) for at in (call.starts_at, call.proposal))
        click.echo(f"  nº {call.ticket} {call.company}, rendez-vous avec {call.technician} : {old}, proposé {new}")
