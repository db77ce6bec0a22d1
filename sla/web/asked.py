"""A form handed to a verb: a refusal goes back to its fields, in the page's own words."""

from collections.abc import Callable
from typing import TypeVar

from wtforms import Form
from wtforms.validators import InputRequired

from sla import wording
from sla.errors import Forbidden, Invalid, Refused, SignInNeeded
from sla.web.frame import language
from sla.web.refusals import said

T = TypeVar("T")

MUST = [InputRequired()]
"""The page says that it must be filled; whether it is, the verb says."""


class Asked(Form):
    """A form whose rules are its verb's: it checks nothing itself, and gives back what was typed."""


def typed(form: Form, field: str) -> str:
    return str(form[field].data or "")


def attempt(form: Form, act: Callable[[], T]) -> tuple[T | None, Refused | None]:
    """What the verb returned, or the refusal, told at the form's fields. Who may not act at all gets another page."""
    try:
        return act(), None
    except (SignInNeeded, Forbidden):
        raise
    except Refused as refused:
        blame(form, refused)
        return None, refused


def blame(form: Form, refused: Refused) -> None:
    """Each sentence at its field, named as the page names it; what belongs to no field of this form, at its top."""
    reproaches = refused.reproaches if isinstance(refused, Invalid) else [refused]
    lang = language()
    for each in reproaches:
        field = form[each.field] if each.field and each.field in form else None
        if field is not None and "label" in each.facts:
            each.facts["label"] = wording.translated(field.label.text, lang)
        if field is None or field.type == "HiddenField":
            form.form_errors.append(said(each))
        else:
            field.errors = [*field.errors, said(each)]
