"""Why an expected answer is no longer what was told: what changed in the queue, said without anybody's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sla.queue.expect.scene import Scene
from sla.queue.jobs import Hand, Job
from sla.queue.rule import Rule

MOVED_S = 15 * 60
MOVED_SHARE = 0.25
"""A window whose end moves by less than this, and by less than so much of its width, is the same window."""
HORIZON_S = 7 * 3600
"""Who is away within so many working seconds is away."""
URGENCY = ("blocking", "major", "minor", "question")


@dataclass(frozen=True, slots=True)
class Situation:
    """What bears on one ticket. `ahead`: the tickets that come before it, each with its severity; `away`: technicians
    who could take it and are not there; `edition` of the calendar; `newest`: the last ticket deposited; the
    ticket's own `severity`."""

    severity: str
    edition: int
    newest: int = 0
    ahead: Mapping[int, str] = field(default_factory=dict)
    away: Sequence[int] = ()

    def told(self) -> dict[str, Any]:
        """As a row keeps it."""
        ahead = {str(number): severity for number, severity in self.ahead.items()}
        facts = {"severity": self.severity, "edition": self.edition, "newest": self.newest}
        return {**facts, "ahead": ahead, "away": list(self.away)}

    @classmethod
    def kept(cls, row: Mapping[str, Any]) -> "Situation":
        ahead = {int(number): severity for number, severity in row["ahead"].items()}
        return cls(row["severity"], row["edition"], row["newest"], ahead, tuple(row["away"]))


@dataclass(frozen=True, slots=True)
class Reason:
    """`code`: severity, calendar, arrived (of one `severity`), overtaken, gone, away, back, slower or faster."""

    code: str
    count: int = 0
    severity: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """An answer is expected `later`, or sooner, for these reasons, the weightiest first; never none."""

    later: bool
    reasons: tuple[Reason, ...]


def situation(scene: Scene, mine: Job, rule: Rule, edition: int) -> Situation:
    """Ahead is what someone who could take this ticket takes first, as things stand."""
    able = [hand for hand in scene.hands if _may(rule, mine, hand)]
    others = (job for job in scene.waiting if job.ticket != mine.ticket)
    ahead = {job.ticket: job.severity for job in others if any(_first(rule, job, mine, hand) for hand in able)}
    newest = max(job.ticket for job in (*scene.waiting, *scene.returning))
    return Situation(mine.severity, edition, newest, ahead, tuple(hand.id for hand in able if _away(hand)))


def _may(rule: Rule, job: Job, hand: Hand) -> bool:
    return rule.able(job, hand) and job.owner in (None, hand.id)


def _first(rule: Rule, job: Job, mine: Job, hand: Hand) -> bool:
    """What is in hand is finished first."""
    return _may(rule, job, hand) and (job.spent is not None or rule.rank(job, hand, 0.0) > rule.rank(mine, hand, 0.0))


def _away(hand: Hand) -> bool:
    """For half a day at least: an appointment is no absence."""
    return any(begin < HORIZON_S and end - begin >= HORIZON_S / 2 for begin, end in hand.away)


def moved(by: float, width: float) -> bool:
    """Whether a window's end has moved so far, in working seconds, that it has to be told."""
    return abs(by) >= max(MOVED_S, MOVED_SHARE * width)


def changed(old: Situation, new: Situation, *, later: bool) -> Change:
    """What speaks for the direction in which the window moved; the pace of the work, when nothing else does."""
    reasons = [Reason("severity")] if old.severity != new.severity else []
    reasons += [Reason("calendar")] if old.edition != new.edition else []
    if later:
        reasons += [*_arrived(old, new), *_counted("away", set(new.away) - set(old.away))]
    else:
        reasons += [
            *_counted("gone", set(old.ahead) - set(new.ahead)),
            *_counted("back", set(old.away) - set(new.away)),
        ]
    return Change(later, tuple(reasons) or (Reason("slower" if later else "faster"),))


def _arrived(old: Situation, new: Situation) -> list[Reason]:
    """What was deposited since and comes first, by severity, the most urgent before the others; then what was there and
    comes first by now."""
    ahead = {number: severity for number, severity in new.ahead.items() if number not in old.ahead}
    came = [severity for number, severity in ahead.items() if number > old.newest]
    found = [Reason("arrived", came.count(each), each) for each in URGENCY if each in came]
    return found + _counted("overtaken", {number for number in ahead if number <= old.newest})


def _counted(code: str, who: set[int]) -> list[Reason]:
    return [Reason(code, len(who))] if who else []
