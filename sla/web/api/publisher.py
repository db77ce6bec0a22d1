"""The errors that the publisher has, followed until they are fixed; for support."""

from typing import Any, Literal

from sla.desk.chase_publisher import announce_fix, chase_publisher, share_workaround
from sla.desk.close_error import close_error
from sla.desk.publisher_errors import FollowedError, publisher_error, publisher_errors
from sla.web.api import asked
from sla.web.api.asked_publisher import AnnounceFix, ChasePublisher, CloseError
from sla.web.api.blueprint import NUMBER, pages
from sla.web.api.moves import Move, open_to
from sla.web.api.typed_json import Moment, Told, Wanted
from sla.web.turn import turn


class ErrorTold(Told):
    """`next_at`: when to ask the publisher again, null once ended. `workaround`, or `no_workaround`: why there
    is none; both empty while neither was told. `merged_into`: the error that it is, under another reference."""

    id: int
    reference: str
    state: str
    opened_at: Moment
    next_at: Moment | None
    workaround: str
    no_workaround: str
    fixed_in: str
    fixed_at: Moment | None
    closed_at: Moment | None
    closed_because: str
    merged_into: int | None

    @classmethod
    def of(cls, error: Any) -> "ErrorTold":
        return cls.model_validate(error)


class NewsTold(Told):
    """`kind`: sent, chased, workaround, no_workaround, fixed, closed, or left: a ticket went to another error."""

    at: Moment
    kind: str
    author: str
    text: str


class ErrorWhole(ErrorTold):
    """`tickets`: the numbers of those that it is behind; `waiting` counts those that still wait for it."""

    tickets: list[int]
    waiting: int
    news: list[NewsTold]


class ErrorsTold(Told):
    errors: list[ErrorWhole]


class ErrorsWanted(Wanted):
    state: Literal["open", "fixed", "closed"] = "open"


@pages.get("/publisher-errors")
@pages.input(ErrorsWanted, location="query")
@pages.output(ErrorsTold)
def errors(query_data: ErrorsWanted) -> Any:
    """Open ones by their next follow-up, fixed or closed ones the last first, without their news."""
    return ErrorsTold(errors=[_whole(each) for each in turn().see(publisher_errors, state=query_data.state)])


@pages.get(f"/publisher-errors/<{NUMBER}:number>")
@pages.output(ErrorWhole)
def error(number: int) -> Any:
    """One, with what was asked and learnt, the newest first."""
    return _whole(turn().see(publisher_error, number))


def _whole(seen: FollowedError) -> ErrorWhole:
    facts = {name: getattr(seen.error, name) for name in ErrorTold.model_fields}
    news = [NewsTold.model_validate(each) for each in seen.news]
    return ErrorWhole(**facts, tickets=[each.id for each in seen.tickets], waiting=seen.waiting, news=news)


for _move in (
    Move(chase_publisher, ChasePublisher, ErrorTold, "The publisher was asked again, or has said something."),
    Move(share_workaround, asked.WorkAround, ErrorTold, "A workaround, or why there is none, to every client of it."),
    Move(announce_fix, AnnounceFix, ErrorTold, "Fixed in a version: each client is told on its own ticket."),
    Move(close_error, CloseError, ErrorTold, "Followed no more though not fixed: why, or which other it is."),
):
    open_to("publisher-errors", _move)
