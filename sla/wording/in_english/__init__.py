"""The portal's sentences in English. French is what pages are written in; each sentence is its own key, with plain
spaces, and `%(name)s` where a fact stands."""

import re
from collections.abc import Mapping

from sla.wording.in_english.acts import ACTS
from sla.wording.in_english.pages import PAGES
from sla.wording.in_english.ticket import TICKET

SENTENCES: Mapping[str, str] = {**PAGES, **TICKET, **ACTS}
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
_BEFORE_WIDE, _BEFORE_THIN = re.compile(r" (?=[:»])"), re.compile(r" (?=[;!?])")
_AFTER = re.compile(r"(?<=«) |(?<=nº) ")


def translated(french: str, lang: str) -> str:
    """A sentence in the reader's language; what is no sentence of ours (a name, somebody's own words) as it is. French
    comes back in its type: U+202F before ; ! ?, U+00A0 before a colon and within « »."""
    english = SENTENCES.get(french.translate(_SPACES))
    if english is None:
        return french
    if lang == "en":
        return english
    wide = _BEFORE_WIDE.sub("\u00a0", _BEFORE_THIN.sub("\u202f", french))
    return _AFTER.sub("\u00a0", wide)


def sentence(french: str, lang: str, **facts: object) -> str:
    """The same with its facts in their places."""
    return translated(french, lang) % facts
