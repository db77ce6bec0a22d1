"""What became of each promise stands for good. 1 September 2026 is a Tuesday; a major error is owed a first answer in
2 h, the next in 4 h and its resolution in 14 h."""

import pytest

from sla.ticket.clock import Mark
from sla.ticket.verdict import Verdict
from tests.ticket.histories import FIRST, NEXT, RESOLUTION, WORKAROUND, Happened, deposited, life, paris, then, waits

CLARA, MEHDI = 1, 2
OURS = deposited("2026-09-01 09:00"), then("2026-09-01 09:05", "assigned", technician=CLARA)


def verdicts(*history: Happened) -> dict[tuple[str, int], tuple[str, object]]:
    return {key: (each.mark, each.at) for key, each in life(*history).verdicts.items()}


def test_a_promise_kept_is_kept_at_the_answer() -> None:
    found = life(*OURS, then("2026-09-01 11:00", "answered")).verdicts
    assert found == {(FIRST, 1): Verdict(Mark.MET, paris("2026-09-01 11:00"), None, "maintenance", "major", CLARA)}


def test_a_promise_that_passed_was_missed_at_its_deadline_and_by_whose_it_was_then() -> None:
    """Handed to Mehdi at 14:00, answered by him on Wednesday: it was Clara's at 11:00."""
    story = *OURS, then("2026-09-01 14:00", "assigned", technician=MEHDI), then("2026-09-02 09:00", "answered")
    expected = Verdict(Mark.MISSED, paris("2026-09-01 11:00"), None, "maintenance", "major", CLARA)
    assert life(*story[:3]).verdicts == life(*story).verdicts == {(FIRST, 1): expected}


def test_reopened_after_its_window_the_former_cycle_keeps_its_verdicts() -> None:
    """Missed in September, reopened on 10 November: a new cycle, which is kept, beside the old one."""
    missed = *OURS, then("2026-09-01 12:00", "answered"), then("2026-09-04 10:00", "resolved")
    before = verdicts(*missed)
    assert before == {
        (FIRST, 1): ("missed", paris("2026-09-01 11:00")),
        (RESOLUTION, 1): ("missed", paris("2026-09-02 17:00")),
    }
    again = *missed, then("2026-11-10 09:00", "reopened"), then("2026-11-10 10:00", "resolved")
    assert verdicts(*again) == before | {
        (FIRST, 2): ("met", paris("2026-11-10 10:00")),
        (RESOLUTION, 2): ("met", paris("2026-11-10 10:00")),
    }


def test_each_message_of_the_client_is_a_promise_of_its_own() -> None:
    story = [*OURS, then("2026-09-01 10:00", "answered")]
    for hour, answered in (("11:00", "14:00"), ("14:30", "16:00")):
        story += [then(f"2026-09-01 {hour}", "commented"), then(f"2026-09-01 {answered}", "answered")]
    assert verdicts(*story) == {
        (FIRST, 1): ("met", paris("2026-09-01 10:00")),
        (NEXT, 1): ("met", paris("2026-09-01 14:00")),
        (NEXT, 2): ("met", paris("2026-09-01 16:00")),
    }


def test_a_resolution_refused_within_its_window_is_open_again_until_it_is_decided() -> None:
    story = *OURS, then("2026-09-01 10:00", "answered"), then("2026-09-01 12:00", "resolved")
    assert (RESOLUTION, 1) in verdicts(*story)
    refused = *story, then("2026-09-03 09:00", "refused")
    assert (RESOLUTION, 1) not in verdicts(*refused)
    assert verdicts(*refused, then("2026-09-03 10:00", "resolved"))[RESOLUTION, 1] == (
        "met",
        paris("2026-09-03 10:00"),
    )


def test_a_miss_stays_one_when_it_is_refused_within_its_window() -> None:
    story = *OURS, then("2026-09-04 10:00", "resolved"), then("2026-09-07 09:00", "refused")
    assert verdicts(*story)[RESOLUTION, 1] == ("missed", paris("2026-09-02 17:00"))


@pytest.mark.parametrize(("kind", "data"), [("transferred", {}), ("declined", {}), ("merged", {"into": 7})])
def test_a_transfer_or_a_merger_makes_nothing_of_what_was_missed_before(kind: str, data: dict[str, int]) -> None:
    late = *OURS, then("2026-09-01 14:00", kind, **data)
    assert verdicts(*late) == {(FIRST, 1): ("missed", paris("2026-09-01 11:00"))}
    assert verdicts(*OURS, then("2026-09-01 10:00", kind, **data)) == {}


def test_a_miss_that_another_severity_has_made_says_so_and_goes_with_it() -> None:
    """Blocking from 14:00 on: 1 h to the first answer, which had passed at 10:00. Minor: it never was late."""
    graver = *OURS, then("2026-09-01 10:30", "requalified", severity="blocking")
    assert life(*graver).verdicts[FIRST, 1] == Verdict(
        Mark.MISSED, paris("2026-09-01 10:00"), "changed", "maintenance", "blocking", CLARA
    )
    lighter = *graver, then("2026-09-01 10:40", "requalified", severity="minor")
    assert (FIRST, 1) not in verdicts(*lighter)


def test_what_changes_neither_a_clock_nor_whose_it_is_judges_nothing() -> None:
    late = *OURS, then("2026-09-01 14:00", "noted")
    assert life(*late).verdicts == {}
    assert verdicts(*late, waits("2026-09-01 15:00")) == verdicts(*OURS, waits("2026-09-01 15:00")) == {}


def test_a_workaround_missed_before_its_ticket_became_less_grave_was_missed_for_good() -> None:
    """Owed by 13:30, nothing said until 16:00: what makes the clock void then did not make it late."""
    late = deposited("2026-09-01 09:00", severity="blocking"), then("2026-09-01 09:05", "assigned", technician=CLARA)
    graded = *late, then("2026-09-01 16:00", "requalified", severity="major")
    noted = *late, then("2026-09-01 15:00", "assigned", technician=MEHDI), graded[-1]
    found = life(*graded).verdicts[WORKAROUND, 1]
    assert (found.mark, found.cause, found.severity, found.technician) == (Mark.MISSED, None, "blocking", CLARA)
    assert life(*noted).verdicts[WORKAROUND, 1] == found


def test_a_miss_is_not_made_one_of_another_severity_by_going_there_and_back() -> None:
    late = deposited("2026-09-01 09:00", severity="blocking"), then("2026-09-01 09:05", "assigned", technician=CLARA)
    eased = *late, then("2026-09-01 16:00", "requalified", severity="major")
    back = *eased, then("2026-09-01 16:05", "requalified", severity="blocking")
    assert life(*back).verdicts[WORKAROUND, 1] == life(*eased).verdicts[WORKAROUND, 1]


@pytest.mark.parametrize("between", [[], [then("2026-09-01 10:45", "assigned", technician=MEHDI)]])
def test_a_miss_that_was_lived_comes_back_with_its_promise(between: list[Happened]) -> None:
    """Blocking, owed an answer by 10:00 and none given: minor at 10:30 it is not late, blocking again at 11:00 it was
    missed, by whose it was at 10:00, whoever has it since."""
    late = deposited("2026-09-01 09:00", severity="blocking"), then("2026-09-01 09:05", "assigned", technician=CLARA)
    eased = *late, then("2026-09-01 10:30", "requalified", severity="minor"), *between
    back = life(*eased, then("2026-09-01 11:00", "requalified", severity="blocking"))
    assert verdicts(*eased) == {}
    missed = Verdict(Mark.MISSED, paris("2026-09-01 10:00"), None, "maintenance", "blocking", CLARA)
    assert back.verdicts == {(FIRST, 1): missed}
    assert (back.clock(FIRST).overdue_at, back.clock(FIRST).cause) == (missed.at, None)


def test_a_miss_that_was_lived_makes_none_of_a_promise_that_is_kept() -> None:
    """Minor from 10:30 on, answered in time and asked again; what comes then is the next promise."""
    late = deposited("2026-09-01 09:00", severity="blocking"), then("2026-09-01 09:05", "assigned", technician=CLARA)
    eased = *late, then("2026-09-01 10:30", "requalified", severity="minor")
    kept = *eased, then("2026-09-01 10:40", "answered")
    back = *kept, then("2026-09-01 11:00", "requalified", severity="blocking")
    assert verdicts(*kept) == verdicts(*back) == {(FIRST, 1): ("met", paris("2026-09-01 10:40"))}


def test_a_longer_promise_missed_in_its_turn_was_missed_then() -> None:
    """Missed at 10:00, minor at 10:30 and Mehdi's from 10:45 on, missed at 14:00 anew: that one is his."""
    late = deposited("2026-09-01 09:00", severity="blocking"), then("2026-09-01 09:05", "assigned", technician=CLARA)
    eased = *late, then("2026-09-01 10:30", "requalified", severity="minor")
    found = life(*eased, then("2026-09-01 10:45", "assigned", technician=MEHDI), then("2026-09-01 16:00", "answered"))
    assert found.verdicts == {
        (FIRST, 1): Verdict(Mark.MISSED, paris("2026-09-01 14:00"), None, "maintenance", "minor", MEHDI)
    }


def test_a_miss_is_the_same_by_whichever_way_another_severity_came() -> None:
    """Missed at 10:00 as blocking; major at noon, it is late since 11:00: at once, or by way of minor."""
    late = deposited("2026-09-01 09:00", severity="blocking"), then("2026-09-01 09:05", "assigned", technician=CLARA)
    major = then("2026-09-01 12:00", "requalified", severity="major")
    straight = life(*late, major)
    round_about = life(*late, then("2026-09-01 11:30", "requalified", severity="minor"), major)
    assert straight.verdicts[FIRST, 1].at == paris("2026-09-01 11:00")
    assert straight.verdicts[FIRST, 1] == round_about.verdicts[FIRST, 1]
