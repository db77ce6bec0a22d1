"""JSON as RFC 8259 means it, and as two readers would agree on it (RFC 7493, I-JSON)."""

import json
import math
from typing import Any, NoReturn

from sla.errors import Refused

DEEPEST = 20
LONGEST_NUMBER = 40  # characters


class Malformed(Refused):
    """`what` is French, `what_en` English."""

    code, status = "malformed", 400
    fr = "Le corps de la demande n’est pas du JSON acceptable\u00a0: {what}."
    en = "The body of the request is not acceptable JSON: {what_en}."


def read_object(body: bytes) -> dict[str, Any]:
    """The one object that the body is; Malformed for anything that readers could understand in two ways."""
    try:
        found = json.loads(
            body.decode(),
            parse_constant=_no_constant,
            parse_int=_integer,
            parse_float=_finite,
            object_pairs_hook=_each_name_once,
        )
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeError as error:
        raise Malformed(what="ce n’est pas de l’UTF-8", what_en="it is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise Malformed(what="il est mal formé ou trop imbriqué", what_en="it is badly formed or too nested") from error
    if not isinstance(found, dict):
        raise Malformed(what="il faut un objet, {…}", what_en="an object, {…}, is needed")
    if _too_deep(found):
        raise Malformed(what="il est trop imbriqué", what_en="it is too nested")
    return found


def _no_constant(name: str) -> NoReturn:
    raise Malformed(what=f"{name} n’est pas un nombre", what_en=f"{name} is not a number")


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise Malformed(what="un nombre est trop long", what_en="a number is too long")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Malformed(what="un nombre est trop grand", what_en="a number is too large")
    return number


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed(what="un nom y est donné deux fois", what_en="a name is given twice in it")
    return found


def _too_deep(found: object) -> bool:
    level = [found]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
    return bool(level)


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list) else []
