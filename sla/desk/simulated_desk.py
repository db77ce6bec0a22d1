"""The desk as it is, for `sla simulate`: who is there, what has arrived, what it took, what is promised."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import log
from statistics import fmean, stdev
from typing import Any

from sqlalchemy import func, select

from sla.calendar import BusinessCalendar
from sla.contract.service_item import Coverage
from sla.desk.office import Tx
from sla.desk.past_work import past_work
from sla.desk.roster import team
from sla.queue.axis import Axis
from sla.queue.expect.durations import FollowUps
from sla.simulation.simulated_desk import Arrivals, Line, Severity, SimulatedDesk, Stress, Work
from sla.store.tables import Absence, Ticket

HISTORY_DAYS = 180
FEW_TICKETS = 30
"""Below so many, nothing is supposed of shares and rates: see USUAL_WEEK."""
USUAL_WEEK = 200.0
FIRST_SIGMA, REST_SIGMA = 0.6, 0.8
"""Of the logarithm of durations, while too few are known."""
OFFICE_HOURS = tuple(float(8 <= hour < 18) for hour in range(24))
OFFICE_DAYS = (1.0,) * 5 + (0.0, 0.0)
SHRINK = 10


def simulated_desk(tx: Tx) -> SimulatedDesk:
    """From settings and the last half-year; where fewer than FEW_TICKETS are known, as settings say and evenly."""
    since = tx.now - timedelta(days=HISTORY_DAYS)
    columns = Ticket.item, Ticket.level, Ticket.severity, Ticket.deposited_at
    rows = tx.session.execute(select(*columns).where(Ticket.deposited_at >= since)).all()
    served = [row for row in rows if row.level != Coverage.EXCLUDED]
    ratios, follow = past_work(tx, tx.now)
    axis, rules = Axis(tx.hours, tx.now), tx.settings.plan
    severities = _severities(tx, served)
    first = sum(each.share * rules.first_response_minutes[each.code.split(".")[1]] for each in severities) * 60
    first /= sum(each.share for each in severities)
    hands = [each.hand(axis) for each in team(tx)]
    able = {skill for hand in hands for skill in hand.skills}
    return SimulatedDesk(
        tx.hours,
        [replace(hand, away=()) for hand in hands],
        _lines(tx, served, able),
        severities,
        Work(first * fmean(ratios.all), _sigma(ratios.all, FIRST_SIGMA)),
        follow.share or 1.0,
        _waits(follow),
        _wait(follow),
        _arrivals(tx, served, since),
        _absences(tx, since, len(hands)),
        rules.resolution_weight,
        rules.rule.hand_over_s,
    )


def _sigma(ratios: Sequence[float], else_: float) -> float:
    return stdev([log(each) for each in ratios if each > 0]) if len(ratios) >= FEW_TICKETS else else_


def _lines(tx: Tx, rows: Sequence[Any], able: set[str]) -> list[Line]:
    """Lines that somebody there masters, by how often they were asked for."""
    counts = _counts(rows, "item")
    known = [item for item in tx.settings.catalogue if item.skill in able and item.coverage != Coverage.EXCLUDED]
    worked = _worked(tx)
    return [
        Line(item.code, item.skill, share, Work(_minutes(tx, item.skill, worked.get(item.code, ())) * 60, REST_SIGMA))
        for item in known
        if (share := float(counts.get(item.code, 0) if len(rows) >= FEW_TICKETS else 1))
    ]


def _minutes(tx: Tx, skill: str, worked: Sequence[int]) -> float:
    """What follows a first answer: what was logged, shrunk toward the setting."""
    said = tx.settings.plan.resolution_minutes[skill]
    return (sum(worked) + SHRINK * said) / (len(worked) + SHRINK)


def _worked(tx: Tx) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    done = select(Ticket.item, Ticket.worked_minutes).where(Ticket.resolved_at.is_not(None), Ticket.worked_minutes > 0)
    for item, minutes in tx.session.execute(done.where(Ticket.resolved_at >= tx.now - timedelta(days=HISTORY_DAYS))):
        found.setdefault(item, []).append(minutes)
    return found


def _severities(tx: Tx, rows: Sequence[Any]) -> list[Severity]:
    """One for each level and severity, as `level.severity`."""
    counts: dict[str, int] = {}
    for row in rows:
        code = f"{row.level}.{row.severity}"
        counts[code] = counts.get(code, 0) + 1
    found = []
    for level in (Coverage.MAINTENANCE, Coverage.TMA):
        for severity, weight in tx.settings.plan.weight.items():
            share = counts.get(f"{level}.{severity}", 0) if len(rows) >= FEW_TICKETS else 1
            target = tx.targets.promise(level, severity)
            if share:
                code = f"{level}.{severity}"
                promised = target.first_response, target.resolution, target.next_response, target.workaround
                found.append(Severity(code, float(share), weight, *promised))
    return found


def _counts(rows: Sequence[Any], column: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[getattr(row, column)] = found.get(getattr(row, column), 0) + 1
    return found


def _waits(follow: FollowUps) -> float:
    return sum(pause > 0 for pause in follow.pauses) / len(follow.pauses)


def _wait(follow: FollowUps) -> float:
    return fmean([pause for pause in follow.pauses if pause > 0] or [0.0])


def _arrivals(tx: Tx, rows: Sequence[Any], since: datetime) -> Arrivals:
    """By weekday and by hour, as they came."""
    if len(rows) < FEW_TICKETS:
        return Arrivals(USUAL_WEEK, OFFICE_DAYS, OFFICE_HOURS)
    instants = [row.deposited_at for row in rows]
    weeks = max(1.0, (tx.now - max(since, min(instants))).days / 7)
    local = [at.astimezone(tx.settings.zone) for at in instants]
    days = [float(sum(at.weekday() == day for at in local)) for day in range(7)]
    return Arrivals(len(rows) / weeks, days, [float(sum(at.hour == hour for at in local)) for hour in range(24)])


def _absences(tx: Tx, since: datetime, people: int) -> Stress:
    """Absences of the same half-year, by how often they began and how many open days they took."""
    rows = tx.session.execute(
        select(Absence.starts_at, Absence.ends_at).where(Absence.starts_at >= since, Absence.starts_at < tx.now)
    ).all()
    lengths = [days for begin, end in rows if (days := _open_days(tx.hours, begin, end))]
    oldest = tx.session.scalar(select(func.min(Ticket.deposited_at)).where(Ticket.deposited_at >= since))
    observed = _open_days(tx.hours, oldest, tx.now) if oldest is not None else 0
    if not lengths or not people or not observed:
        return Stress()
    return Stress(min(1.0, len(lengths) / (people * observed)), lengths, people)


def _open_days(hours: BusinessCalendar, begin: datetime, end: datetime) -> int:
    day, last = begin.astimezone(hours.zone).date(), end.astimezone(hours.zone).date()
    return sum(hours.open_day(day + timedelta(days=count)) for count in range((last - day).days or 1))
