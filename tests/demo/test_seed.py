"""The demonstration is a desk like any other: what its verbs wrote holds together, and shows every state."""

import itertools

import pytest

from sla.demo import NotEmpty, demo_links, is_empty, seed
from sla.desk.actor import SYSTEM
from sla.desk.board import board
from sla.desk.keys import use_link
from sla.desk.predict import expect
from sla.desk.verify import differences
from tests.demo.conftest import Demo, stored

STATES = {
    "new",
    "assigned",
    "in_progress",
    "waiting_client",
    "waiting_publisher",
    "resolved",
    "closed",
    "reopened",
    "to_deployment",
    "declined",
}


def test_three_weeks_fill_more_than_a_hundred_tickets_in_every_state(tuesday: Demo) -> None:
    assert tuesday.one("SELECT count(*) FROM tickets") >= 100
    assert {state for (state,) in tuesday.rows("SELECT DISTINCT state FROM tickets")} - {"planned"} == STATES


def test_at_least_forty_different_requests_are_told(tuesday: Demo) -> None:
    assert tuesday.one("SELECT count(DISTINCT item || severity || substr(title, 1, 12)) FROM tickets") >= 40


def test_what_is_stored_is_the_fold_of_the_history(tuesday: Demo) -> None:
    assert tuesday.desk.by(SYSTEM, tuesday.at).see(differences) == []


def test_no_fact_movement_or_message_bears_a_later_instant(tuesday: Demo) -> None:
    for table, column in (("events", "at"), ("ledger", "at"), ("outbox", "created_at"), ("time_entries", "ended_at")):
        assert tuesday.one(f"SELECT count(*) FROM {table} WHERE {column} > :at") == 0, table


def test_a_history_goes_forward_in_time(tuesday: Demo) -> None:
    query = "SELECT ticket_id, at FROM events ORDER BY ticket_id, seq"
    for _, events in itertools.groupby(tuesday.rows(query), key=lambda row: row[0]):
        instants = [at for _, at in events]
        assert instants == sorted(instants)


def test_no_technician_does_two_things_at_once(tuesday: Demo) -> None:
    query = "SELECT technician_id, started_at, ended_at FROM time_entries ORDER BY technician_id, started_at"
    stretches = tuesday.rows(query)
    assert len({technician for technician, _, _ in stretches}) == 4
    for (who, _, end), (next_one, start, _) in itertools.pairwise(stretches):
        assert who != next_one or end <= start


def test_balances_are_the_sum_of_their_ledger_and_never_below_zero(tuesday: Demo) -> None:
    packs = tuesday.rows(
        "SELECT f.balance_quarters, sum(l.quarters) FROM forfaits f JOIN ledger l ON l.forfait_id = f.id GROUP BY f.id"
    )
    assert len(packs) == 5
    assert all(balance == summed >= 0 for balance, summed in packs)


def test_timers_took_effect_at_their_instants_and_none_failed(tuesday: Demo) -> None:
    assert tuesday.one("SELECT count(*) FROM timers WHERE error IS NOT NULL") == 0
    assert tuesday.one("SELECT count(*) FROM timers WHERE state = 'pending' AND due_at <= :at") == 0
    fired = {kind for (kind,) in tuesday.rows("SELECT DISTINCT kind FROM timers WHERE state = 'fired'")}
    assert {"sla_level", "acceptance_end", "call_reminder", "escalation", "expiry", "expiry_reminder"} <= fired


def test_some_promises_were_missed_and_most_were_kept(tuesday: Demo) -> None:
    marks = dict(tuesday.rows("SELECT mark, count(*) FROM clocks WHERE mark IN ('met', 'missed') GROUP BY mark"))
    assert 0 < marks["missed"] < marks["met"] // 10


def test_enough_answers_are_known_for_a_client_to_be_told_a_window(tuesday: Demo) -> None:
    told = tuesday.desk.by(SYSTEM, tuesday.at).see(expect, item="erreurs", severity="minor", level="maintenance")
    assert told.window is not None
    assert told.window.low <= told.window.high


def test_progress_goes_up_to_the_whole(tuesday: Demo) -> None:
    done = [each for each, _ in tuesday.progress]
    assert done == sorted(done)
    assert tuesday.progress[-1][0] == tuesday.progress[-1][1]


def test_each_role_gets_a_link_that_signs_it_in_once(tuesday: Demo) -> None:
    links = demo_links(tuesday.desk, tuesday.at)
    assert len({role for role, _, _ in links}) == 8
    for _, name, url in links:
        assert url.startswith(f"{tuesday.desk.settings.environment.url}/sign-in/")
        assert tuesday.desk.by(SYSTEM, tuesday.at).do(use_link, url.rpartition("/")[2]).name == name


def test_a_desk_in_use_is_not_sown_over(tuesday: Demo) -> None:
    assert not is_empty(tuesday.desk)
    with pytest.raises(NotEmpty, match="contient déjà des comptes"):
        seed(tuesday.desk, tuesday.at)


OFFERED = (
    "FROM estimates e JOIN tickets t ON t.id = e.ticket_id WHERE e.state = 'offered' AND t.waiting_for = 'estimate'"
)


def alive(demo: Demo) -> None:
    """What is to be found at any hour."""
    seen = demo.desk.by(SYSTEM, demo.at).see(board)
    assert 12 <= seen.total <= 30
    assert {"late", "watch", "paused", "on_time"} <= {row.mark for row in seen.rows}
    open_states = {"new", "assigned", "in_progress", "waiting_client", "waiting_publisher", "reopened"}
    assert open_states <= {row.state for row in seen.rows}
    assert any(row.pinned for row in seen.rows)
    assert any(row.waiting_for == "forfait" for row in seen.rows)
    assert demo.one(f"SELECT count(*) {OFFERED}") == 2
    session = "SELECT count(*) FROM appointments WHERE kind = 'session' AND state = 'booked' AND starts_at > :at"
    assert demo.one(session) == 1
    assert demo.one("SELECT count(*) FROM events WHERE kind = 'readiness_set'") >= 1
    asked = "SELECT count(*) FROM events e JOIN tickets t ON t.id = e.ticket_id WHERE e.kind = 'estimate_asked'"
    assert demo.one(f"{asked} AND NOT EXISTS (SELECT 1 FROM estimates o WHERE o.ticket_id = t.id)") >= 1
    assert demo.one("SELECT count(*) FROM tickets WHERE state = 'resolved'") >= 2
    assert demo.one("SELECT count(*) FROM appointments WHERE state = 'booked' AND starts_at > :at") >= 1
    assert demo.one("SELECT count(*) FROM absences WHERE starts_at > :at") == 1
    assert demo.one("SELECT count(*) FROM hours_requests WHERE state = 'pending'") == 1
    assert demo.one("SELECT count(*) FROM outbox WHERE channel = 'webhook' AND state = 'pending'") >= 1
    shared = "SELECT count(DISTINCT t.company_id) FROM publisher_links l JOIN tickets t ON t.id = l.ticket_id"
    assert demo.one(f"{shared} JOIN publisher_errors e ON e.id = l.error_id WHERE e.reference = 'ED-48217'") == 2


def test_in_the_morning_the_queue_is_alive(tuesday: Demo) -> None:
    alive(tuesday)
    assert tuesday.one("SELECT count(*) FROM stints WHERE state = 'running'") >= 1


def test_while_the_desk_is_closed_the_queue_awaits_the_next_opening(closed: Demo) -> None:
    alive(closed)
    hours = closed.desk.settings.calendar
    assert not hours.is_open(closed.at)
    since = stored(hours.prev_open(closed.at))
    assert closed.one("SELECT count(*) FROM tickets WHERE deposited_at > :since", since=since) >= 3
    assert closed.one("SELECT count(*) FROM time_entries WHERE ended_at > :since", since=since) == 0
    assert closed.desk.by(SYSTEM, closed.at).see(differences) == []
