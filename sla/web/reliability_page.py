"""`/manage/reliability`: whether what clients are told is true, as a drawing with its table."""

from flask import Blueprint, render_template

from sla.desk.reliability import reliability
from sla.web.turn import turn

pages = Blueprint("reliability", __name__)

LEFT, TOP, SIDE = 40.0, 12.0, 300.0
PREDICTORS = {
    "told": "Ce que nous annonçons",
    "static": "Quantiles fixes, par gravité",
    "rolling_mean": "Moyenne des 10 dernières réponses",
    "last_wait": "Dernière attente",
    "last_hundred": "100 dernières réponses, même gravité",
}


@pages.get("/manage/reliability")
def page() -> str:
    """Places of the drawing are figures of a square of 300 in a box of 360, shown at that size."""
    found = turn().see(reliability)
    points = [(across(level), down(share), level, share) for level, share in found.curve]
    return render_template(
        "manage/reliability.html", found=found, points=points, across=across, down=down, predictors=PREDICTORS
    )


def across(share: float) -> float:
    return round(LEFT + SIDE * share, 1)


def down(share: float) -> float:
    return round(TOP + SIDE * (1 - share), 1)
