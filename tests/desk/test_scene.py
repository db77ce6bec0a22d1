"""The replay looks at the queue that the plan looks at: one ticket, one piece of work."""

from sla.desk.actor import SYSTEM
from sla.desk.assign import assign
from sla.desk.awaiting import queue
from sla.desk.comment import comment
from sla.desk.office import Tx
from sla.desk.scene import scene
from sla.desk.take import take
from sla.queue.axis import Axis
from sla.queue.dispatch import first_come
from sla.queue.jobs import Job
from tests.desk.kept import a_ticket, in_hand
from tests.worlds import World

NOW = "2026-06-02 10:00"


def both(tx: Tx) -> tuple[list[Job], list[Job]]:
    """As the plan has them, and as the replay does."""
    axis = Axis(tx.hours, tx.now)
    return [work.job(axis) for work in first_come(queue(tx))], list(scene(tx).waiting)


def test_the_replay_has_the_plan_s_jobs(world: World) -> None:
    """One that waits for its first answer, one begun, one that its client wrote on again, one pinned; and Acme's usual
    technician, who took three of its tickets the week before."""
    for day in ("2026-05-26", "2026-05-27", "2026-05-28"):
        world.do("clara", f"{day} 09:30", take, a_ticket(world, f"{day} 09:00", title=f"Écart du {day}"))
    a_ticket(world, "2026-06-01 09:00", severity="blocking")
    again = in_hand(world, "2026-06-01 10:00", title="Encore")
    world.do("julie", "2026-06-01 15:00", comment, again, text="Toujours là.")
    pinned = a_ticket(world, "2026-06-01 16:00", title="Épinglé")
    world.do("diane", "2026-06-01 16:10", assign, pinned, technician=world.people["mehdi"].id)
    planned, replayed = world.see(SYSTEM, NOW, both)
    assert replayed == planned
    assert {job.usual for job in replayed} == {world.people["clara"].id}
    assert [job.priority for job in replayed if job.severity == "blocking"] == [4.0]
    assert len(replayed) == 6
