"""A text that looks like a code or a password draws a warning before it is sent: access codes are never written."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import request
from wtforms import Form, HiddenField

from sla.desk.secret_words import gives_secret
from sla.errors import SeemsSecret
from sla.web.frame import language

T = TypeVar("T")


class Warned(Form):
    """A form that says once what it doubts; `sure` comes back with the second try."""

    sure = HiddenField()


def doubts(form: Any, *texts: str) -> bool:
    """Whether to hold the form back once; it then carries the warning and lets the next try through."""
    if request.form.get("sure") or not any(gives_secret(text) for text in texts):
        return False
    form.form_errors = [SeemsSecret().sentence(language())]
    form.sure.data = "1"
    return True


def once_sure(form: Form, act: Callable[[], T]) -> Callable[[], T]:
    """The act, held back once by SeemsSecret; a form whose verb refuses such a text by itself has no `sure`."""

    def run() -> T:
        texts = (text for text in form.data.values() if isinstance(text, str))
        if "sure" in form and not request.form.get("sure") and any(gives_secret(text) for text in texts):
            form["sure"].data = "1"
            raise SeemsSecret()
        return act()

    return run
