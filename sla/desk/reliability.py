"""What clients were told against what came, as a manager reads it: nothing here knew more than its instant did."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from sla.contract.targets import Severity
from sla.desk.first_answers import grids
from sla.desk.office import Tx
from sla.queue.expect.grid import Grid
from sla.queue.expect.plain import last_hundred, last_wait, rolling_mean
from sla.queue.expect.reliability import Drift, Outcome, Rated, covered, curve, drift, rated
from sla.queue.expect.window import CONFIDENCE
from sla.store.tables import FirstAnswer, Prediction

SHOWN = 1000
KNOWN = 5 * SHOWN
OURS = "told"
ANY = ""


@dataclass(frozen=True, slots=True)
class Share:
    """Of the windows told for one severity, the share that held."""

    severity: str
    count: int
    covered: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of the last windows told at a deposit and answered since. `curve`: (level, share that had come by then); `rated`:
    ours, then the naive predictors; `answers`: first answers known in all, of which `least` are needed."""

    count: int
    since: datetime | None
    covered: float
    claimed: float
    severities: Sequence[Share]
    curve: Sequence[tuple[float, float]]
    rated: Sequence[Rated]
    drift: Drift | None
    answers: int
    least: int


def reliability(tx: Tx) -> Reliability:
    """For a manager."""
    known = _answers(tx)
    rows = _scored(tx)
    found = _outcomes(rows, known)
    shares = [(each, [one for one in found if one.severity == each]) for each in Severity]
    return Reliability(
        len(found),
        min((row.at for row in rows), default=None),
        covered(found),
        CONFIDENCE,
        [Share(each, len(these), covered(these)) for each, these in shares if these],
        curve(found),
        rated(found, OURS),
        drift([each.within for each in found], CONFIDENCE),
        len(known),
        tx.settings.plan.prediction_least_answers,
    )


def held(tx: Tx) -> list[bool]:
    """Of each window told at a deposit, in the order in which answers came, whether it held."""
    return [row.low_at <= row.answered_at <= row.high_at for row in _scored(tx)]


def _scored(tx: Tx) -> list[Any]:
    """The last predictions with a window, with their answers, in the order in which these came."""
    columns = (
        Prediction.at,
        Prediction.severity,
        Prediction.rule,
        Prediction.low_at,
        Prediction.high_at,
        Prediction.offers,
        FirstAnswer.answered_at,
        FirstAnswer.wait_s,
    )
    own = (FirstAnswer.ticket_id == Prediction.ticket_id) & (FirstAnswer.asked_at == Prediction.at)
    query = select(*columns).join(FirstAnswer, own)
    query = query.where(Prediction.cause == "deposited", Prediction.low_at.is_not(None))
    query = query.where(FirstAnswer.answered_at <= tx.now)
    last = query.order_by(FirstAnswer.answered_at.desc(), Prediction.id.desc()).limit(SHOWN)
    return list(reversed(tx.session.execute(last).all()))


def _answers(tx: Tx) -> list[Any]:
    """Every wait that the naive predictors may know, in the order in which answers came."""
    columns = FirstAnswer.answered_at, FirstAnswer.severity, FirstAnswer.wait_s
    query = select(*columns).where(FirstAnswer.answered_at <= tx.now)
    last = query.order_by(FirstAnswer.answered_at.desc(), FirstAnswer.ticket_id.desc()).limit(KNOWN)
    return list(reversed(tx.session.execute(last).all()))


def _outcomes(rows: Sequence[Any], known: Sequence[Any]) -> list[Outcome]:
    instants = [each.answered_at for each in known]
    first = bisect_right(instants, min((row.at for row in rows), default=None)) if rows else 0
    static = _by_severity(known[:first])
    found = []
    for row in rows:
        upto = bisect_right(instants, row.at)
        naive = _naive(known[:upto] if upto < SHOWN else known[upto - SHOWN : upto], row.severity, static)
        within = row.low_at <= row.answered_at <= row.high_at
        found.append(Outcome(row.severity, within, grids(row.offers)[row.rule], row.wait_s, naive))
    return found


def _naive(known: Sequence[Any], severity: str, static: dict[str, Grid]) -> dict[str, Grid]:
    if not known:
        return {}
    waits = [each.wait_s for each in known]
    own = [each.wait_s for each in known if each.severity == severity] or waits
    fixed = static.get(severity) or static.get(ANY)
    return ({"static": fixed} if fixed is not None else {}) | {
        "rolling_mean": rolling_mean(waits),
        "last_wait": last_wait(waits),
        "last_hundred": last_hundred(own),
    }


def _by_severity(known: Sequence[Any]) -> dict[str, Grid]:
    """Quantiles fixed once and for all, when the first window was told; ANY for a severity that had no answer yet."""
    waits: dict[str, list[float]] = {ANY: [each.wait_s for each in known]} if known else {}
    for each in known:
        waits.setdefault(each.severity, []).append(each.wait_s)
    return {severity: Grid.of(each) for severity, each in waits.items()}
