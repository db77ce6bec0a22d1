"""Numbers in an address: what no row can bear is no number."""

from flask import request

LARGEST = 2**31 - 1


def asked_number(name: str) -> int | None:
    """The address's argument as a row's number; None when it is absent, no number, or one that no row can have."""
    number = request.args.get(name, type=int)
    return number if number is not None and 0 < number <= LARGEST else None
