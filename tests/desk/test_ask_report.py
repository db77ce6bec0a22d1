"""An interim report, asked for by the client while the work goes on."""

from sla.desk.ask_report import ask_report
from sla.desk.escalate import decline
from sla.desk.report import report
from sla.desk.ticket_view import see_ticket
from sla.desk.work import work
from sla.errors import AlreadyDone, Forbidden, NotFound
from tests.desk.kept import USAGE, clock, events, fire, in_hand, kinds, refused, told
from tests.worlds import World

AT = "2026-06-01 15:00"


def test_its_technician_is_told_and_the_report_answers_it(world: World) -> None:
    number = in_hand(world, item=USAGE)
    world.do("clara", AT, work, number, minutes=30)
    event = world.do("julie", AT, ask_report, number, text="Pour ma direction")
    assert (event.kind, event.public, told(world, f"report_asked:{number}")) == (
        "report_asked",
        True,
        ["clara.fontaine"],
    )
    refused(world, AlreadyDone, "julie", AT, ask_report, number)
    world.do("clara", AT, report, number, done="Analyse faite.", interim=True)
    assert events(world, number)[-1].data["interim"] is True
    world.do("agnes", AT, ask_report, number)
    assert kinds(world, number)[-3:] == ["report_asked", "reported", "report_asked"]


def test_without_a_technician_the_dispatchers_are_told(world: World) -> None:
    number = in_hand(world)
    before = clock(world, number, "resolution").due_at
    world.do("julie", AT, ask_report, number)
    assert clock(world, number, "resolution").due_at == before
    assert world.see("julie", AT, see_ticket, number).life.state == "in_progress"


def test_until_it_is_sent_support_is_reminded_every_working_day(world: World) -> None:
    """Asked on Monday at 15:00: on Tuesday and Wednesday at 15:00, its technician and the dispatcher; not again once
    it has gone, were it before the work is done."""
    number = in_hand(world, item=USAGE)
    asked = world.do("julie", AT, ask_report, number)
    for at, times in (("2026-06-02 14:59", 0), ("2026-06-02 15:00", 1), ("2026-06-03 15:00", 2)):
        fire(world, at)
        assert told(world, f"report_asked:{number}:{asked.seq}:still:") == ["clara.fontaine", "diane"] * times
    world.do("clara", "2026-06-03 16:00", report, number, done="Analyse faite.", interim=True)
    again = world.do("julie", "2026-06-03 16:30", ask_report, number)
    fire(world, "2026-06-04 16:30")
    assert told(world, f"report_asked:{number}:{asked.seq}:still:") == ["clara.fontaine", "diane"] * 2
    assert told(world, f"report_asked:{number}:{again.seq}:still:") == ["clara.fontaine", "diane"]


def test_nobody_is_reminded_of_what_can_no_longer_be_reported(world: World) -> None:
    number = in_hand(world, item=USAGE)
    asked = world.do("julie", AT, ask_report, number)
    world.do("diane", "2026-06-01 16:00", decline, number, reason="Hors contrat")
    fire(world, "2026-06-30 17:00")
    assert told(world, f"report_asked:{number}:{asked.seq}:still:") == []


def test_refusals(world: World) -> None:
    number = in_hand(world)
    refused(world, NotFound, "bruno", AT, ask_report, number)
    refused(world, Forbidden, "clara", AT, ask_report, number)
    refused(world, NotFound, "julie", AT, ask_report, 999)
