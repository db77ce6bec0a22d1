"""The copy of an edit that a preview gives the page to keep, sealed so that only what was previewed can be saved."""

from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from sla.desk.calendar_edits import CalendarEdit
from sla.desk.edit_written import read_edit, written


@dataclass(frozen=True, slots=True)
class Copy:
    """`seen`: the edition on which the preview was made; `unused`: what of a file gave nothing."""

    edit: CalendarEdit
    seen: int
    unused: tuple[tuple[str, str], ...] = ()


def sealed(copy: Copy) -> str:
    return str(_serializer().dumps([written(copy.edit), copy.seen, copy.unused]))


def unsealed(text: str) -> Copy | None:
    """None for what no preview gave."""
    try:
        edit, seen, unused = _serializer().loads(text)
    except BadSignature:
        return None
    return Copy(read_edit(edit), seen, tuple((name, why) for name, why in unused))


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="calendar edit")
