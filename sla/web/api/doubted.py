"""A text that looks like a code or a password is held back once here too: access codes are never written."""

from typing import Any

from sla.desk.secret_words import gives_secret
from sla.errors import SeemsSecret
from sla.web.api.typed_json import Asked


class SaySure(SeemsSecret):
    """As on a page, where sending again is enough."""

    fr = (
        "Ce texte semble contenir un code ou un mot de passe : rien n’est encore envoyé. Retirez-le ; si ce n’en est "
        "pas un, envoyez de nouveau avec « sure » à true."
    )
    en = (
        "This text seems to contain a code or password: nothing has been sent yet. Remove it; if it is none, send it "
        "again with “sure” as true."
    )


def once_sure(body: Asked) -> dict[str, Any]:
    """What the verb takes. SaySure for such a text, unless its sender is sure; a body without `sure` is for a verb that
    refuses it by itself."""
    given = dict(body)
    if given.pop("sure", None) is False:
        for field, text in given.items():
            if isinstance(text, str) and gives_secret(text):
                raise SaySure(field)
    return given
