"""`shell`: Python with the desk at hand, for exploring."""

import code

import click

from sla import wallclock
from sla.cli.opened import open_desk
from sla.desk.actor import SYSTEM

BANNER = (
    """`desk` est ouvert, `turn` agit comme le service : turn.see(board.board), turn.do(…). `now()` est l’instant."""
)


@click.command()
def shell() -> None:
    """Un Python avec le service sous la main."""
    desk = open_desk()
    code.interact(banner=BANNER, local={"desk": desk, "turn": desk.by(SYSTEM), "now": wallclock.now}, exitmsg="")
