"""A subject reaches its reader as it was written (RFC 2047), however mail programs unfold it."""

import base64
import email
import email.policy
import quopri
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sla.notify.mail import mail
from sla.store.tables import Message
from tests.notify.letters import NOW, SENDER

WORD = re.compile(r"=\?utf-8\?([bq])\?([!->@-~]*)\?=")
WRITTEN = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=250).map(str.strip)
PARTED = "[Ticket nº\u00a01284] Ce ticket vous est confié\u00a0: Numérotation des ordres de fabrication"


def sent(subject: str) -> bytes:
    message = Message(key="test", recipient="a@exemple.test", subject=subject, body="x", created_at=NOW)
    return mail(message, SENDER).as_bytes()


def lines_of(subject: str) -> list[str]:
    """The header's own lines, as they travel."""
    found = re.search(rb"^Subject: .*\r\n(?:[ \t].*\r\n)*", sent(subject), re.M)
    assert found is not None
    return found[0].decode("ascii").split("\r\n")[:-1]


def strictly(lines: list[str]) -> str:
    """By the letter of RFC 2047: a line is plain, or holds one encoded word of 75 characters at most, which holds whole
    characters; what folds two of them is no part of the text."""
    first, *more = [lines[0].removeprefix("Subject: "), *(line.removeprefix(" ") for line in lines[1:])]
    if "=?" not in first:
        assert not more
        return first
    told = ""
    for word in (first, *more):
        found = WORD.fullmatch(word)
        assert found is not None
        assert len(word) <= 75
        coded = found[2].encode()
        content = base64.b64decode(coded, validate=True) if found[1] == "b" else quopri.decodestring(coded, header=True)
        told += content.decode("utf-8")
    return told


@given(WRITTEN.filter(bool))
@example(PARTED)
@example("=?utf-8?q?Bonjour?= monsieur")
@example("Un  double espace, à la fin ?")
@example("word " * 40 + "end")
@example("🧾" * 60)
def test_it_is_read_as_it_was_written(subject: str) -> None:
    lines = lines_of(subject)
    assert max(map(len, lines)) <= 76
    assert strictly(lines) == subject
    assert email.message_from_bytes(sent(subject), policy=email.policy.default)["Subject"] == subject


def test_what_fits_in_one_plain_line_is_left_plain() -> None:
    assert lines_of("[Ticket 1284] Answer from support: Order 12") == [
        "Subject: [Ticket 1284] Answer from support: Order 12"
    ]


@pytest.mark.parametrize("line_break", ["\r\n", "\n", "\x0b", "\u2028", "\x00\r"])
def test_a_line_break_in_it_is_a_space(line_break: str) -> None:
    assert strictly(lines_of(f"Bonjour{line_break}Bcc: à tous ")) == "Bonjour Bcc: à tous"
