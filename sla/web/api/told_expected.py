"""What a client can expect, as the API tells it: a window, and why it is another than before."""

from sla import wording
from sla.desk.predict import Expected
from sla.queue.expect.changes import Change
from sla.web.api.typed_json import Moment, Told
from sla.web.frame import language


class WindowTold(Told):
    """The answer comes between both with this probability."""

    low: Moment
    high: Moment
    confidence: float


class ReasonTold(Told):
    """`code`: severity, calendar, arrived (of one `severity`), overtaken, gone, away, back, slower or faster."""

    code: str
    count: int
    severity: str


class ChangeTold(Told):
    """Why a window is `later`, or sooner, than what was told last; `text` says it."""

    later: bool
    reasons: list[ReasonTold]
    text: str

    @classmethod
    def of(cls, change: Change) -> "ChangeTold":
        reasons = [ReasonTold.model_validate(each) for each in change.reasons]
        return cls(later=change.later, reasons=reasons, text=wording.change(change, language()))


class ExpectedTold(Told):
    """`due_at` is guaranteed; `window` is null while too few answers are known to claim one, and for what would
    wait for hours or a decision before it is queued."""

    starts_at: Moment
    due_at: Moment | None
    window: WindowTold | None
    change: ChangeTold | None

    @classmethod
    def of(cls, expected: Expected) -> "ExpectedTold":
        window = WindowTold.model_validate(expected.window) if expected.window else None
        change = ChangeTold.of(expected.change) if expected.change else None
        return cls(starts_at=expected.starts_at, due_at=expected.due_at, window=window, change=change)
