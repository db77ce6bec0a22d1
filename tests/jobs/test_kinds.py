"""Each kind of timer takes effect once, at its instant (SPEC, Jobs). 24 November 2026 is a Tuesday."""

import pytest

from sla.desk.accept import accept
from sla.desk.answer import answer
from sla.desk.calendar_edits import AddPeriod
from sla.desk.calls import call_back, cancel_call, hold_call
from sla.desk.chase_publisher import announce_fix
from sla.desk.deposit import deposit
from sla.desk.edit_calendar import edit_calendar
from sla.desk.estimate_decision import accept_estimate
from sla.desk.estimates import offer_estimate
from sla.desk.hours import buy_hours
from sla.desk.report import report
from sla.desk.resolve import resolve
from sla.desk.ticket_view import see_ticket
from sla.desk.wait import resume, wait_for_publisher
from sla.desk.work import work
from sla.store.tables import Ticket
from tests.jobs.rows import due, fire, fires_once_at, timers, told
from tests.worlds import World, paris


@pytest.fixture
def error(world: World) -> int:
    """A major error of Acme, deposited at 10:00: an answer is promised for 12:00. Clara has it."""
    facts = {"item": "erreurs", "severity": "major", "title": "OF bloqué", "description": "Erreur 12"}
    ticket: Ticket = world.do("julie", "2026-11-24 10:00", deposit, **facts)
    assert ticket.technician_id == world.clara.id
    return ticket.id


@pytest.fixture
def usage(world: World) -> int:
    """A question of use, paid by the forfait of 10 h."""
    facts = {"item": "usage", "severity": "minor", "title": "Clôture", "description": "Comment clôturer ?"}
    ticket: Ticket = world.do("julie", "2026-11-24 09:00", deposit, **facts)
    return ticket.id


def state(world: World, number: int, at: str) -> str:
    view = world.see("diane", at, see_ticket, number)
    return str(view.ticket.state)


def test_levels_of_a_promise_are_told_at_half_three_quarters_nine_tenths_and_the_deadline(
    world: World, error: int
) -> None:
    for at, share in (("11:00", 50), ("11:30", 75), ("11:48", 90), ("12:00", 100)):
        timer = fires_once_at(world, "sla_level", f"2026-11-24 {at}")
        assert timer.data["share"] == share
    key = f"sla_level:{error}:first_response:1:20261124T110000"
    assert told(world, f"{key}:50:") == told(world, f"{key}:75:") == ["Clara"]
    assert told(world, f"{key}:90:") == ["Clara", "Diane"]
    assert told(world, f"{key}:100:") == ["Clara", "Diane", "Marc"]


def test_a_promise_that_is_kept_is_warned_of_no_more(world: World, error: int) -> None:
    fire(world, "2026-11-24 11:00")
    world.do("clara", "2026-11-24 11:10", answer, error, text="Je regarde.")
    fire(world, "2026-11-24 12:30")
    assert told(world, f"sla_level:{error}:first_response") == ["Clara"]


def test_a_level_reached_at_closing_is_told_at_the_next_opening(world: World) -> None:
    """Deposited at 15:00 with two hours promised: due at closing, 17:00; the breach leaves on Wednesday at 9:00."""
    facts = {"item": "erreurs", "severity": "major", "title": "OF bloqué", "description": "Erreur 12"}
    world.do("julie", "2026-11-24 15:00", deposit, **facts)
    breach = next(t for t in timers(world, "sla_level") if t.data["share"] == 100)
    assert breach.reached_at == paris("2026-11-24 17:00")
    assert breach.due_at == paris("2026-11-25 09:00")


def test_a_callback_is_reminded_ten_working_minutes_ahead_to_both(world: World, error: int) -> None:
    call = world.do("julie", "2026-11-24 10:05", call_back, error, starts_at="2026-11-24T13:35:00+01:00")
    fires_once_at(world, "call_reminder", "2026-11-24 12:25")
    assert told(world, f"call_reminder:{call.id}") == ["Clara", "Julie"]


def test_the_first_callback_of_a_day_is_reminded_at_the_closing_before_too(world: World, error: int) -> None:
    world.do("julie", "2026-11-24 10:05", call_back, error, starts_at="2026-11-25T10:00:00+01:00")
    assert due(world, "call_reminder") == [paris("2026-11-24 17:00"), paris("2026-11-25 09:50")]


def test_a_callback_not_held_is_missed_a_quarter_of_an_hour_later_and_raised(world: World, error: int) -> None:
    call = world.do("julie", "2026-11-24 10:05", call_back, error, starts_at="2026-11-24T14:00:00+01:00")
    fires_once_at(world, "call_missed", "2026-11-24 14:15")
    assert told(world, f"call_missed:{call.id}") == ["Diane", "Clara"]


def test_a_callback_that_was_held_or_cancelled_is_neither_reminded_nor_missed(world: World, error: int) -> None:
    held = world.do("julie", "2026-11-24 10:05", call_back, error, starts_at="2026-11-24T14:00:00+01:00")
    gone = world.do("julie", "2026-11-24 10:05", call_back, error, starts_at="2026-11-24T15:00:00+01:00")
    world.do("clara", "2026-11-24 10:30", hold_call, held.id)
    world.do("clara", "2026-11-24 10:31", cancel_call, gone.id, reason="Joint ce matin")
    fire(world, "2026-11-24 16:00")
    assert told(world, "call_reminder") == told(world, "call_missed") == []


def test_a_forfait_is_reminded_sixty_thirty_and_seven_days_ahead_at_an_opening(world: World) -> None:
    """It ends on Monday 4 January 2027; 5 November, 5 December (a Saturday, so Friday 4th) and 28 December."""
    for day in ("2026-11-05", "2026-12-04", "2026-12-28"):
        fires_once_at(world, "expiry_reminder", f"{day} 09:00")
    assert told(world, f"expiring:{world.forfait}:30") == ["Agnes", "Marc"]


def test_a_forfait_expires_after_its_grace_by_an_entry(world: World) -> None:
    """Five working days after Monday 4 January 2027: at the opening of the 12th, the 11th being the fifth."""
    fires_once_at(world, "expiry", "2027-01-12 09:00")
    assert told(world, f"expired:{world.forfait}") == ["Agnes"]


def test_tickets_that_waited_for_hours_go_on_when_the_forfait_begins(world: World) -> None:
    facts = {"item": "usage", "severity": "minor", "title": "Clôture", "description": "Comment clôturer ?"}
    ticket = world.do("bruno", "2026-11-24 09:00", deposit, **facts)
    assert ticket.state == "waiting_client"
    first_day = paris("2026-12-01 12:00").date()
    world.do("marc", "2026-11-24 10:00", buy_hours, world.companies["bolt"], hours=10, first_day=first_day)
    fire(world, "2026-11-30 23:59")
    assert state(world, ticket.id, "2026-11-30 23:59") == "waiting_client"
    fires_once_at(world, "hours_start", "2026-12-01 00:00")
    assert state(world, ticket.id, "2026-12-01 00:00") == "assigned"


def test_a_low_balance_is_told_once_when_work_crosses_it(world: World, usage: int) -> None:
    """7 h 30 of 10 h are used on two tickets: exactly 25 % are left."""
    other = world.do("julie", "2026-11-24 09:00", deposit, item="usage", severity="minor", title="B", description="b")
    world.do("sandrine", "2026-11-25 16:00", work, usage, minutes=225)
    world.do("clara", "2026-11-25 16:30", work, other.id, minutes=225)
    fire(world, "2026-11-25 16:30")
    assert told(world, f"low:{world.forfait}:25") == ["Agnes", "Marc"]
    fire(world, "2026-11-26 09:00")
    assert len(timers(world, "low_balance")) == 1


def test_four_hours_and_a_minute_logged_hand_the_ticket_to_deployment_by_itself(world: World, usage: int) -> None:
    world.do("sandrine", "2026-11-24 14:00", work, usage, minutes=240, started_at="2026-11-24T09:00:00+01:00")
    fire(world, "2026-11-24 14:00")
    assert state(world, usage, "2026-11-24 14:00") == "in_progress"
    world.do("sandrine", "2026-11-24 14:10", work, usage, minutes=1)
    fires_once_at(world, "escalation", "2026-11-24 14:10")
    assert state(world, usage, "2026-11-24 14:10") == "to_deployment"
    assert "Paul" in told(world, f"transferred:{usage}")


def test_an_estimate_beyond_four_hours_hands_the_ticket_over_at_once(world: World, usage: int) -> None:
    world.do("sandrine", "2026-11-24 11:00", offer_estimate, usage, perimeter="Tous les états", minutes=300)
    fires_once_at(world, "escalation", "2026-11-24 11:00")
    assert state(world, usage, "2026-11-24 11:00") == "to_deployment"


def test_an_estimate_without_an_answer_is_reminded_after_two_working_days(world: World, usage: int) -> None:
    world.do("sandrine", "2026-11-24 11:00", offer_estimate, usage, perimeter="Un état", minutes=90)
    timer = fires_once_at(world, "estimate_reminder", "2026-11-26 11:00")
    assert told(world, f"estimate_reminder:{timer.subject}") == ["Alain", "Agnes"]


def test_an_estimate_that_was_answered_is_not_reminded(world: World, usage: int) -> None:
    world.do("sandrine", "2026-11-24 11:00", offer_estimate, usage, perimeter="Un état", minutes=90)
    world.do("alain", "2026-11-24 15:00", accept_estimate, usage)
    fire(world, "2026-11-26 12:00")
    assert told(world, "estimate_reminder") == []


def test_an_acceptance_is_reminded_after_three_working_days_and_closed_after_five(world: World, error: int) -> None:
    """From Tuesday 11:00: Friday 11:00, then Tuesday 1 December 11:00."""
    world.do("clara", "2026-11-24 11:00", resolve, error, text="Corrigé.")
    fires_once_at(world, "acceptance_reminder", "2026-11-27 11:00")
    fires_once_at(world, "acceptance_end", "2026-12-01 11:00")
    assert state(world, error, "2026-12-01 11:00") == "closed"
    assert told(world, "acceptance_reminder") == told(world, f"closed:{error}") == ["Julie"]


def test_what_was_accepted_is_neither_reminded_nor_closed_again(world: World, error: int) -> None:
    world.do("clara", "2026-11-24 11:00", resolve, error, text="Corrigé.")
    world.do("julie", "2026-11-24 14:00", accept, error)
    fire(world, "2026-12-02 09:00")
    assert told(world, "acceptance_reminder") == told(world, f"closed:{error}") == []


def test_the_publisher_is_asked_again_every_five_working_days_until_the_error_is_fixed(
    world: World, error: int
) -> None:
    """The technician while the ticket waits; the dispatcher once none does."""
    world.do("clara", "2026-11-24 10:30", wait_for_publisher, error, reference="PMI-4711")
    for at in ("2026-12-01 10:30", "2026-12-08 10:30"):
        fires_once_at(world, "publisher_follow_up", at)
    assert told(world, "publisher:1:") == ["Clara", "Clara"]
    world.do("clara", "2026-12-08 11:00", resume, error)
    for at in ("2026-12-15 10:30", "2026-12-22 10:30"):
        fires_once_at(world, "publisher_follow_up", at)
    assert told(world, "publisher:1:") == ["Clara", "Clara", "Diane", "Diane"]
    world.do("clara", "2026-12-22 11:00", announce_fix, 1, version="2026.2")
    fire(world, "2027-01-31 12:00")
    assert told(world, "publisher:1:") == ["Clara", "Clara", "Diane", "Diane"]


def test_a_report_is_due_by_the_end_of_the_next_open_day(world: World, usage: int) -> None:
    """Resolved on Friday: Monday at closing, if it has not gone with the work."""
    world.do("clara", "2026-11-27 10:00", work, usage, minutes=30)
    world.do("clara", "2026-11-27 10:05", resolve, usage, text="Expliqué.")
    fires_once_at(world, "report_due", "2026-11-30 17:00")
    assert told(world, f"report_due:{usage}:") == ["Clara"]


def test_a_report_sent_with_the_work_is_not_asked_for(world: World, usage: int) -> None:
    world.do("clara", "2026-11-27 10:00", work, usage, minutes=30)
    world.do("clara", "2026-11-27 10:04", report, usage, done="Clôture expliquée.")
    world.do("clara", "2026-11-27 10:05", resolve, usage, text="Expliqué.")
    fire(world, "2026-11-30 17:00")
    assert told(world, f"report_due:{usage}:") == []


def test_an_edit_of_the_calendar_reminds_nobody_of_an_acceptance_twice(world: World, error: int) -> None:
    """Reminded on Friday; a closure of the Monday after moves the window's end to Wednesday and nothing else."""
    world.do("clara", "2026-11-24 11:00", resolve, error, text="Corrigé.")
    fire(world, "2026-11-27 11:00")
    shut = AddPeriod("closures", paris("2026-11-30 09:00"), paris("2026-11-30 17:00"), "Séminaire")
    world.do("marc", "2026-11-27 14:00", edit_calendar, shut, reason="Séminaire d’équipe")
    fire(world, "2026-12-01 12:00")
    assert told(world, "acceptance_reminder") == ["Julie"]
    fires_once_at(world, "acceptance_end", "2026-12-02 11:00")
