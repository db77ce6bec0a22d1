"""What a replay draws from: the desk's past days, and how long a working day is."""

from sla.desk.actor import SYSTEM
from sla.desk.calendar_edits import AddPeriod
from sla.desk.edit_calendar import edit_calendar
from sla.desk.experience import experience
from sla.desk.predict import expect
from tests.desk.answered import answered_before
from tests.desk.kept import ERROR
from tests.worlds import World, paris

HOLIDAYS = AddPeriod("closures", paris("2026-07-27 00:00"), paris("2026-08-08 00:00"), "Fermeture annuelle")


def test_after_weeks_in_which_the_desk_was_closed_a_day_is_as_long_as_before(world: World) -> None:
    """On the Monday after, no answer is told for this very minute, and days still follow one another."""
    judged = {"replay": [0.5, 60.0], "similar": [0.5, 900.0], "last_hundred": [0.5, 900.0]}
    answered_before(world, [900] * 100, marks=judged, until=paris("2026-07-24 16:00"))
    world.do("marc", "2026-07-20 09:00", edit_calendar, HOLIDAYS, reason="Été")
    assert world.see(SYSTEM, "2026-08-10 09:00", experience).days.length == 7 * 3600
    told = world.see("julie", "2026-08-10 09:00", expect, item=ERROR, severity="major", level="maintenance")
    assert told.expected_at == paris("2026-08-10 09:15")
