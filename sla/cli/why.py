"""`why`: the clocks of a ticket, each with what it has counted and what it has left out."""

import click

from sla import wording
from sla.calendar import as_text
from sla.calendar.words import length
from sla.cli.opened import open_desk
from sla.desk.actor import SYSTEM
from sla.desk.ticket_view import why as explained
from sla.ticket.clock import ClockName, Mark


@click.command()
@click.argument("ticket", type=int)
@click.argument("clock", type=click.Choice([name.value for name in ClockName]), required=False)
def why(ticket: int, clock: str | None) -> None:
    """Pourquoi cette échéance : le temps compté et non compté des horloges du TICKET, ou de la seule CLOCK."""
    desk = open_desk(keeps=False)
    turn, zone = desk.by(SYSTEM), desk.settings.zone
    for name in [clock] if clock else list(ClockName):
        seen, found = turn.see(explained, ticket, name)
        if seen.mark == Mark.IDLE:
            continue
        due = f", échéance {seen.due_at.astimezone(zone):%Y-%m-%d %H:%M}" if seen.due_at else ""
        click.echo(f"{wording.label('clock', name)} ({wording.label('mark', seen.mark)}{due})")
        for part, title in ((found.spent, "Écoulé"), (found.ahead, "À venir")):
            if part:
                total = sum(each.seconds for each in part if each.counted)
                click.echo("\n".join([f" {title} : {length(total)}", *as_text(part, zone)]))
