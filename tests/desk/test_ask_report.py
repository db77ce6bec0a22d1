"""An interim report, asked for by the client while the work goes on."""

from sla.desk.ask_report import ask_report
from sla.desk.report import report
from sla.desk.ticket_view import see_ticket
from sla.desk.work import work
from sla.errors import AlreadyDone, Forbidden, NotFound
from tests.desk.kept import USAGE, clock, events, in_hand, kinds, refused, told
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


def test_refusals(world: World) -> None:
    number = in_hand(world)
    refused(world, NotFound, "bruno", AT, ask_report, number)
    refused(world, Forbidden, "clara", AT, ask_report, number)
    refused(world, NotFound, "julie", AT, ask_report, 999)
