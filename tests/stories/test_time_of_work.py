"""Time on tickets, from the timer to the forfait: what is forgotten, typed late, agreed on, or too much. 1 June 2026 is
a Monday; Acme has a forfait of 10 h, 40 quarters."""

import pytest

from sla.desk.estimate_decision import accept_estimate
from sla.desk.estimates import ask_estimate, offer_estimate
from sla.desk.hours import buy_hours
from sla.desk.running_work import confirm_work, drop_work, start_work, stop_work
from sla.desk.work import work
from sla.errors import EstimateNeeded
from tests.desk.kept import (
    ERROR,
    LIGHT,
    USAGE,
    a_ticket,
    balance,
    due,
    events,
    fire,
    kinds,
    ledger,
    refused,
    ticket,
    told,
)
from tests.worlds import World, paris

REPORTS = "etats"


def test_an_estimate_of_four_hours_and_a_quarter(world: World) -> None:
    """Asked for on Monday at 9:00, counted at 4 h 15 at 10:00: it is deployment's at once, with its perimeter; nothing
    was worked, nothing is consumed, nobody is asked to approve."""
    number = a_ticket(world, item=USAGE)
    world.do("julie", "2026-06-01 09:00", ask_estimate, number, text="Combien de temps ?")
    world.do("clara", "2026-06-01 10:00", offer_estimate, number, perimeter="Toutes les gammes", minutes="4h15")
    fire(world, "2026-06-01 10:00")
    assert (ticket(world, number).state, balance(world)) == ("to_deployment", 40)
    assert told(world, "estimate:1") == []
    assert told(world, f"transferred_client:{number}") == ["julie"]
    assert {"paul", "diane"} <= set(told(world, f"transferred:{number}"))
    handed = events(world, number)[-1]
    assert (handed.kind, handed.data["reason"]) == ("transferred", "estimate")
    assert due(world, "estimate_end", 1) == due(world, "estimate_reminder", 1) == []


@pytest.mark.parametrize(
    ("item", "who", "name", "goes"),
    [
        (LIGHT, "sandrine", "sandrine.vidal", True),
        (REPORTS, "sandrine", "sandrine.vidal", True),
        (USAGE, "clara", "clara.fontaine", False),
    ],
)
def test_exactly_four_hours(world: World, item: str, who: str, name: str, goes: bool) -> None:
    """9:00–12:30 and 13:30–14:00. The two lines « - de 4h » hand the request over, elsewhere four hours stay; either
    way 16 quarters are consumed and stay so. A minute more goes anywhere."""
    number = a_ticket(world, at="2026-06-01 08:00", item=item)
    world.do(who, "2026-06-01 08:10", offer_estimate, number, perimeter="x", minutes="3h45")
    world.do("alain", "2026-06-01 08:20", accept_estimate, number)
    world.do(who, "2026-06-01 09:00", start_work, number)
    fire(world, "2026-06-01 12:30")  # lunch stops it
    world.do(who, "2026-06-01 13:30", confirm_work, 1)
    world.do(who, "2026-06-01 13:30", start_work, number)
    world.do(who, "2026-06-01 14:00", stop_work, number)
    fire(world, "2026-06-01 14:00")
    assert (ticket(world, number).state == "to_deployment", balance(world)) == (goes, 24)
    assert ticket(world, number).worked_minutes == 240
    assert told(world, f"near_limit:{number}") == [name]
    if not goes:
        world.do(who, "2026-06-01 14:10", work, number, minutes=1)
        fire(world, "2026-06-01 14:10")
        assert (ticket(world, number).state, balance(world)) == ("to_deployment", 23)


def test_an_included_error_of_six_hours_never_escalates(world: World) -> None:
    """Two half-days under the timer, 3 h 30 and 2 h 30: all of it kept, nothing consumed, nobody warned."""
    number = a_ticket(world, at="2026-06-01 08:00", item=ERROR)
    for start, end in (("09:00", "12:29"), ("13:30", "16:01")):
        world.do("clara", f"2026-06-01 {start}", start_work, number)
        world.do("clara", f"2026-06-01 {end}", stop_work, number)
    fire(world, "2026-06-02 17:00")
    assert (ticket(world, number).state, ticket(world, number).worked_minutes) == ("in_progress", 360)
    assert (balance(world), told(world, "near_limit"), told(world, "transferred")) == (40, [], [])
    assert events(world, number)[-1].data["consumed"] == 0


def test_work_typed_late_is_consumed_by_its_own_date(world: World) -> None:
    """Acme's forfait ends on 4 January 2027; half an hour of the 4th, typed on the 8th, still comes off it, not off the
    next one; half an hour of the 5th comes off the next."""
    new = world.do("marc", "2027-01-05 09:00", buy_hours, world.companies["acme"], hours=10).id
    number = a_ticket(world, at="2027-01-04 09:00", item=USAGE)
    world.do("clara", "2027-01-08 10:00", work, number, minutes=30, started_at="2027-01-04T16:00")
    assert (balance(world), balance(world, new)) == (38, 40)
    world.do("clara", "2027-01-08 10:01", work, number, minutes=30, started_at="2027-01-05T16:00")
    assert (balance(world), balance(world, new)) == (38, 38)
    fire(world, "2027-01-12 09:00")  # the fifth open day after the last, and what is left goes
    assert ledger(world)[-1] == ("expiry", -38)


def test_a_timer_forgotten_over_closing_and_over_a_weekend(world: World) -> None:
    """Friday 5 June, 16:20. It stops at 17:00; on Monday at 9:10 the 40 minutes are confirmed, for Friday. Forgotten
    again on Monday at 11:45, it stops for lunch: nothing was worked, it is dropped, and the afternoon can begin."""
    number = a_ticket(world, at="2026-06-05 09:00", item=USAGE)
    world.do("clara", "2026-06-05 16:20", start_work, number)
    fire(world, "2026-06-08 09:00")
    assert told(world, "work_to_confirm:1") == ["clara.fontaine"]
    assert (balance(world), ticket(world, number).worked_minutes) == (40, 0)
    done = world.do("clara", "2026-06-08 09:10", confirm_work, 1).intervention
    assert (str(done.day), done.minutes, done.consumed_quarters) == ("2026-06-05", 40, 3)
    assert events(world, number)[-1].data["ended_at"] == paris("2026-06-05 17:00").isoformat()

    world.do("clara", "2026-06-08 11:45", start_work, number)
    fire(world, "2026-06-08 13:30")
    world.do("clara", "2026-06-08 13:31", drop_work, 2, text="Parti dépanner un collègue")
    world.do("clara", "2026-06-08 13:31", start_work, number)
    again = world.do("clara", "2026-06-08 13:51", stop_work, number).intervention
    assert (str(again.day), again.minutes, balance(world)) == ("2026-06-08", 20, 35)
    assert kinds(world, number)[-5:] == ["work_started", "work_stopped", "work_dropped", "work_started", "worked"]


def test_an_offer_that_nobody_answers_runs_out_and_is_offered_anew(world: World) -> None:
    """Offered on Monday at 10:00 for five working days: reminded on Wednesday, expired the next Monday at 10:00 and a
    second, support's turn again; the work still can't begin, a new offer can be accepted."""
    number = a_ticket(world, item=USAGE)
    world.do("clara", "2026-06-01 10:00", offer_estimate, number, perimeter="Gammes", minutes="3h")
    fire(world, "2026-06-08 10:00")
    assert told(world, "estimate_reminder:1") == ["alain", "agnes"]
    assert ticket(world, number).waiting_for == "estimate"
    fire(world, "2026-06-08 10:01")
    assert (ticket(world, number).state, kinds(world, number)[-2:]) == ("in_progress", ["estimate_expired", "resumed"])
    assert told(world, "estimate_expired:1") == ["clara.fontaine", "alain", "agnes"]
    assert "il a expiré" in refused(world, EstimateNeeded, "clara", "2026-06-08 11:00", start_work, number).sentence()
    world.do("clara", "2026-06-08 11:00", offer_estimate, number, perimeter="Gammes", minutes="3h")
    world.do("alain", "2026-06-08 14:00", accept_estimate, number)
    fire(world, "2026-06-20 10:00")
    assert kinds(world, number).count("estimate_expired") == 1
