"""`seed`: an empty desk becomes a believable one, all of it written by the verbs at the instants of what happened."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from sla.demo.alive import Alive, absences, announce, mishap
from sla.demo.cast import Cast, found, founding
from sla.demo.plot import Plot, timetable
from sla.demo.shift import Shift
from sla.demo.stage import Stage
from sla.desk.actor import SYSTEM
from sla.desk.census import is_unused
from sla.desk.office import Desk

SEED = 20
DAYS = 21
CALM_MINUTES = 1260

Progress = Callable[[int, int], None]


class NotEmpty(Exception):
    """The database holds people already."""

    def __init__(self) -> None:
        super().__init__("La base contient déjà des comptes : la démonstration ne sème que dans une base vide.")


def is_empty(desk: Desk) -> bool:
    """Whether nobody has an account yet."""
    return desk.by(SYSTEM).see(is_unused)


def seed(desk: Desk, now: datetime, progress: Progress | None = None, *, days: int = DAYS) -> None:
    """Three weeks up to `now`, in an empty migrated database; NotEmpty otherwise. The same `now` gives the same desk.

    `progress(done, total)` is called as the days go by, in hours of the history.
    """
    if not is_empty(desk):
        raise NotEmpty
    start = desk.settings.midnight((now.astimezone(desk.settings.zone) - timedelta(days=days)).date())
    stage = Stage(desk, founding(now), now)
    stage.later(stage.at, lambda: _open(stage, start))
    total = int((now - start).total_seconds() // 3600)
    stage.play(lambda at: _told(progress, max(0, int((at - start).total_seconds() // 3600)), total))


def _told(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)


def _open(stage: Stage, start: datetime) -> None:
    """The founding; what follows is put on the stage for its own time."""
    cast = found(stage, start)
    stage.later(start, lambda: _begin(stage, cast, start))


def _begin(stage: Stage, cast: Cast, start: datetime) -> None:
    chance = Random(SEED)
    plot = Plot(stage, cast, chance)
    away = absences(plot, start)
    for code, technician in cast.technicians.items():
        hours = stage.hours.minus([away[code]]) if code in away else stage.hours
        plot.shifts[code] = Shift(stage, technician, hours, plot.tellings, chance)
        stage.later(start, plot.shifts[code].free)
    plot.shifts["clara"].forgets = _last_closing(stage)
    announce(plot, start, away)
    mishap(plot, away["yann"])
    alive = Alive(plot)
    plot.calm_from = alive.before(CALM_MINUTES)
    for at in timetable(stage, start, alive.before(40), chance):
        stage.later(at, plot.someone_asks)
    for at in timetable(stage, stage.hours.prev_open(stage.end), stage.end - timedelta(minutes=2), chance):
        if not stage.hours.is_open(at):
            stage.later(at, plot.someone_asks)
    alive.prepare()


def _last_closing(stage: Stage) -> datetime:
    """The one before the hours that are played last."""
    hours, end = stage.hours, stage.end
    return hours.prev_open(hours.prev_opening(end) if hours.is_open(end) else end)
