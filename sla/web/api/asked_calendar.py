"""An edit of the calendar as a body says it: an object with one key, which says its kind."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sla.desk.calendar_edits import CalendarEdit
from sla.desk.edit_written import read_edit
from sla.web.api.typed_json import LARGEST, Asked, Day, Instant, Number

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Spans = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=24)]
Year = Annotated[int, Field(ge=1900, le=2100)]
Label = Annotated[str, Field(description="read by clients")]
MOST = 200


class PeriodAsked(Asked):
    start: Instant
    end: Instant
    label: Label


class SpecialHoursAsked(Asked):
    day: Day
    hours: Spans = Field(description="« 09:00-12:30 »; none: closed")
    label: Label


class YearlyHoursAsked(Asked):
    day: str = Field(pattern=r"^\d\d-\d\d$", description="month and day of every year: 12-24")
    hours: Spans = Field(description="« 09:00-12:00 »; none: closed")
    label: Label


class HolidaysAsked(Asked):
    region: str = Field(max_length=40, description="metropole, or a code of France: 57, 6AE, 971…")
    good_friday: bool = True
    whit_monday_worked: bool | list[Year] = Field(False, description="every year, none, or those listed")


class RemoveAsked(Asked):
    table: Literal["closures", "openings", "special_hours", "yearly_hours"]
    index: Annotated[int, Field(ge=0, le=LARGEST)] = Field(description="its place in the table of `data`, from 0")


class OneEditAsked(Asked):
    closure: PeriodAsked | None = None
    opening: PeriodAsked | None = None
    special_hours: SpecialHoursAsked | None = None
    yearly_hours: YearlyHoursAsked | None = None
    weekly: dict[Weekday, Spans] | None = Field(None, description="the whole week; a day without hours is closed")
    holidays: HolidaysAsked | None = None
    remove: RemoveAsked | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            raise PydanticCustomError("one_of", "exactly one kind of edit")
        return self


class EditAsked(OneEditAsked):
    """Exactly one of its fields."""

    several: Annotated[list[OneEditAsked], Field(min_length=1, max_length=MOST)] | None = None

    def edit(self) -> CalendarEdit:
        told: dict[str, Any] = self.model_dump(exclude_none=True)
        return read_edit(told)


class RepairAsked(Asked):
    appointment: Number
    starts_at: Instant | None = Field(description="in its place; null: the appointment is cancelled")


class PreviewAsked(Asked):
    edit: EditAsked


class EditCalendarAsked(PreviewAsked):
    reason: str = Field(description="read by the clients whose deadlines move")
    seen: Annotated[int, Field(ge=0, le=LARGEST)] | None = Field(
        None, description="the edition that was previewed: refused if another was saved since"
    )
    repairs: Annotated[list[RepairAsked], Field(max_length=1000)] = Field(
        default=[], description="one for each appointment in the preview's `broken`"
    )
    notify: bool = Field(False, description="tell the clients whose deadlines move")
