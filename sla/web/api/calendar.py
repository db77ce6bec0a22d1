"""The calendar in force, edits of it, previewed or saved, and its feed."""

from typing import Any

from flask import Response

from sla.desk.calendar_preview import editions_kept, previewed
from sla.desk.edit_calendar import edit_calendar
from sla.web.api.asked_calendar import EditCalendarAsked, PreviewAsked
from sla.web.api.blueprint import pages
from sla.web.api.typed_json import Moment, Told
from sla.web.calendar_feed import MEDIA_TYPE, fed
from sla.web.turn import turn

MOVED_SHOWN = 200


class EditionTold(Told):
    """`number` 0: the configuration's, never edited. `data`: in the shape of config/calendar.toml."""

    number: int
    data: dict[str, Any]
    saved_at: Moment | None
    author: str | None
    reason: str | None


class MovedTold(Told):
    """`clock`: a clock's name, or `acceptance`."""

    ticket: int
    company: str
    clock: str
    old: Moment
    new: Moment


class BrokenTold(Told):
    """An appointment at an instant that would be closed; `proposal` is free."""

    appointment: int
    kind: str
    ticket: int
    company: str
    requester: str
    technician_id: int
    starts_at: Moment
    minutes: int
    proposal: Moment


class EntrustedTold(Told):
    """`broken`: how many other tickets would then end late."""

    technician: int
    name: str
    end: Moment
    broken: int


class EndangeredTold(Told):
    """A promise that the plan would no longer keep, or only in the last of its time: the deadline and the expected end
    of the work, as they are and as they would be. `margin_s`: working seconds between them, negative when late.
    `proposal`: who would do better, for `POST /tickets/{number}/assign`; null: nobody."""

    ticket: int
    company: str
    clock: str
    technician: str
    old_due: Moment
    old_end: Moment
    due_at: Moment
    end: Moment
    margin_s: int
    proposal: EntrustedTold | None


class PreviewTold(Told):
    """`moved`: at most the first 200 of `moved_count`; `endangered`: at most the first 20 of `endangered_count`.
    `open_s`: open seconds won, negative when lost. `paused` clocks have no deadline to move. `told`: how many clients
    `notify` would write to."""

    seen: int
    at: Moment
    moved_count: int
    moved: list[MovedTold]
    broken: list[BrokenTold]
    endangered_count: int
    endangered: list[EndangeredTold]
    open_s: int
    running: int
    paused: int
    clients: int
    told: int


class SavedTold(Told):
    number: int
    saved_at: Moment
    author: str
    reason: str


@pages.get("/calendar/edition")
@pages.output(EditionTold)
def edition() -> Any:
    """The edition in force, whole."""
    found = turn().see(editions_kept)
    last = found.editions[0] if found.editions else None
    return EditionTold(
        number=found.number,
        data=found.data,
        saved_at=last.saved_at if last else None,
        author=last.author if last else None,
        reason=last.reason if last else None,
    )


@pages.post("/calendar/preview")
@pages.input(PreviewAsked)
@pages.output(PreviewTold)
@pages.doc(operation_id="preview_edit")
def preview(json_data: PreviewAsked) -> Any:
    """What an edit would change, were it saved now. Nothing is written."""
    found = turn().see(previewed, json_data.edit.edit())
    impact = found.impact
    same = ("at", "open_s", "running", "paused", "clients", "told")
    return PreviewTold(
        seen=found.number,
        moved_count=len(impact.moved),
        moved=[MovedTold.model_validate(each) for each in impact.moved[:MOVED_SHOWN]],
        broken=[BrokenTold.model_validate(each) for each in impact.broken],
        endangered_count=impact.danger.count,
        endangered=[EndangeredTold.model_validate(each) for each in impact.danger.found],
        **{name: getattr(impact, name) for name in same},
    )


@pages.post("/calendar/edit")
@pages.input(EditCalendarAsked)
@pages.output(SavedTold, status_code=201)
@pages.doc(operation_id="edit_calendar")
def edit(json_data: EditCalendarAsked) -> Any:
    """Save an edit as the next edition; it changes nothing before now."""
    repairs = {each.appointment: each.starts_at for each in json_data.repairs}
    saved = turn().do(
        edit_calendar,
        json_data.edit.edit(),
        reason=json_data.reason,
        seen=json_data.seen,
        repairs=repairs,
        notify=json_data.notify,
    )
    return SavedTold.model_validate(saved), 201


FED: dict[int | str, Any] = {
    200: {"description": "iCalendar (RFC 5545)", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}
}


@pages.get("/calendar.ics")
@pages.doc(responses=FED)
def feed() -> Response:
    """When the desk is open, this year and the next, for a calendar elsewhere."""
    return fed()
