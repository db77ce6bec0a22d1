"""What tests of running timers start from and read: two instants of Monday 1 June 2026, TMA work, a timer's row, and
where a secret of theirs would be kept."""

from sla.store.tables import Stint
from tests.desk.kept import USAGE, a_ticket, everything
from tests.worlds import World

TEN, ELEVEN = "2026-06-01 10:00", "2026-06-01 11:00"


def usage(world: World) -> int:
    return a_ticket(world, item=USAGE)


def stint(world: World, number: int) -> Stint:
    with world.desk.database.reading() as session:
        return session.get_one(Stint, number)


def secrets_kept(world: World) -> list[str]:
    return [
        name
        for name, rows in everything(world).items()
        if any("Azerty12" in str(row) or "4321" in str(row) for row in rows)
    ]
