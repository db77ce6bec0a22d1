"""What a contact is told before it sends: who pays and why, when the clock starts, what to expect, what is
guaranteed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sla.calendar import BusinessCalendar, Stretch
from sla.contract.decision import Decision, Outcome
from sla.contract.targets import Severity
from sla.desk.coverage import coverage_for
from sla.desk.office import Tx
from sla.desk.portal_home import own_company
from sla.desk.predict import Expected, expect
from sla.errors import Unknown
from sla.queue.expect.changes import Change
from sla.queue.expect.window import Window

PROMISED = (Outcome.ACCEPTED, Outcome.WAITS_FORFAIT, Outcome.WAITS_DISPATCHER)


@dataclass(frozen=True, slots=True)
class Promise:
    """A first answer's promise, as the promise box reads it; `low`, `high`, `confidence` None while nothing is
    claimed. `pause`: when support closes within the window; `change`: why it is no longer what was told."""

    starts: datetime
    start_note: str
    low: datetime | None
    high: datetime | None
    confidence: float | None
    due: datetime | None
    target: int | None
    stretches: Sequence[Stretch]
    why_url: str | None = None
    pause: Stretch | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """`promise` is None where support answers at once that it does not treat this, or hands it to deployment."""

    decision: Decision
    promise: Promise | None


def foresee(tx: Tx, *, item: str, severity: str) -> Foreseen | None:
    """None while the line or the severity is not chosen, or is none of ours."""
    company = own_company(tx)
    if item not in tx.settings.catalogue or severity not in set(Severity):
        return None
    decision, told = expectation(tx, item=item, severity=severity, company=company.id)
    if told is None:
        return Foreseen(decision, None)
    target = tx.targets.for_(decision.coverage, Severity(severity)).first_response
    return Foreseen(decision, promised(tx, told, target, tx.hours_of(decision.coverage, severity)))


def expectation(tx: Tx, *, item: str, severity: str, company: int) -> tuple[Decision, Expected | None]:
    """Who pays for what a company would deposit now, and what it can expect: None where support answers at once or
    hands it over, no window where it would wait for hours or for a decision."""
    if item not in tx.settings.catalogue:
        choices = ", ".join(sorted(each.code for each in tx.settings.catalogue))
        raise Unknown("item", label="item", value=item[:60], choices=choices)
    decision = coverage_for(tx, company, item)
    if decision.outcome not in PROMISED:
        return decision, None
    told = expect(tx, item=item, severity=severity, level=decision.coverage)
    return decision, told if decision.outcome is Outcome.ACCEPTED else replace(told, window=None)


def promised(tx: Tx, told: Expected, target: int | None, hours: BusinessCalendar) -> Promise:
    """`hours`: what the clock counts by."""
    closed = told.starts_at > tx.now
    found = told.window
    low, high, confidence = (found.low, found.high, found.confidence) if found else (None, None, None)
    stretches = hours.explain(tx.now, told.due_at) if told.due_at is not None else []
    note = "à la reprise du support" if closed else ""
    pause = pause_of(tx, found)
    return Promise(told.starts_at, note, low, high, confidence, told.due_at, target, stretches, pause=pause)


def pause_of(tx: Tx, window: Window | None) -> Stretch | None:
    """The first stretch within a window in which support is closed."""
    told = tx.hours.explain(window.low, window.high) if window is not None else []
    return next((each for each in told if not each.counted), None)
