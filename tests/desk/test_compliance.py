"""Which promises were kept, as a manager reads it; a past month stays what it was. 1 September 2026 is a Tuesday."""

from datetime import date

import pytest
from sqlalchemy import delete, update

from sla.desk.actor import SYSTEM
from sla.desk.answer import answer
from sla.desk.assign import assign
from sla.desk.compliance import Compliance, Tally, compliance
from sla.desk.people import add_person
from sla.desk.qualify import qualify
from sla.desk.reopen import reopen
from sla.desk.resolve import resolve
from sla.desk.verify import differences
from sla.errors import BadInstant, Forbidden, UnfitInstant
from sla.store.tables import VerdictRow
from tests.desk.kept import a_ticket
from tests.worlds import World


def read(world: World, at: str, month: str = "") -> Compliance:
    found: Compliance = world.see("marc", at, compliance, month)
    return found


def missed_in_september(world: World) -> int:
    """Due on 1 September at 11:00, answered at noon by Clara; resolved on the 3rd at 10:00, due on the 2nd at 17:00."""
    number = a_ticket(world, "2026-09-01 09:00")
    world.do("diane", "2026-09-01 09:05", assign, number, technician=world.clara.id)
    world.do("clara", "2026-09-01 12:00", answer, number, text="Je regarde.")
    world.do("clara", "2026-09-03 10:00", resolve, number, text="Fait.")
    return number


def test_september_still_shows_its_misses_after_the_ticket_was_reopened_in_november(each_world: World) -> None:
    world = each_world
    number = missed_in_september(world)
    before = read(world, "2026-10-15 10:00", "2026-09")
    assert before.whole.clocks == {"first_response": Tally(missed=1), "resolution": Tally(missed=1)}
    world.do("julie", "2026-11-10 09:00", reopen, number, text="Cela recommence.")
    world.do("diane", "2026-11-10 09:05", assign, number, technician=world.mehdi.id)
    world.do("mehdi", "2026-11-10 10:00", resolve, number, text="Cette fois oui.")
    after = read(world, "2026-11-20 10:00", "2026-09")
    assert (after.whole, after.contracts, after.technicians) == (before.whole, before.contracts, before.technicians)
    assert [line.name for line in after.technicians] == ["Clara Fontaine"]
    november = read(world, "2026-11-20 10:00")
    assert november.month == date(2026, 11, 1)
    assert november.whole.clocks == {"first_response": Tally(met=1), "resolution": Tally(met=1)}
    assert [line.name for line in november.technicians] == ["Mehdi Haddad"]
    by_month = {line.name: line.whole for line in november.months}
    assert by_month == {date(2026, 11, 1): Tally(met=2), date(2026, 9, 1): Tally(missed=2)}
    assert world.see(SYSTEM, "2026-11-20 10:00", differences) == []


def test_a_promise_counts_where_it_was_decided_however_late_the_answer_comes(world: World) -> None:
    """Both deposited on Wednesday 30 September, answered on 1 October at 9:00: due on Wednesday at 16:00, and on
    Thursday at 11:30."""
    numbers = [
        a_ticket(world, f"2026-09-30 {at}", severity=it) for at, it in (("15:00", "blocking"), ("14:30", "minor"))
    ]
    for number in numbers:
        world.do("clara", "2026-10-01 09:00", answer, number, text="Je regarde.")
    september, october = (read(world, "2026-10-01 10:00", month).whole.clocks for month in ("2026-09", "2026-10"))
    assert (september["first_response"], october["first_response"]) == (Tally(missed=1), Tally(met=1))


def test_what_has_passed_without_a_word_is_missed_already_and_shown_as_still_owed(each_world: World) -> None:
    world = each_world
    number = a_ticket(world, "2026-09-01 09:00")
    assert read(world, "2026-09-01 11:00").whole.clocks == {}
    seen = read(world, "2026-09-01 11:01")
    assert seen.whole.clocks == {"first_response": Tally(missed=1)}
    assert [(each.ticket, each.clock, each.open) for each in seen.missed] == [(number, "first_response", True)]
    world.do("diane", "2026-09-01 14:00", assign, number, technician=world.yann.id)
    [line] = read(world, "2026-09-01 14:01").technicians
    assert line.name != "Yann Le Bihan"  # it was not his when it passed
    assert [each.open for each in read(world, "2026-09-01 14:01").missed] == [True]
    world.do("yann", "2026-09-01 15:00", answer, number, text="Je regarde.")
    assert [each.open for each in read(world, "2026-09-01 15:00").missed] == [False]


def test_by_contract_and_severity(world: World) -> None:
    missed_in_september(world)
    other = a_ticket(world, "2026-09-01 09:00", who="bruno", severity="blocking")
    world.do("mehdi", "2026-09-01 09:30", answer, other, text="Je regarde.")
    world.do("mehdi", "2026-09-01 10:00", resolve, other, text="Fait.")
    seen = read(world, "2026-09-30 10:00")
    assert {line.name: line.whole for line in seen.contracts} == {
        ("Acme", "maintenance"): Tally(missed=2),
        ("Bolt", "maintenance"): Tally(met=3),
    }
    assert {line.name: line.whole.share for line in seen.severities} == {"blocking": 1.0, "major": 0.0}
    assert seen.clocks == ["first_response", "workaround", "resolution"]


def test_what_a_graver_severity_made_late_is_counted_apart(world: World) -> None:
    number = a_ticket(world, "2026-09-01 09:00")
    world.do("diane", "2026-09-01 10:30", qualify, number, severity="blocking", reason="Toute l’usine est arrêtée")
    seen = read(world, "2026-09-01 10:31")
    assert seen.whole.clocks == {"first_response": Tally(changed=1)}
    assert (seen.missed, seen.whole.whole.share) == ([], None)


def test_a_month_that_can_not_be_is_refused_by_name(world: World) -> None:
    for typed in ("septembre", "2026-13", "2026-9-1", "0001-01", "2026-12", "9999-12"):
        with pytest.raises((BadInstant, UnfitInstant)) as met:
            read(world, "2026-11-20 10:00", typed)
        assert typed in met.value.sentence()


def test_two_of_one_name_have_a_line_each(world: World) -> None:
    who = {"name": "Clara Fontaine", "email": "cf2@x.test", "role": "technician"}
    twin = world.do(SYSTEM, "2026-08-01 10:00", add_person, **who)
    missed_in_september(world)
    with world.desk.database.writing() as session:
        session.execute(update(VerdictRow).where(VerdictRow.clock == "resolution").values(technician_id=twin.id))
    lines = {line.name: line.whole.missed for line in read(world, "2026-09-30 10:00").technicians}
    first = next(each.email for each in world.desk.settings.technicians if each.name == "Clara Fontaine")
    assert lines == {f"Clara Fontaine ({first})": 1, "Clara Fontaine (cf2@x.test)": 1}


def test_it_is_a_manager_s(world: World) -> None:
    for who in ("julie", "clara", "diane", "paul"):
        with pytest.raises(Forbidden):
            world.see(who, "2026-09-30 10:00", compliance)


def test_a_month_older_than_a_year_is_read_by_itself_beside_the_last_twelve(world: World) -> None:
    """September 2026 is read in November 2027, in which nothing has been decided yet."""
    missed_in_september(world)
    found = read(world, "2027-11-20 10:00", "2026-09")
    assert (found.whole.whole, found.months) == (Tally(missed=2), [])
    assert found.clocks == ["first_response", "resolution"]
    assert [line.name for line in read(world, "2027-08-20 10:00").months] == [date(2026, 9, 1)]


def late_before_verdicts_were_kept(world: World) -> int:
    """Due at 11:00, handed over at 14:00; nothing was kept of it then but its history."""
    number = a_ticket(world, "2026-09-01 09:00")
    world.do("diane", "2026-09-01 09:05", assign, number, technician=world.clara.id)
    world.do("diane", "2026-09-01 14:00", assign, number, technician=world.mehdi.id)
    with world.desk.database.writing() as session:
        assert session.scalars(delete(VerdictRow).returning(VerdictRow.clock)).all() == ["first_response"]
    return number


def test_a_miss_of_before_verdicts_were_kept_counts_when_it_is_answered_at_last(world: World) -> None:
    number = late_before_verdicts_were_kept(world)
    assert read(world, "2026-09-02 09:00").whole.clocks == {"first_response": Tally(missed=1)}
    world.do("mehdi", "2026-09-02 10:00", answer, number, text="Je regarde.")
    found = read(world, "2026-09-02 10:01")
    assert found.whole.clocks == {"first_response": Tally(missed=1)}
    assert [each.open for each in found.missed] == [False]


def test_a_ticket_late_before_verdicts_were_kept_is_requalified_like_any_other(world: World) -> None:
    number = late_before_verdicts_were_kept(world)
    world.do("diane", "2026-09-01 14:10", qualify, number, severity="question", reason="Une question.")
    assert read(world, "2026-09-01 14:11").whole.clocks == {}
    assert world.see(SYSTEM, "2026-09-01 14:11", differences) == []
