"""`shell`: Python with the desk at hand, for exploring."""

import code

import click

from sla import wallclock
from sla.cli.opened import open_desk
from sla.desk.actor import SYSTEM
from sla.desk.board import board
from sla.desk.ticket_view import see_ticket

BANNER = """`desk` est ouvert, `turn` agit comme le service : turn.see(board), turn.see(see_ticket, 1).
`now()` est l’instant."""


@click.command()
def shell() -> None:
    """Un Python avec le service sous la main."""
    desk = open_desk()
    code.interact(
        banner=BANNER,
        local={"desk": desk, "turn": desk.by(SYSTEM), "now": wallclock.now, "board": board, "see_ticket": see_ticket},
        exitmsg="",
    )
