"""Promises that run 24/7: elapsed time, whatever the desk's hours; working days stay the desk's."""

from dataclasses import replace

from sla.contract.service_item import Coverage
from sla.contract.targets import Severity
from sla.ticket.clock import ClockName, Mark
from sla.ticket.fold import fold
from tests.ticket.histories import RULES, TARGETS, deposited, paris, then, waits

LEVELS = {level: dict(each) for level, each in TARGETS.levels.items()}
LEVELS[Coverage.MAINTENANCE][Severity.BLOCKING] = replace(TARGETS.promise("maintenance", "blocking"), always=True)
ALWAYS = replace(RULES, promises=replace(TARGETS, levels=LEVELS))
FRIDAY_EVENING = deposited("2026-06-05 18:00", severity="blocking")


def test_the_clock_runs_at_night_and_on_saturday() -> None:
    """An hour for the first answer, eight for the resolution, from Friday at 18:00."""
    clocks = fold([FRIDAY_EVENING], ALWAYS).clocks
    assert clocks[ClockName.FIRST_RESPONSE].due_at == paris("2026-06-05 19:00")
    assert clocks[ClockName.RESOLUTION].due_at == paris("2026-06-06 02:00")


def test_less_urgent_it_counts_by_the_desk_again_from_the_deposit() -> None:
    """Requalified major on Saturday: nothing of its two hours has passed, they begin on Monday."""
    history = [FRIDAY_EVENING, then("2026-06-06 10:00", "requalified", severity="major")]
    first = fold(history, ALWAYS).clocks[ClockName.FIRST_RESPONSE]
    assert (first.mark, first.due_at, first.overdue_at) == (Mark.RUNNING, paris("2026-06-08 11:00"), None)


def test_the_acceptance_window_is_working_days_all_the_same() -> None:
    history = [FRIDAY_EVENING, then("2026-06-05 18:30", "resolved")]
    assert fold(history, ALWAYS).accept_until == paris("2026-06-15 09:00")


def test_a_workaround_counts_by_the_desk_again_too() -> None:
    """Charged instead of included, with the same four hours for it: they begin on Monday at opening."""
    four = {each: replace(LEVELS[each][Severity.BLOCKING], workaround=4 * 3600) for each in LEVELS}
    levels = {each: {**LEVELS[each], Severity.BLOCKING: four[each]} for each in LEVELS}
    rules = replace(RULES, promises=replace(TARGETS, levels=levels))
    history = [FRIDAY_EVENING, then("2026-06-05 18:30", "requalified", level="tma")]
    assert fold(history[:1], rules).clocks[ClockName.WORKAROUND].due_at == paris("2026-06-05 22:00")
    assert fold(history, rules).clocks[ClockName.WORKAROUND].due_at == paris("2026-06-08 14:00")


def test_deployment_keeps_the_desk_s_hours() -> None:
    """Its fourteen hours are working time whatever support promised, and whatever the ticket becomes meanwhile."""
    history = [FRIDAY_EVENING, then("2026-06-05 18:30", "transferred")]
    assert fold(history, ALWAYS).clocks[ClockName.DEPLOYMENT].due_at == paris("2026-06-09 17:00")
    milder = then("2026-06-08 10:00", "requalified", severity="major")
    for between in ([], [milder]):
        answered = fold([*history, *between, then("2026-06-09 17:00", "answered")], ALWAYS)
        clock = answered.clocks[ClockName.DEPLOYMENT]
        assert (clock.mark, clock.spent_s) == (Mark.MET, 14 * 3600)


def test_what_was_counted_round_the_clock_is_counted_anew_where_it_no_longer_is() -> None:
    """An hour on Friday evening and a pause; on Monday from 9 to 10, then major: one working hour of fourteen is spent.
    Resolved on Friday evening and refused on Monday at 10, made major meanwhile: none is."""
    asked, resumed = waits("2026-06-05 19:00"), then("2026-06-08 09:00", "resumed")
    milder = then("2026-06-08 10:00", "requalified", severity="major")
    paused = fold([FRIDAY_EVENING, asked, resumed, milder], ALWAYS).clocks[ClockName.RESOLUTION]
    assert (paused.spent_s, paused.due_at) == (3600, paris("2026-06-09 17:00"))
    story = [
        FRIDAY_EVENING,
        then("2026-06-05 20:00", "resolved"),
        then("2026-06-08 09:00", "requalified", severity="major"),
    ]
    refused = fold([*story, then("2026-06-08 10:00", "refused")], ALWAYS).clocks[ClockName.RESOLUTION]
    assert (refused.spent_s, refused.due_at) == (0, paris("2026-06-10 10:00"))


def test_late_at_once_by_other_hours_while_it_was_resolved_it_was_so_when_they_were_used_up() -> None:
    """Resolved on Saturday at 10:00, no working time spent; made a 24/7 promise, then refused: its four hours for a
    workaround passed on Friday at 22:00, by the change."""
    four = {each: replace(LEVELS[each][Severity.BLOCKING], workaround=4 * 3600) for each in LEVELS}
    rules = replace(
        RULES,
        promises=replace(TARGETS, levels={each: {**LEVELS[each], Severity.BLOCKING: four[each]} for each in LEVELS}),
    )
    charged = deposited("2026-06-05 18:00", severity="blocking", level="tma")
    story = [
        charged,
        then("2026-06-06 10:00", "resolved"),
        then("2026-06-06 11:00", "requalified", level="maintenance"),
    ]
    found = fold([*story, then("2026-06-06 12:00", "refused")], rules).clocks[ClockName.WORKAROUND]
    assert (found.due_at, found.overdue_at, found.cause) == (*[paris("2026-06-05 22:00")] * 2, "changed")
