"""Two forfaits across an expiry date, and a ticket that turns out to be included after the first has gone."""

from datetime import date

from sla.desk.actor import SYSTEM
from sla.desk.hours import buy_hours
from sla.desk.hours_card import own_hours
from sla.desk.ledger import owed_by
from sla.desk.qualify import qualify
from sla.desk.verify import differences
from sla.desk.work import work
from tests.desk.kept import ERROR, USAGE, a_ticket, balance, fire, ledger
from tests.worlds import World


def test_across_an_expiry_date_and_back(world: World) -> None:
    """The first ends on 4 January 2027, 10 h; the second, of 20 h, was sold ahead and runs from 5 January."""
    acme = world.companies["acme"]
    second = world.do("marc", "2026-12-01 10:00", buy_hours, acme, hours=20, first_day=date(2027, 1, 5)).id
    usage = a_ticket(world, "2026-12-07 08:00", item=USAGE)
    world.do("clara", "2026-12-07 12:00", work, usage, minutes=200)  # 14 quarters of the first
    assert (balance(world), balance(world, second)) == (26, 80)

    last_day = a_ticket(world, "2027-01-04 09:00", item=USAGE)
    world.do("clara", "2027-01-04 12:00", work, last_day, minutes=50)  # 4 more, on its last day
    world.do("clara", "2027-01-05 12:00", work, last_day, minutes=50)  # the day after is the second's
    world.do(
        "clara", "2027-01-08 10:00", work, last_day, minutes=16, started_at="2027-01-04T16:00"
    )  # typed in the grace
    assert (balance(world), balance(world, second)) == (21, 76)

    fire(world, "2027-01-12 09:00")  # the fifth open day after the last is over: what is left goes by an entry
    assert (balance(world), ledger(world)[-1]) == (0, ("expiry", -21))
    late = a_ticket(world, "2027-01-04 10:00", item=USAGE)
    world.do("clara", "2027-01-13 10:00", work, late, minutes=30, started_at="2027-01-04T14:00")  # too late for it
    assert (balance(world, second), world.see("diane", "2027-01-13 10:00", owed_by, acme)) == (
        74,
        0,
    )  # the next one has

    world.do("diane", "2027-01-14 10:00", qualify, usage, reason="Erreur du logiciel, finalement", item=ERROR)
    """14 quarters of a forfait that is gone come back on the one that runs: first the 2 owed that it bore."""
    assert ledger(world, second)[-3:] == [("consumption", -2), ("correction", 2), ("correction", 12)]
    hours = world.see("agnes", "2027-01-14 10:00", own_hours)
    assert (hours.left, hours.owed, hours.kept, balance(world)) == (88, 0, 0, 0)
    assert world.see(SYSTEM, "2027-01-14 10:00", differences) == []
