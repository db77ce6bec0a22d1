"""The header `Subject` as encoded words (RFC 2047), so that no mail program loses or adds a space where it is folded.

The standard library mixes plain and encoded words, and the space between the two is lost or doubled at some folds.
"""

import base64
from collections.abc import Iterator
from email.headerregistry import BaseHeader, HeaderRegistry
from email.policy import SMTP, Policy
from typing import Any

NAME = "Subject"
LONGEST_LINE = 76
LONGEST_WORD = 75
PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
"""What the Q encoding leaves as it is (RFC 2047, 5 (3)): the narrowest of its sets, that serves anywhere."""


class Subject(BaseHeader):
    """One plain line where the text is ASCII and fits; else encoded words alone, one a line."""

    max_count = 1

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        """Kept as it is: what looks like an encoded word in a text is text."""
        kwds["decoded"], kwds["parse_tree"] = value, None

    def fold(self, *, policy: Policy) -> str:
        return f"{NAME}: " + f"{policy.linesep} ".join(words(str(self))) + policy.linesep


def words(text: str) -> list[str]:
    """As its lines travel: plain, or encoded in whichever way is shorter."""
    if text.isascii() and "=?" not in text and len(f"{NAME}: {text}") <= LONGEST_LINE:
        return [text]
    return min((list(_encoded(text, code)) for code in "qb"), key=lambda made: sum(map(len, made)))


def _encoded(text: str, code: str) -> Iterator[str]:
    """Each word as full as it can be with whole characters; the first shares its line with the header's name."""
    room = LONGEST_LINE - len(f"{NAME}: ")
    taken = ""
    for char in text:
        if taken and len(_word(taken + char, code)) > room:
            yield _word(taken, code)
            taken, room = "", LONGEST_WORD
        taken += char
    yield _word(taken, code)


def _word(text: str, code: str) -> str:
    content = text.encode("utf-8", "replace")
    coded = base64.b64encode(content).decode() if code == "b" else "".join(map(_quoted, content))
    return f"=?utf-8?{code}?{coded}?="


def _quoted(byte: int) -> str:
    return "_" if byte == 0x20 else chr(byte) if chr(byte) in PLAIN else f"={byte:02X}"


def _registry() -> HeaderRegistry:
    found = HeaderRegistry()
    found.map_to_type(NAME, Subject)
    return found


LETTER = SMTP.clone(header_factory=_registry())
"""The policy of a mail: RFC 5322's line ends, and its subject by the class above."""
