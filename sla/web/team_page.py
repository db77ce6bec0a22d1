"""« Équipe » : what the plan believes of each technician, shown to all of support."""

from flask import Blueprint, render_template

from sla.desk.known import LOAD_DAYS, PACE_DAYS
from sla.desk.team_paces import team_paces
from sla.queue.pace import SHRINK
from sla.web.turn import the_desk, turn
from sla.wording.reasons import skill

pages = Blueprint("team", __name__)


@pages.get("/team")
def team() -> str:
    return render_template(
        "manage/team.html",
        members=turn().see(team_paces),
        rule=the_desk().settings.plan.rule,
        weights=the_desk().settings.plan.weight,
        skill=skill,
        decimal=decimal,
        load_days=LOAD_DAYS,
        pace_days=PACE_DAYS,
        half=int(SHRINK),
    )


def decimal(number: float) -> str:
    """« 1,15 »."""
    return f"{number:.3g}".replace(".", ",")
