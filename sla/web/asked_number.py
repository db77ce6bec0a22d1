"""Numbers in an address or a form: what no row can bear is no number."""

from flask import request

LARGEST = 2**31 - 1


def asked_number(name: str) -> int | None:
    """The address's argument as a row's number; None when it is absent, no number, or one that no row can have."""
    number = request.args.get(name, type=int)
    return number if number is not None and 0 < number <= LARGEST else None


def whole_number(text: str) -> int:
    """A number as a form sends it; 0, which is nobody's, for anything else, however long."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
