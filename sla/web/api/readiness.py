"""The checklist before an intervention: answered by support and by the client."""

from typing import Any, Literal, Self

from pydantic import Field

from sla.desk.readiness import Answer, readiness_of, set_readiness
from sla.desk.ticket_view import see_ticket
from sla.web.api.blueprint import NUMBER, pages
from sla.web.api.told import EventTold
from sla.web.api.typed_json import Asked, Moment, Told
from sla.web.turn import turn

ConditionCode = Literal["workstation", "supervisor", "examples", "person", "server"]
ReadinessCode = Literal["ready", "not_ready", "not_applicable"]


class ReadinessGiven(Asked):
    readiness: ReadinessCode
    note: str = Field("", description="needed if not ready; never a code nor a password")


class SetReadiness(Asked):
    answers: dict[ConditionCode, ReadinessGiven] = Field(description="those that change; the others stay")


class ReadinessTold(Told):
    """How a condition of the booklet stands; `readiness` null: unanswered, and no remote session can begin."""

    condition: str
    readiness: str | None
    note: str
    author: str
    at: Moment | None

    @classmethod
    def of(cls, each: Answer) -> Self:
        facts = {name: getattr(each, name) for name in ("readiness", "note", "author", "at")}
        return cls(condition=each.condition.code, **facts)


class ChecklistTold(Told):
    conditions: list[ReadinessTold]


@pages.get(f"/tickets/<{NUMBER}:number>/readiness")
@pages.output(ChecklistTold)
def checklist(number: int) -> Any:
    """What must be ready before an intervention, since the last session held."""
    stands = readiness_of(turn().see(see_ticket, number).events)
    return ChecklistTold(conditions=[ReadinessTold.of(each) for each in stands])


@pages.post(f"/tickets/<{NUMBER}:number>/set_readiness")
@pages.input(SetReadiness)
@pages.output(EventTold)
@pages.doc(operation_id="set_readiness")
def answer_checklist(number: int, json_data: SetReadiness) -> Any:
    """By support or by the client: ready, not ready (why), or not applicable."""
    answers = {str(code): (str(given.readiness), given.note) for code, given in json_data.answers.items()}
    return EventTold.of(turn().do(set_readiness, number, answers=answers))
