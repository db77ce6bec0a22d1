"""A text that looks like a code or a password draws a warning before it is sent: access codes are never written."""

from typing import Any

from flask import request
from wtforms import Form, HiddenField

from sla.desk.secret_words import gives_secret

SENTENCE = (
    "Ce texte semble contenir un code ou un mot de passe\u00a0: rien n’est encore envoyé. Retirez-le\u202f; si ce n’en "
    "est pas un, envoyez de nouveau."
)


class Warned(Form):
    """A form that says once what it doubts; `sure` comes back with the second try."""

    sure = HiddenField()


def doubts(form: Any, *texts: str) -> bool:
    """Whether to hold the form back once; it then carries the warning and lets the next try through."""
    if request.form.get("sure") or not any(gives_secret(text) for text in texts):
        return False
    form.form_errors = [SENTENCE]
    form.sure.data = "1"
    return True
