"""Acme's forfait of 10 h runs out in the middle of an intervention, in June 2026; and what then becomes of it all."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from sla.desk.comment import comment
from sla.desk.coverage import coverage_for
from sla.desk.deposit import deposit
from sla.desk.hours import buy_hours
from sla.desk.ledger import owed_by
from sla.desk.report import report
from sla.desk.ticket_view import see_ticket
from sla.desk.work import work
from sla.jobs.fire import fire_due, next_due
from sla.store.tables import Forfait, LedgerEntry, Message, Ticket
from sla.ticket.clock import ClockName
from tests.worlds import World, paris

USAGE = {"item": "usage", "severity": "minor", "title": "Gammes", "description": "Comment reprendre une gamme ?"}
ERROR = {**USAGE, "item": "erreurs", "title": "Erreur 12"}


class Account:
    """Acme's hours as time goes by: what is due fires first, then somebody acts."""

    def __init__(self, world: World) -> None:
        self.world, self.acme = world, world.companies["acme"]

    def until(self, at: str) -> None:
        while (due := next_due(self.world.desk.database)) is not None and due <= paris(at):
            fire_due(self.world.desk, due)

    def act(self, who: str, at: str, verb: Callable[..., Any], *args: Any, **given: Any) -> Any:
        self.until(at)
        done = self.world.do(who, at, verb, *args, **given)
        self.until(at)
        return done

    def worked(self, at: str, minutes: int) -> int:
        """A ticket of its own with that much work, ending then."""
        number: int = self.act("julie", f"{at[:10]} 08:00", deposit, **USAGE).id
        self.act("clara", at, work, number, minutes=minutes)
        return number

    def balance(self, forfait: int | None = None) -> int:
        with self.world.desk.database.reading() as session:
            return session.get_one(Forfait, forfait or self.world.forfait).balance_quarters

    def owed(self, at: str) -> int:
        return int(self.world.see("diane", at, owed_by, self.acme))

    def moved(self, forfait: int) -> list[tuple[str, int]]:
        query = select(LedgerEntry).where(LedgerEntry.forfait_id == forfait).order_by(LedgerEntry.id)
        with self.world.desk.database.reading() as session:
            return [(entry.kind, entry.quarters) for entry in session.scalars(query)]

    def told(self, key: str) -> list[str]:
        query = select(Message.recipient).where(Message.key.startswith(key)).order_by(Message.id)
        with self.world.desk.database.reading() as session:
            return [address.partition("@")[0] for address in session.scalars(query)]

    def ticket(self, number: int) -> Ticket:
        with self.world.desk.database.reading() as session:
            return session.get_one(Ticket, number)


def test_from_the_first_warning_to_the_next_forfait_s_end(world: World) -> None:
    acme = Account(world)
    goes_down(acme)
    waiting = runs_out(acme)
    new = is_bought_anew(acme, waiting)
    ends(acme, new)


def goes_down(acme: Account) -> None:
    """40 quarters: 4 h, then 3 h 15 leave 11; 45 min more leave 8 of 40, which is under 25 %."""
    acme.worked("2026-06-01 15:00", 240)
    acme.worked("2026-06-02 15:00", 195)
    assert (acme.balance(), acme.told("low")) == (11, [])
    acme.worked("2026-06-03 10:00", 45)
    assert acme.balance() == 8
    assert acme.told("low:1:25:") == ["agnes", "marc"]


def runs_out(acme: Account) -> int:
    """1 h, then 1 h 30 of the same day: 150 min cost 10 quarters, 8 are left, 2 are owed and shown at once."""
    number = acme.act("julie", "2026-06-04 08:00", deposit, **USAGE).id
    acme.act("clara", "2026-06-04 10:00", work, number, minutes=60)
    assert (acme.balance(), acme.told("low:1:10:")) == (4, ["agnes", "marc"])
    done = acme.act("clara", "2026-06-04 15:00", work, number, minutes=90)
    assert (done.minutes, done.consumed_quarters) == (150, 10)
    assert (acme.balance(), acme.owed("2026-06-04 15:00")) == (0, 2)
    assert acme.told("low:1:0:") == ["agnes", "marc"]
    sent = acme.act("clara", "2026-06-04 15:10", report, number, done="Gamme reprise.")
    assert (sent.data["left_quarters"], sent.data["owed_quarters"]) == (0, 2)
    assert acme.moved(acme.world.forfait)[-2:] == [("consumption", -4), ("consumption", -4)]

    refused = acme.world.see("julie", "2026-06-05 09:00", coverage_for, acme.acme, "usage")
    assert refused.outcome == "waits_forfait"
    waiting: int = acme.act("julie", "2026-06-05 09:00", deposit, **USAGE).id
    kept = acme.ticket(waiting)
    assert (kept.state, kept.waiting_for, kept.technician_id) == ("waiting_client", "forfait", None)
    assert acme.told(f"forfait:{waiting}:") == ["alain", "agnes"]
    acme.act("julie", "2026-06-05 10:00", comment, waiting, text="La commande part aujourd’hui.")
    assert acme.ticket(waiting).waiting_for == "forfait"
    included = acme.act("julie", "2026-06-05 10:00", deposit, **ERROR).id
    assert acme.ticket(included).state == "assigned"  # an error of the software waits for nobody's forfait
    return waiting


def is_bought_anew(acme: Account, waiting: int) -> int:
    """20 h on Tuesday 9 June: 2 quarters settle the debt first, 78 are left; the ticket goes on with nothing lost."""
    new: int = acme.act("marc", "2026-06-09 09:00", buy_hours, acme.acme, hours=20).id
    assert acme.moved(new) == [("purchase", 80), ("consumption", -2)]
    assert (acme.balance(new), acme.owed("2026-06-09 09:00")) == (78, 0)
    assert acme.told(f"bought:{new}:") == ["alain", "agnes"]
    kept = acme.ticket(waiting)
    assert kept.state == "assigned"
    assert kept.technician_id is not None
    resolution = acme.world.see("diane", "2026-06-09 09:00", see_ticket, waiting).life.clock(ClockName.RESOLUTION)
    assert (resolution.spent_s, resolution.due_at) == (0, paris("2026-06-17 17:00"))  # 49 h: seven whole days
    acme.act("clara", "2026-06-09 10:00", work, waiting, minutes=16)
    assert (acme.balance(), acme.balance(new)) == (0, 76)
    return new


def ends(acme: Account, new: int) -> None:
    """Valid until 8 June 2027; reminded on 9 April, 7 May (the 9th is a Sunday), 1 June; late work still finds it."""
    for at, days in (("2027-04-09 09:00", 60), ("2027-05-07 09:00", 30), ("2027-06-01 09:00", 7)):
        assert acme.told(f"expiring:{new}:{days}:") == []
        acme.until(at)
        assert acme.told(f"expiring:{new}:{days}:") == ["agnes", "marc"]
    acme.until("2027-06-09 09:00")
    number = acme.act("julie", "2027-06-09 09:30", deposit, **ERROR).id
    assert acme.ticket(number).state == "assigned"
    late: int = acme.act("julie", "2027-06-08 16:00", deposit, **USAGE).id
    acme.act("clara", "2027-06-14 09:00", work, late, minutes=30, started_at="2027-06-08T16:00")
    assert acme.balance(new) == 74
    acme.until("2027-06-16 08:59")
    assert acme.balance(new) == 74
    acme.until("2027-06-16 09:00")  # the fifth open day, the 15th, is over
    assert (acme.balance(new), acme.moved(new)[-1]) == (0, ("expiry", -74))
    assert acme.told(f"expired:{new}:") == ["agnes"]
    assert acme.told(f"expiring:{acme.world.forfait}:") == []  # the first was empty long before its end
