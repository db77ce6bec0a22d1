"""The movements of prepaid hours: who pays, what is owed, what is given back; in whole quarter-hours."""

from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from sla.desk.answer import answer
from sla.desk.calendar_edits import AddPeriod
from sla.desk.edit_calendar import edit_calendar
from sla.desk.hours import buy_hours, correct_hours
from sla.desk.ledger import owed_by
from sla.desk.qualify import qualify
from sla.desk.wait import wait_for_publisher
from sla.desk.work import work
from sla.errors import NotFound
from sla.store.tables import Intervention, LedgerEntry, Message, Row
from sla.wording import written_by_the_service
from tests.desk.kept import (
    ERROR,
    USAGE,
    a_ticket,
    balance,
    count,
    everything,
    fire,
    ledger,
    refused,
    ticket,
    told,
)
from tests.worlds import World, paris

NOON = "2026-06-01 12:00"
JANUARY = date(2027, 1, 5)


def owed(world: World, company: str = "acme") -> int:
    return int(world.see("diane", NOON, owed_by, world.companies[company]))


def worked(world: World, minutes: int, at: str = NOON, who: str = "clara", company: str = "julie") -> int:
    """A usage ticket with that much work on it, which ends at that instant."""
    number = a_ticket(world, at.replace("12:00", "08:00"), who=company, item=USAGE)
    world.do(who, at, work, number, minutes=minutes)
    return number


def test_the_forfait_that_expires_first_pays_first_and_the_next_goes_on(world: World) -> None:
    """9 h 30 are used; 45 min more: 2 quarters of the old one, 1 of the new."""
    second = world.do("marc", "2026-05-01 09:00", buy_hours, world.companies["acme"], hours=10).id
    for day in ("2026-06-01", "2026-06-02", "2026-06-03"):
        worked(world, 190, f"{day} 12:00")  # 13 quarters each
    assert (balance(world), balance(world, second)) == (1, 40)
    worked(world, 45, "2026-06-04 12:00")
    assert (balance(world), balance(world, second), owed(world)) == (0, 38, 0)
    assert ledger(world)[-1] == ("consumption", -1)
    assert ledger(world, second) == [("purchase", 40), ("consumption", -2)]


def reasons(world: World, forfait: int) -> list[tuple[str, str]]:
    """Of its movements, in French and in English."""
    query = select(LedgerEntry.reason).where(LedgerEntry.forfait_id == forfait).order_by(LedgerEntry.id)
    with world.desk.database.reading() as session:
        return [(each, written_by_the_service(each, "en")) for each in session.scalars(query)]


def test_a_debt_that_is_settled_names_the_work_that_was_owed_first(world: World) -> None:
    """Four times 11 quarters are owed; corrections of 10 and of 12 come in, then 10 h."""
    tickets = []
    world.do("marc", NOON, correct_hours, world.forfait, quarters=-40, reason="Rendu")
    for day in ("2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04"):
        number = a_ticket(world, f"{day} 08:00")
        world.do("clara", f"{day} 12:00", work, number, minutes=165)
        world.do("diane", f"{day} 12:01", qualify, number, reason="Usage", item=USAGE)
        tickets.append(number)
    one, two, three, four = tickets
    for quarters in (10, 12):
        world.do("marc", "2026-06-05 09:00", correct_hours, world.forfait, quarters=quarters, reason="Geste")
    said = reasons(world, world.forfait)
    assert said[3] == (f"Heures dues du ticket nº\u00a0{one}", f"Hours owed for ticket {one}")
    assert said[5] == (f"Heures dues des tickets nº\u00a0{one}, {two}", f"Hours owed for tickets {one}, {two}")
    world.do("diane", "2026-06-05 10:00", qualify, four, reason="Erreur du logiciel", item=ERROR)
    july = date(2026, 7, 1)
    new = world.do("marc", "2026-06-05 11:00", buy_hours, world.companies["acme"], hours=10, first_day=july).id
    with world.desk.database.reading() as session:
        days = list(session.scalars(select(LedgerEntry.day).where(LedgerEntry.forfait_id == new)))
    assert days == [july, july]  # no movement of a forfait lies outside its days
    assert reasons(world, new)[1][0] == f"Heures dues du ticket nº\u00a0{three}"
    assert (balance(world, new), owed(world)) == (29, 0)


def test_what_nobody_can_pay_is_owed_and_settled_first_by_the_next_forfait(world: World) -> None:
    for day in ("2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04"):
        worked(world, 165, f"{day} 12:00")  # 11 quarters each: 44 of 40
    assert (balance(world), owed(world)) == (0, 4)
    new = world.do("marc", "2026-06-05 09:00", buy_hours, world.companies["acme"], hours=20).id
    assert (balance(world, new), owed(world)) == (76, 0)
    assert ledger(world, new) == [("purchase", 80), ("consumption", -4)]
    assert letter_of(world, new) == (
        "Heures dues pour du travail antérieur, prises d’abord : 1 h 00\n"
        "Solde de ce forfait : 19 h 00\n"
        "Solde utilisable aujourd’hui, tous forfaits compris : 19 h 00\n"
    )
    later = world.do("marc", "2026-06-05 10:00", buy_hours, world.companies["acme"], hours=10, first_day=JANUARY).id
    assert letter_of(world, later) == (
        "Solde de ce forfait : 10 h 00\n"
        "Solde utilisable aujourd’hui, tous forfaits compris : 19 h 00 (celui-ci s’y ajoutera le 5 janvier 2027)\n"
    )


def movements(world: World, forfait: int) -> list[tuple[str, date]]:
    """Author and date of each."""
    query = select(LedgerEntry.author, LedgerEntry.day).where(LedgerEntry.forfait_id == forfait)
    with world.desk.database.reading() as session:
        return [(author, day) for author, day in session.execute(query.order_by(LedgerEntry.id))]


def letter_of(world: World, pack: int) -> str:
    """What the mail of a sale says of hours."""
    with world.desk.database.reading() as session:
        body = session.scalars(select(Message.body).where(Message.key.startswith(f"bought:{pack}:"))).first()
    return str(body).replace("\u00a0", " ").partition("compris.\n")[2].partition("\n\n")[0].lstrip("\n") + "\n"


def sold_ahead(world: World) -> int:
    """A forfait of 20 h from 5 January 2027, the day after the first one's last; of that one, a quarter is left."""
    new: int = world.do("marc", "2026-12-01 09:00", buy_hours, world.companies["acme"], hours=20, first_day=JANUARY).id
    for day in ("2026-12-01", "2026-12-02", "2026-12-03"):
        worked(world, 190, f"{day} 12:00")
    assert (balance(world), balance(world, new)) == (1, 80)
    return new


def test_what_is_owed_before_a_forfait_sold_ahead_begins_comes_off_it_on_its_first_day(world: World) -> None:
    """It is the next one: nobody has to buy another."""
    new = sold_ahead(world)
    worked(world, 60, "2026-12-28 12:00")
    fire(world, "2027-01-04 23:59")
    assert (balance(world), balance(world, new), owed(world)) == (0, 80, 3)
    fire(world, "2027-01-05 00:00")
    assert (balance(world, new), owed(world)) == (77, 0)
    assert ledger(world, new) == [("purchase", 80), ("consumption", -3)]


def test_work_typed_late_that_its_day_can_not_pay_comes_off_the_forfait_that_has_begun_since(world: World) -> None:
    """An hour of 4 January, typed on the 6th: a quarter of the first, three of the next, as if it had been typed in
    time; nothing is owed beside hours that can be used, and nobody is told that it is. Given back, all four go to the
    next one: the first has ended."""
    new = sold_ahead(world)
    number = a_ticket(world, "2027-01-04 09:00", item=USAGE)
    fire(world, "2027-01-06 09:00")
    world.do("clara", "2027-01-06 09:00", work, number, minutes=60, started_at="2027-01-04T16:00")
    assert (balance(world), balance(world, new), owed(world), told(world, "owed:")) == (0, 77, 0, [])
    assert (ledger(world)[-1], ledger(world, new)[-1]) == (("consumption", -1), ("consumption", -3))
    world.do("diane", "2027-01-06 10:00", qualify, number, reason="Erreur du logiciel", item=ERROR)
    assert (balance(world), balance(world, new), owed(world)) == (0, 81, 0)


def test_what_a_forfait_bears_as_it_begins_is_the_clock_s_own_act_be_its_timer_late(world: World) -> None:
    """Three quarters are owed when it begins on 5 January; its timer is late, and Marc corrects it by one."""
    new = sold_ahead(world)
    worked(world, 60, "2026-12-28 12:00")
    world.do("marc", "2027-01-05 09:00", correct_hours, new, quarters=1, reason="Geste")
    assert ledger(world, new) == [("purchase", 80), ("consumption", -3), ("correction", 1)]
    assert [author for author, _ in movements(world, new)] == ["Marc", "Service", "Marc"]


def test_a_forfait_used_up_by_what_was_owed_wakes_nothing(world: World) -> None:
    """Bolt owes 10 h; a pack of 10 h sold for later is gone on its first day, and who waited for hours still waits."""
    for day in ("2026-06-01", "2026-06-02", "2026-06-03"):
        number = a_ticket(world, f"{day} 08:00", who="bruno")
        world.do("clara", f"{day} 12:00", work, number, minutes=200)
    new = world.do("marc", NOON, buy_hours, world.companies["bolt"], hours=10, first_day=date(2026, 7, 1)).id
    waiting = a_ticket(world, "2026-06-04 09:00", who="bruno", item=USAGE)
    for ticket_number in range(number - 2, number + 1):
        world.do("diane", "2026-06-04 10:00", qualify, ticket_number, reason="Usage", item=USAGE)
    assert (balance(world, new), owed(world, "bolt")) == (40, 42)
    fire(world, "2026-07-01 00:00")
    assert (balance(world, new), owed(world, "bolt"), ticket(world, waiting).waiting_for) == (0, 2, "forfait")


def test_a_debt_greater_than_the_forfait_leaves_the_rest_owed(world: World) -> None:
    """Errors of bolt's, worked 4 × 3 h, turn out to be usage: 48 quarters owed, 10 h bring 40."""
    for day in ("2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04"):
        number = a_ticket(world, f"{day} 08:00", who="bruno")
        world.do("clara", f"{day} 12:00", work, number, minutes=180)
        world.do("diane", f"{day} 12:01", qualify, number, reason="Usage", item=USAGE)
    assert owed(world, "bolt") == 48
    new = world.do("marc", "2026-06-05 09:00", buy_hours, world.companies["bolt"], hours=10).id
    assert (balance(world, new), owed(world, "bolt")) == (0, 8)
    assert letter_of(world, new) == (
        "Heures dues pour du travail antérieur, prises d’abord : 10 h 00\n"
        "Solde de ce forfait : 0 h 00\n"
        "Solde utilisable aujourd’hui, tous forfaits compris : 0 h 00\n"
        "Reste dû : 2 h 00, à prendre en premier sur le prochain forfait\n"
    )


def test_requalified_to_maintenance_gives_back_by_corrections(world: World) -> None:
    number = worked(world, 50)
    assert balance(world) == 36
    world.do("diane", NOON, qualify, number, reason="Erreur du logiciel", item=ERROR)
    assert balance(world) == 40
    assert ledger(world) == [("purchase", 40), ("consumption", -4), ("correction", 4)]
    world.do("diane", NOON, qualify, number, reason="Usage, finalement", item=USAGE)
    assert (balance(world), ledger(world)[-1]) == (36, ("consumption", -4))
    assert told(world, f"requalified:{number}:") == ["julie", "alain", "agnes"] * 2  # who answers for the hours too
    query = select(Message.body).where(Message.key.startswith(f"requalified:{number}:")).order_by(Message.id)
    with world.desk.database.reading() as session:
        bodies = session.scalars(query).all()
    assert "Travail déjà fait\u00a0: 1\u00a0h\u00a000 rendue\n" in bodies[0]
    assert "Travail déjà fait\u00a0: 1\u00a0h\u00a000 décomptée\n" in bodies[-1]


def test_what_was_owed_for_it_is_forgiven_before_any_forfait_is_given_back(world: World) -> None:
    for day in ("2026-06-01", "2026-06-02", "2026-06-03"):
        worked(world, 180, f"{day} 12:00")
    last = worked(world, 120, "2026-06-04 12:00")  # 8 quarters: 4 paid, 4 owed
    assert (balance(world), owed(world)) == (0, 4)
    world.do("diane", "2026-06-04 12:00", qualify, last, reason="Erreur du logiciel", item=ERROR)
    assert (balance(world), owed(world)) == (4, 0)
    assert ledger(world)[-2:] == [("consumption", -4), ("correction", 4)]


def test_what_a_later_forfait_settled_goes_back_to_it(world: World) -> None:
    number = a_ticket(world, who="bruno")
    world.do("clara", NOON, work, number, minutes=120)
    world.do("diane", NOON, qualify, number, reason="Usage", item=USAGE)
    new = world.do("marc", NOON, buy_hours, world.companies["bolt"], hours=10).id
    assert (balance(world, new), owed(world, "bolt")) == (32, 0)
    world.do("diane", NOON, qualify, number, reason="Erreur, finalement", item=ERROR)
    assert (balance(world, new), owed(world, "bolt")) == (40, 0)
    assert ledger(world, new)[-1] == ("correction", 8)
    world.do("diane", NOON, qualify, number, reason="Usage", item=USAGE)
    world.do("diane", NOON, qualify, number, reason="Erreur", item=ERROR)
    assert (balance(world, new), owed(world, "bolt")) == (40, 0)


def ended(world: World) -> tuple[int, int]:
    """Two tickets, 8 and 4 quarters of the first forfait, which has expired since; nothing runs any more."""
    first, second = worked(world, 120, "2026-06-01 12:00"), worked(world, 60, "2026-06-02 12:00")
    fire(world, "2027-01-12 09:00")
    return first, second


def test_hours_given_back_after_the_expiry_are_kept_for_the_next_forfait(world: World) -> None:
    """8 quarters of an expired forfait: they would be lost there, so they come on top of the 40 bought next."""
    number, _ = ended(world)
    world.do("diane", "2027-02-01 09:00", qualify, number, reason="Erreur du logiciel", item=ERROR)
    assert (balance(world), owed(world)) == (0, -8)
    assert ledger(world)[-1] == ("expiry", -28)
    new = world.do("marc", "2027-02-02 09:00", buy_hours, world.companies["acme"], hours=10).id
    assert (balance(world, new), owed(world)) == (48, 0)
    assert ledger(world, new) == [("purchase", 40), ("correction", 8)]
    assert "d’un forfait terminé, ajoutées à celui-ci : 2 h 00\nSolde de ce forfait : 12 h 00" in letter_of(world, new)


def test_work_that_hours_kept_for_the_client_have_paid_is_not_named_again(world: World) -> None:
    """8 quarters kept from an expired forfait pay 8 of the 12 of one ticket, the next forfait the 4 that are left; what
    it pays later is the next ticket's alone."""
    first, _ = ended(world)
    world.do("diane", "2027-02-01 09:00", qualify, first, reason="Erreur du logiciel", item=ERROR)
    numbers = []
    for day, minutes in (("2027-02-02", 180), ("2027-02-03", 90)):
        numbers.append(a_ticket(world, f"{day} 09:00"))
        world.do("clara", f"{day} 13:00", work, numbers[-1], minutes=minutes)
        world.do("diane", f"{day} 13:01", qualify, numbers[-1], reason="Usage", item=USAGE)
        if day == "2027-02-02":
            new = world.do("marc", f"{day} 14:00", buy_hours, world.companies["acme"], hours=10).id
            world.do("marc", f"{day} 14:01", correct_hours, new, quarters=-36, reason="Rendu")
    world.do("marc", "2027-02-04 09:00", correct_hours, new, quarters=8, reason="Geste")
    said = [french for french, _ in reasons(world, new) if french.startswith("Heures dues")]
    assert said == [f"Heures dues du ticket nº\u00a0{number}" for number in numbers]


def test_hours_given_back_in_the_days_of_grace_are_kept_as_they_are_after_them(world: World) -> None:
    """On 5 January the forfait has ended, and its entry is a week away: the client loses nothing by that. Work of its
    days typed later still finds what was left there, and nothing else."""
    number = worked(world, 120, "2027-01-04 12:00")
    world.do("diane", "2027-01-05 09:00", qualify, number, reason="Erreur du logiciel", item=ERROR)
    assert (balance(world), owed(world), ledger(world)[-1]) == (32, -8, ("consumption", -8))
    late = a_ticket(world, "2027-01-04 13:30", item=USAGE)
    world.do("clara", "2027-01-05 10:00", work, late, minutes=60, started_at="2027-01-04T14:00")
    assert (balance(world), owed(world)) == (28, -8)
    fire(world, "2027-01-12 09:00")
    new = world.do("marc", "2027-01-12 10:00", buy_hours, world.companies["acme"], hours=10).id
    assert (balance(world), balance(world, new), owed(world)) == (0, 48, 0)


def test_on_its_last_day_a_forfait_takes_its_hours_back(world: World) -> None:
    number = worked(world, 120, "2027-01-04 12:00")
    world.do("diane", "2027-01-04 23:59", qualify, number, reason="Erreur du logiciel", item=ERROR)
    assert (balance(world), owed(world)) == (40, 0)


def test_a_correction_in_the_days_of_grace_pays_with_its_own_hours_alone(world: World) -> None:
    """Work of the day after its last is owed, whatever is left on a forfait that has ended; a gesture of a quarter-hour
    pays one, and what is taken off pays none."""
    number = a_ticket(world, "2027-01-04 09:00")
    world.do("clara", "2027-01-05 12:00", work, number, minutes=60)
    world.do("diane", "2027-01-05 12:01", qualify, number, reason="Usage", item=USAGE)
    for quarters, left in ((1, (40, 3)), (-1, (39, 3))):
        world.do("marc", "2027-01-06 09:00", correct_hours, world.forfait, quarters=quarters, reason="Geste")
        assert (balance(world), owed(world)) == left


def test_hours_given_back_after_the_expiry_go_to_the_forfait_that_runs(world: World) -> None:
    number, other = ended(world)
    new = world.do("marc", "2027-02-01 09:00", buy_hours, world.companies["acme"], hours=10).id
    world.do("diane", "2027-02-02 09:00", qualify, number, reason="Erreur du logiciel", item=ERROR)
    world.do("diane", "2027-02-02 09:01", qualify, other, reason="Erreur du logiciel", item=ERROR)
    assert (balance(world), balance(world, new), owed(world)) == (0, 52, 0)
    came = date(2027, 2, 2)  # the work of June lies outside its days
    assert movements(world, new)[1:] == [("Diane", came)] * 2


def test_hours_kept_for_the_next_forfait_are_not_lost_to_one_that_has_ended(world: World) -> None:
    """The second one ended on 31 January and is in its days of grace: a correction brings its own quarter alone."""
    acme = world.companies["acme"]
    second = world.do("marc", "2026-02-01 10:00", buy_hours, acme, hours=10, first_day=date(2026, 2, 1)).id
    number = worked(world, 120)
    fire(world, "2027-02-02 09:00")
    world.do("diane", "2027-02-02 10:00", qualify, number, reason="Erreur du logiciel", item=ERROR)
    world.do("marc", "2027-02-02 10:00", correct_hours, second, quarters=1, reason="Geste")
    assert (balance(world, second), owed(world)) == (41, -8)


def test_work_that_nobody_can_pay_uses_first_what_is_kept(world: World) -> None:
    number, _ = ended(world)
    world.do("diane", "2027-02-01 09:00", qualify, number, reason="Erreur du logiciel", item=ERROR)
    late = a_ticket(world, "2027-02-01 10:00")
    world.do("clara", "2027-02-01 12:00", work, late, minutes=75)
    world.do("diane", "2027-02-01 12:01", qualify, late, reason="Usage", item=USAGE)
    assert (owed(world), told(world, "owed:")) == (-3, [])


def test_hours_that_come_back_pay_what_is_owed_first(world: World) -> None:
    """40 quarters used, 4 more owed; 8 come back from another ticket: 4 settle the debt, 4 are left."""
    first = worked(world, 120)
    for day in ("2026-06-02", "2026-06-03", "2026-06-04"):
        worked(world, 180, f"{day} 12:00")
    assert (balance(world), owed(world)) == (0, 4)
    world.do("diane", "2026-06-04 12:01", qualify, first, reason="Erreur du logiciel", item=ERROR)
    assert (balance(world), owed(world)) == (4, 0)
    assert ledger(world)[-2:] == [("correction", 8), ("consumption", -4)]


def test_what_is_owed_is_told_at_once_to_who_answers_for_the_company_and_to_the_dispatcher(world: World) -> None:
    for day in ("2026-06-01", "2026-06-02", "2026-06-03"):
        worked(world, 180, f"{day} 12:00")
    assert told(world, "owed:") == []
    worked(world, 75, "2026-06-04 12:00")
    assert (owed(world), told(world, "owed:")) == (1, ["alain", "agnes", "diane"])


def test_the_date_of_the_work_chooses_the_forfait_not_the_date_of_typing(world: World) -> None:
    """The forfait's last day is 4 January 2027; work of that day typed on the 8th still finds it."""
    number = a_ticket(world, "2027-01-04 09:00", item=USAGE)
    fire(world, "2027-01-08 09:00")
    world.do("clara", "2027-01-08 09:00", work, number, minutes=30, started_at="2027-01-04T16:00")
    assert (balance(world), owed(world)) == (38, 0)
    world.do("clara", "2027-01-08 09:30", work, number, minutes=30, started_at="2027-01-05T09:00")
    assert (balance(world), owed(world)) == (38, 2)


GROWS = (
    "events",
    "ledger",
    "debts",
    "time_entries",
    "publisher_news",
    "predictions",
    "first_answers",
    "calendar_versions",
)
EVERYWHERE = "UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"
BY_DIALECT = {"sqlite": "INSERT OR REPLACE INTO {0} SELECT * FROM {0}", "postgresql": "TRUNCATE {0} CASCADE"}


def test_what_only_grows_is_guarded_by_the_database(each_world: World) -> None:
    """By hand too: neither edited, nor deleted, nor replaced (SQLite deletes that row unseen), nor emptied at once."""
    world, number = each_world, a_ticket(each_world, who="bruno")
    world.do("clara", "2026-06-01 09:30", answer, number, text="Je regarde.")
    world.do("clara", NOON, work, number, minutes=16)
    world.do("clara", NOON, wait_for_publisher, number, reference="CEG-4711")
    world.do("diane", NOON, qualify, number, reason="Usage", item=USAGE)
    moving = AddPeriod("closures", paris("2026-06-02 09:00"), paris("2026-06-02 17:00"), "Déménagement")
    world.do("marc", NOON, edit_calendar, moving, reason="Déménagement")
    before, dialect = everything(world), world.desk.database.engine.dialect.name
    for table in GROWS:
        assert before[table]
        column = next(iter(Row.metadata.tables[table].columns)).name
        for change in (*EVERYWHERE, BY_DIALECT[dialect]):
            with pytest.raises(IntegrityError, match="append-only"), world.desk.database.writing() as session:
                session.execute(text(change.format(table, column)))
    assert everything(world) == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE forfaits SET balance_quarters = -1",
        "UPDATE interventions SET minutes = -1",
        "INSERT INTO ledger (forfait_id, kind, quarters, at, day, author, reason) VALUES"
        " (1, 'consumption', 4, '2026-06-01', '2026-06-01', '', '')",
        "INSERT INTO ledger (forfait_id, kind, quarters, at, day, author, reason) VALUES"
        " (1, 'gift', 4, '2026-06-01', '2026-06-01', '', '')",
        "INSERT INTO ledger (forfait_id, kind, quarters, at, day, author, reason) VALUES"
        " (1, 'correction', 0, '2026-06-01', '2026-06-01', '', '')",
    ],
)
def test_the_database_refuses_what_can_not_be(world: World, change: str) -> None:
    worked(world, 15)
    with pytest.raises(IntegrityError), world.desk.database.writing() as session:
        session.execute(text(change))


def test_a_refused_stretch_consumes_nothing(world: World) -> None:
    refused(world, NotFound, "clara", NOON, work, 999, minutes=30)
    assert (balance(world), count(world, Intervention)) == (40, 0)


def test_validity_counts_both_its_days(world: World) -> None:
    pack = world.do("marc", NOON, buy_hours, world.companies["bolt"], hours=10, first_day=date(2026, 6, 3))
    assert (pack.first_day, pack.last_day) == (date(2026, 6, 3), date(2027, 6, 2))
    assert ticket(world, a_ticket(world, "2026-06-02 23:59", who="bruno", item=USAGE)).state == "waiting_client"
    assert ticket(world, a_ticket(world, "2026-06-03 00:00", who="bruno", item=USAGE)).state == "assigned"
    assert ticket(world, a_ticket(world, "2027-06-02 23:59", who="bruno", item=USAGE)).state == "assigned"
    assert ticket(world, a_ticket(world, "2027-06-03 00:00", who="bruno", item=USAGE)).state == "waiting_client"
