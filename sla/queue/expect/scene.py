"""The desk at an instant, from which futures are played: zero of the axis is now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sla.queue.jobs import Hand, Job, in_hand

DRAWN = 0
"""The number of a ticket that is not there yet."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Who is there, what waits (what is in hand with its `spent`), and what is with the client and will come back
    (`spent`: for how long); `day`: working seconds since the opening."""

    hands: Sequence[Hand]
    waiting: Sequence[Job]
    returning: Sequence[Job] = ()
    day: float = 0.0

    @property
    def in_hand(self) -> Mapping[int, Job]:
        """By technician, what they are at, as the plan has it."""
        return in_hand(self.waiting, {hand.id for hand in self.hands})
