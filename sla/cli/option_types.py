"""Options of the command line that are more than a number or a word."""

import re
from datetime import date

import click


class Closure(click.ParamType[tuple[date, date]]):
    """`2026-12-24..2026-12-31`, both days closed; one day alone is itself."""

    name = "période"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[date, date]:
        first, _, last = str(value).partition("..")
        try:
            found = date.fromisoformat(first), date.fromisoformat(last or first)
        except ValueError:
            self.fail(f"« {value} » : une période s’écrit 2026-12-24..2026-12-31", param, ctx)
        if found[1] < found[0]:
            self.fail(f"« {value} » : le dernier jour précède le premier", param, ctx)
        if found[0].year < 2000 or found[1].year >= 2100:
            self.fail(f"« {value} » : une année de 2000 à 2099 est attendue", param, ctx)
        return found


class Percent(click.ParamType[float]):
    """`+30%`, `-10%`: a factor."""

    name = "pourcentage"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if isinstance(value, float):
            return value
        said = re.fullmatch(r"\s*([+-]?\d{1,4})\s*%?\s*", str(value))
        if said is None or int(said[1]) <= -100:
            self.fail(f"« {value} » : un pourcentage s’écrit +30% ou -10%", param, ctx)
        return 1 + int(said[1]) / 100
