"""What the queue knows of the past is what had been written by the last midnight, whenever a process first looks."""

from sla.desk.actor import SYSTEM
from sla.desk.assign import assign
from sla.desk.known import Known, known
from sla.desk.office import Tx
from sla.desk.reopen import reopen
from sla.desk.resolve import resolve
from sla.desk.take import take
from sla.desk.work import work
from tests.desk.kept import a_ticket, in_hand
from tests.worlds import World

TODAY = "2026-06-02"


def as_if_started(world: World, at: str) -> Known:
    """What a process that starts at that instant reads."""

    def read(tx: Tx) -> Known:
        tx.desk.remembered = None, None
        return known(tx)

    found: Known = world.see(SYSTEM, f"{TODAY} {at}", read)
    return found


def test_what_is_handed_over_or_reopened_today_changes_nothing_before_tomorrow(world: World) -> None:
    """Clara had three of Acme's tickets and resolved one of them; a fourth was only assigned."""
    for day in ("2026-05-26", "2026-05-27", "2026-05-28"):
        world.do("clara", f"{day} 09:30", take, a_ticket(world, f"{day} 09:00", title=f"Écart du {day}"))
    a_ticket(world, "2026-05-28 16:00", title="Seulement assigné")
    done = in_hand(world, "2026-06-01 09:30", title="Fait")
    world.do("clara", "2026-06-01 10:30", work, done, minutes=30)
    world.do("clara", "2026-06-01 10:30", resolve, done, text="C’est fait.")
    before = as_if_started(world, "09:00")
    assert (before.usual, len(before.paces)) == ({world.companies["acme"]: world.people["clara"].id}, 1)
    for number in (1, 2, 3):
        world.do("diane", f"{TODAY} 10:00", assign, number, technician=world.people["sandrine"].id)
    world.do("julie", f"{TODAY} 10:10", reopen, done, text="Ça recommence.")
    assert as_if_started(world, "11:00") == before
