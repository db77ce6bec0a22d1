"""`report`: who, when (each stretch), what, time spent and consumed, hours left, what is left to do."""

from sla.desk.actor import SYSTEM
from sla.desk.report import report, worked_on
from sla.desk.work import work
from sla.errors import Forbidden, Missing, NotFound, Secret
from sla.store.tables import Ticket
from tests.desk.kept import USAGE, a_ticket, clock, events, refused, told
from tests.worlds import World

AT = "2026-06-01 17:00"


def worked(world: World) -> int:
    number = a_ticket(world, item=USAGE)
    world.do("clara", "2026-06-01 11:00", work, number, minutes=100, note="Analyse")
    world.do("clara", "2026-06-01 16:00", work, number, minutes=20)
    return number


def test_it_keeps_the_time_as_it_stands_now(world: World) -> None:
    number = worked(world)
    world.do("clara", AT, report, number, done="Gammes reprises.", remaining="Former Paul.")
    world.do("clara", "2026-06-02 10:00", work, number, minutes=15)
    kept = events(world, number)[-2]
    assert (kept.kind, kept.text, kept.public) == ("reported", "Gammes reprises.", True)
    assert (kept.data["remaining"], kept.data["left_quarters"], kept.data["owed_quarters"]) == ("Former Paul.", 32, 0)
    assert kept.data["worked"] == [
        {
            "technician": "Clara Fontaine",
            "day": "2026-06-01",
            "minutes": 120,
            "consumed_quarters": 8,
            "stretches": [
                ["2026-06-01T07:20:00+00:00", "2026-06-01T09:00:00+00:00", 100, "Analyse"],
                ["2026-06-01T13:40:00+00:00", "2026-06-01T14:00:00+00:00", 20, ""],
            ],
        }
    ]
    assert told(world, f"report:{number}") == ["julie"]


def test_it_is_no_answer_to_a_promise(world: World) -> None:
    number = worked(world)
    world.do("clara", AT, report, number, done="Gammes reprises.")
    assert clock(world, number, "first_response").mark == "running"


def test_interventions_come_by_day(world: World) -> None:
    number = worked(world)
    world.do("mehdi", "2026-06-02 10:00", work, number, minutes=15)

    def read(tx: object) -> list[tuple[str, int]]:
        found = worked_on(tx, tx.session.get_one(Ticket, number))  # type: ignore[arg-type,attr-defined]
        return [(each.technician, each.minutes) for each in found]

    assert world.see(SYSTEM, AT, read) == [("Clara Fontaine", 120), ("Mehdi Haddad", 15)]


def test_refusals(world: World) -> None:
    number = worked(world)
    refused(world, Missing, "clara", AT, report, number, done="")
    refused(world, Secret, "clara", AT, report, number, done="x", remaining="mdp: abc")
    refused(world, Forbidden, "julie", AT, report, number, done="x")
    refused(world, NotFound, "clara", AT, report, 999, done="x")
