"""Which promises were kept, month by month."""

from typing import Any

from pydantic import Field

from sla.desk.compliance import Compliance, Line, Tally, compliance
from sla.web.api.blueprint import pages
from sla.web.api.typed_json import Moment, Told, Wanted
from sla.web.turn import turn


class TallyTold(Told):
    """`changed`: late at once by another severity or contract, neither kept nor missed. `share`: kept of kept and
    missed, null where there was none."""

    met: int
    missed: int
    changed: int
    share: float | None

    @classmethod
    def of(cls, tally: Tally) -> "TallyTold":
        return cls(met=tally.met, missed=tally.missed, changed=tally.changed, share=tally.share)


class LineTold(Told):
    """What was decided of one month, contract, severity or technician. What is asked for is set, the rest null."""

    month: str | None = None
    company: str | None = None
    level: str | None = None
    severity: str | None = None
    technician: str | None = None
    clocks: dict[str, TallyTold]
    whole: TallyTold

    @classmethod
    def of(cls, line: Line, **named: str | None) -> "LineTold":
        clocks = {name: TallyTold.of(tally) for name, tally in line.clocks.items()}
        return cls(**named, clocks=clocks, whole=TallyTold.of(line.whole))


class MissedTold(Told):
    """`at`: the deadline that passed; `technician`: whose it was then; `open`: it is still owed."""

    ticket: int
    company: str
    clock: str
    at: Moment
    level: str
    severity: str
    technician: str | None
    open: bool


class ComplianceTold(Told):
    """A promise counts in the month in which it was decided: kept at the answer, missed at its deadline. `months`: of
    the last twelve, those in which any was. `missed`: the latest fifty of the month."""

    month: str
    whole: LineTold
    months: list[LineTold]
    contracts: list[LineTold]
    severities: list[LineTold]
    technicians: list[LineTold]
    missed: list[MissedTold]

    @classmethod
    def of(cls, seen: Compliance) -> "ComplianceTold":
        return cls(
            month=f"{seen.month:%Y-%m}",
            whole=LineTold.of(seen.whole),
            months=[LineTold.of(line, month=f"{line.name:%Y-%m}") for line in seen.months],
            contracts=[LineTold.of(line, company=line.name[0], level=line.name[1]) for line in seen.contracts],
            severities=[LineTold.of(line, severity=line.name) for line in seen.severities],
            technicians=[LineTold.of(line, technician=line.name) for line in seen.technicians],
            missed=[MissedTold.model_validate(each) for each in seen.missed],
        )


class ComplianceWanted(Wanted):
    month: str = Field("", description="as `2026-09`; the running one if absent")


@pages.get("/compliance")
@pages.input(ComplianceWanted, location="query")
@pages.output(ComplianceTold)
def promises_kept(query_data: ComplianceWanted) -> Any:
    """Which promises were kept, by contract, severity and technician; for a manager."""
    return ComplianceTold.of(turn().see(compliance, query_data.month))
