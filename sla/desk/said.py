"""What is said of a stretch of work: checked where it is typed, and only heard where a timer stops, which no word can
hold up."""

from dataclasses import dataclass

from sla.desk.field_labels import missing
from sla.desk.secret_words import gives_secret
from sla.desk.typed import BODY, Reading
from sla.errors import BadText, Refused

NOTE, REASON = 2000, 500
"""Characters."""


@dataclass(frozen=True, slots=True)
class Said:
    """`own_error`: an adjustment that support bears itself, `reason` says why."""

    note: str = ""
    own_error: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HandedBack:
    """A text that was typed and does not stand as it is, with why."""

    field: str
    text: str
    refusal: Refused


def read_said(note: object, own_error: bool, reason: object) -> Said:
    """Checked; a reason is asked for as soon as support bears the time itself."""
    reading = Reading()
    text = reading.text("note", note, NOTE, required=False)
    reading.no_secret("note", text)
    why = reading.text("reason", reason, REASON, required=own_error)
    reading.no_secret("reason", why)
    reading.finish()
    return Said(text, own_error, why)


def hear_said(note: object, own_error: bool, reason: object) -> tuple[Said, tuple[HandedBack, ...]]:
    """What of it can be kept until it is confirmed, and what is handed back: never refused."""
    kept, not_note = hear("note", note, NOTE)
    why, not_reason = hear("reason", reason, REASON)
    back = [*not_note, *not_reason]
    if own_error and not why and not not_reason:
        back.append(HandedBack("reason", "", missing("reason")))
    return Said(kept, own_error, why), tuple(back)


def hear(field: str, value: object, limit: int) -> tuple[str, tuple[HandedBack, ...]]:
    """A text as it can be kept, and itself if it is to be mended: what gives a code or a password is never kept, what
    is only too long is."""
    reading = Reading()
    text = reading.text(field, value, limit, required=False)
    reading.no_secret(field, text)
    if not reading.reproaches:
        return text, ()
    unkeepable = gives_secret(text) or len(text) > BODY
    unkeepable = unkeepable or any(isinstance(each, BadText) for each in reading.reproaches)
    return "" if unkeepable else text, (HandedBack(field, str(value), reading.reproaches[-1]),)
