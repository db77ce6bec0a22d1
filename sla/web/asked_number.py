"""Numbers in an address or a form: what no row can bear is no number."""

from flask import request

LARGEST = 2**31 - 1


def asked_number(name: str) -> int | None:
    """The address's argument as a row's number; None when it is absent, no number, or one that no row can have."""
    number = request.args.get(name, type=int)
    return number if number is not None and 0 < number <= LARGEST else None


def bare_number(text: str) -> str:
    """A ticket's number as people write it (« nº 170 », « #170 »), without what stands before it."""
    return text.strip().lower().lstrip("n\u00ba\u00b0o# \u00a0\u202f")


def whole_number(text: str) -> int:
    """A number as a form sends it; 0, which is nobody's, for anything else, however long."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
