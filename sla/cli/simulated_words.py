"""What a simulation found, as lines of a terminal."""

from datetime import date

from sla.simulation.campaign import FIGURES, Campaign, difference, interval
from sla.simulation.tally import Interval, Tally

BETTER = "Mieux à coup sûr, et pire en rien à coup sûr."
NOT_SURELY = "Pas mieux à coup sûr, ou pire en un point : gardez la règle du service."
BROKEN = "Promesses rompues, % des tickets"
Found = dict[str, list[Tally]]
"""The runs of each desk played, one a seed, by the name that it is shown under."""


def seeds_of(campaign: Campaign) -> str:
    return f"les graines {campaign.first_seed} à {campaign.first_seed + campaign.seeds - 1}"


def table(found: Found, seeds: int, days: int, first_day: date) -> list[str]:
    """Means and 95 % intervals over seeds; the last column is the difference seed by seed."""
    names = list(found)
    head = f"{seeds} tirages de {days} jours ouvrés à partir du {first_day} ; moyenne et intervalle à 95 %"
    columns = [*names, "différence"] if len(names) == 2 else names
    lines = [head, f"{'':<46}" + "".join(f"{name:>22}" for name in columns)]
    for figure, label, digits in FIGURES:
        cells = [said(interval(found[name], figure), digits) for name in names]
        if len(names) == 2:
            cells.append(said(difference(found[names[1]], found[names[0]], figure), digits, sign=True))
        lines.append(f"{label:<46}" + "".join(f"{cell:>22}" for cell in cells))
    return lines


def broken(found: Found) -> list[tuple[str, Interval]]:
    """What is drawn: the share of tickets with a broken promise, a desk a row."""
    return [(name, interval(each, "broken")) for name, each in found.items()]


def said(each: Interval, digits: int, *, sign: bool = False) -> str:
    mean = f"{each.mean:+.{digits}f}" if sign else f"{each.mean:.{digits}f}"
    return f"{mean} ± {each.half:.{digits}f}".replace(".", ",")


def comma(number: float) -> str:
    return f"{number:.2f}".replace(".", ",")
