"""The kinds of values that bodies, queries and answers are made of."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from sla import wallclock

FARTHEST = timedelta(days=3653)
"""Nothing that a desk is told lies more than ten years away: it is a slip of the keyboard."""
WIDEST_OFFSET = timedelta(hours=14)
INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WHOLE = re.compile(r"[0-9]{1,10}")
SEARCHED = 200  # characters
LARGEST = 2**31 - 1


class Asked(BaseModel):
    """What a client sends: nothing is converted, nothing unknown is let through."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Wanted(BaseModel):
    """What a query asks for; there all is text, and a number is its digits."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(BaseModel):
    """What the desk answers; every field is always there."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


def _instant(value: object) -> datetime:
    if not isinstance(value, str) or not INSTANT.fullmatch(value):
        raise PydanticCustomError("instant", "an instant with its offset")
    try:
        read = datetime.fromisoformat(value.upper())
    except ValueError as error:
        raise PydanticCustomError("instant", "an instant that exists") from error
    offset = read.utcoffset()
    if offset is None or abs(offset) > WIDEST_OFFSET:
        raise PydanticCustomError("instant", "an offset that some place on earth has")
    _near(read.date())
    return read.astimezone(UTC)


def _day(value: object) -> date:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise PydanticCustomError("day", "a date")
    try:
        read = date.fromisoformat(value)
    except ValueError as error:
        raise PydanticCustomError("day", "a date that exists") from error
    _near(read)
    return read


def _near(day: date) -> None:
    if abs(day - wallclock.now().date()) > FARTHEST:
        raise PydanticCustomError("far_off", "within ten years")


def _digits(value: object) -> object:
    if isinstance(value, str) and WHOLE.fullmatch(value):
        return int(value)
    raise PydanticCustomError("int_type", "a whole number")


def _searched(value: object) -> object:
    """What a person looks for: controls are spaces, and the first words are enough."""
    if not isinstance(value, str):
        return value
    return "".join(char if char.isprintable() else " " for char in value[:SEARCHED])


def rfc3339(at: datetime) -> str:
    """`2026-11-24T13:00:00Z`."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


INSTANT_SCHEMA = {"type": "string", "format": "date-time", "example": "2026-11-24T14:00:00+01:00"}

Instant = Annotated[datetime, BeforeValidator(_instant), WithJsonSchema(INSTANT_SCHEMA)]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
GivenDay = Annotated[date, WithJsonSchema({"type": "string", "format": "date"})]
Number = Annotated[int, Field(ge=1, le=LARGEST)]
QueryNumber = Annotated[
    int, BeforeValidator(_digits), Field(ge=1, le=LARGEST), WithJsonSchema({"type": "integer", "minimum": 1})
]
Searched = Annotated[str, BeforeValidator(_searched)]
Moment = Annotated[
    datetime,
    PlainSerializer(rfc3339, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "example": "2026-11-24T13:00:00Z"}),
]
