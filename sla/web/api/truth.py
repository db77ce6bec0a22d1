"""What the plan would break, and whether what clients were told came true."""

from typing import Any

from pydantic import Field

from sla.desk.dangers import dangers
from sla.desk.reliability import Reliability, reliability
from sla.web.api.blueprint import pages
from sla.web.api.typed_json import Moment, Told
from sla.web.turn import turn


class DangerTold(Told):
    """A promise that the plan would break and that can still be kept. `end`: when its technician would be done;
    `notice_s`: working seconds until the deadline; `late_s`: by how many it would be passed."""

    ticket: int
    clock: str
    technician_id: int
    technician: str
    end: Moment
    due_at: Moment
    notice_s: int
    late_s: int


class DangersTold(Told):
    """The nearest deadline first."""

    dangers: list[DangerTold]


class CoverageTold(Told):
    """Of the windows told for one severity, the share that held."""

    severity: str
    count: int
    covered: float


class LevelTold(Told):
    """`come`: the share of answers that had come by the instant told for that `level`. What is claimed is true where
    the two are equal."""

    level: float
    come: float


class PredictorTold(Told):
    """`rule`: told (what clients read), or a naive predictor: static, rolling_mean, last_wait, last_hundred.
    `pinball_s`: mean loss at 0.8; `error_s`: mean distance of its middle; both in working seconds. `covered`: the share
    of its 80 % windows that held."""

    rule: str
    pinball_s: float
    error_s: float
    covered: float


class DriftTold(Told):
    """Of the last `count` windows a share `covered` held, which chance alone doesn't explain."""

    count: int
    covered: float
    too_narrow: bool


class ReliabilityTold(Told):
    """Of the last `count` windows told as tickets came to the queue, and answered since. `answers`: first answers known
    in all; below `least_answers` no window is told."""

    count: int
    since: Moment | None
    claimed: float
    covered: float
    severities: list[CoverageTold]
    curve: list[LevelTold]
    predictors: list[PredictorTold]
    drift: DriftTold | None = Field(description="null while windows hold as often as they claim")
    answers: int
    least_answers: int

    @classmethod
    def of(cls, seen: Reliability) -> "ReliabilityTold":
        rated = ((each.rule, each.pinball, each.error, each.covered) for each in seen.rated)
        return cls(
            count=seen.count,
            since=seen.since,
            claimed=seen.claimed,
            covered=seen.covered,
            severities=[CoverageTold.model_validate(each) for each in seen.severities],
            curve=[LevelTold(level=level, come=come) for level, come in seen.curve] if seen.count else [],
            predictors=[PredictorTold(rule=r, pinball_s=p, error_s=e, covered=c) for r, p, e, c in rated],
            drift=DriftTold.model_validate(seen.drift) if seen.drift else None,
            answers=seen.answers,
            least_answers=seen.least,
        )


@pages.get("/dangers")
@pages.output(DangersTold)
def promises_in_danger() -> Any:
    """The promises that the plan would break, with the notice that is left; for support."""
    return DangersTold(dangers=[DangerTold.model_validate(each) for each in turn().see(dangers)])


@pages.get("/reliability")
@pages.output(ReliabilityTold)
def what_was_told() -> Any:
    """Whether what clients were told came true, beside naive predictors: reliability curve, coverage by severity,
    loss; for a manager."""
    return ReliabilityTold.of(turn().see(reliability))
