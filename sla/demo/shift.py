"""A technician's days: open, calls at their hour, what is in hand, then « au suivant »; never two things at once."""

from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

from sla.calendar import BusinessCalendar
from sla.demo.stage import Stage
from sla.demo.telling import Telling
from sla.desk.actor import Actor
from sla.desk.running_work import start_work, stop_work
from sla.desk.take import take_next
from sla.desk.work import work
from sla.errors import NotFound, Overlap, Refused

LEAST_STRETCH = 6
"""Minutes before a call or closing below which nothing is begun."""
CALL_MINUTES = (5, 13)
TIMED = timedelta(days=4)
"""How long before the end the technicians use their timer; time of before is typed."""
FORGOTTEN = timedelta(minutes=150)
"""How long before a closing a timer can be left running by whoever forgets it."""


class Shift:
    """`hours` are the technician's own: the desk's less their absences. `tellings` are all tickets by number."""

    def __init__(
        self, stage: Stage, technician: Actor, hours: BusinessCalendar, tellings: dict[int, Telling], chance: Random
    ) -> None:
        self.stage, self.technician, self.hours = stage, technician, hours
        self.tellings, self.chance = tellings, chance
        self.in_hand: list[Telling] = []
        self.calls: list[tuple[datetime, Telling]] = []
        self.forgets: datetime | None = None
        """The closing over which a timer is forgotten, once."""
        self.until = stage.at
        """How long the technician is engaged."""
        self._idle_since = -1

    def expect_call(self, at: datetime, telling: Telling) -> None:
        self.calls.append((at, telling))
        self.calls.sort(key=lambda call: call[0])

    def free(self) -> None:
        """What comes next."""
        at = self.stage.at
        if not self.hours.is_open(at):
            self._wait(self.hours.next_open(at) + timedelta(seconds=self.chance.randint(5, 420)))
        elif self.calls and self.calls[0][0] <= at:
            self._call()
        else:
            self._begin()

    def _begin(self) -> None:
        limit = self.hours.next_close(self.stage.at)
        if self.calls:
            limit = min(limit, self.calls[0][0])
        room = int((limit - self.stage.at).total_seconds() // 60) - 1  # the timer is stopped before the desk is
        telling = self._choice() if room >= LEAST_STRETCH else None
        if telling is None:
            self._wait(min(limit, self.stage.at + timedelta(minutes=self.chance.randint(4, 15))))
            return
        stretch = min(telling.left, room)
        timed = self._starts_timer(telling)
        self.until = self.stage.at + timedelta(minutes=stretch)
        self.stage.later(self.until, lambda: self._end(telling, stretch, timed))

    def _starts_timer(self, telling: Telling) -> bool:
        """TMA work that is not agreed on has no timer: what is done all the same is typed."""
        if telling.effort is None or not telling.effort.logged or self.stage.at < self.stage.end - TIMED:
            return False
        try:
            self.stage.do(self.technician, start_work, telling.number)
        except Refused:
            return False
        return True

    def _choice(self) -> Telling | None:
        """Follow-ups and new ones by turns; what is taken is begun at once."""
        if self.in_hand and self.chance.random() < 0.55:
            return self.in_hand.pop(0)
        if not self._take():
            return self.in_hand.pop(0) if self.in_hand else None
        return self.in_hand.pop() if self.in_hand else None

    def _take(self) -> bool:
        """« Au suivant », unless nothing has come since there was nothing."""
        if self._idle_since == self.stage.stirred:
            return False
        try:
            ticket, _ = self.stage.do(self.technician, take_next)
        except NotFound:
            self._idle_since = self.stage.stirred
            return False
        self.tellings[ticket.id].taken_by(self)
        return True

    def _end(self, telling: Telling, minutes: int, timed: bool) -> None:
        effort = telling.effort
        if timed and self._forgets():
            return  # nothing goes on there before its time is confirmed
        if timed:
            self.stage.do(self.technician, stop_work, telling.number, note=effort.note if effort else "")
        elif effort is not None and effort.logged:
            self._log(telling, minutes, effort.note)
        telling.left -= minutes
        if telling.left > 0:
            self.in_hand.insert(0, telling)
        else:
            telling.go_on()
        self._breathe()

    def _forgets(self) -> bool:
        """The timer goes on to the closing, which stops it; its time is left to be confirmed."""
        closing = self.forgets
        if closing is None or not closing - FORGOTTEN < self.stage.at < closing:
            return False
        if self.calls and self.calls[0][0] <= closing:
            return False
        self.forgets = None
        self._wait(closing)
        return True

    def _log(self, telling: Telling, minutes: int, note: str = "") -> None:
        self.stage.do(self.technician, work, telling.number, minutes=minutes, note=note)

    def _call(self) -> None:
        """Held for some minutes; a call that nobody answers costs none."""
        _, telling = self.calls.pop(0)
        minutes = self.chance.randint(*CALL_MINUTES)

        def hang_up() -> None:
            telling.go_on()
            if telling.effort is not None:
                with suppress(Overlap):  # taken in the midst of what a forgotten timer counts
                    self._log(telling, minutes)
            self._breathe()

        self.stage.later(self.stage.at + timedelta(minutes=minutes), hang_up)

    def _breathe(self) -> None:
        """Between two things: the telephone, a colleague, a coffee."""
        self._wait(self.stage.at + timedelta(seconds=self.chance.randint(60, 900)))

    def _wait(self, until: datetime) -> None:
        """Free again then, or for the next call."""
        if self.calls and self.calls[0][0] > self.stage.at:
            until = min(until, self.calls[0][0])
        self.stage.later(until, self.free)
