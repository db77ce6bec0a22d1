"""`report`: who, when (each stretch), what, time spent and consumed, hours left, what is left to do."""

import pytest
from sqlalchemy import select

from sla.desk.accept import accept
from sla.desk.actor import SYSTEM
from sla.desk.correct_work import correct_work
from sla.desk.kept_report import report_file, see_report
from sla.desk.note import note
from sla.desk.report import report, worked_on
from sla.desk.resolve import resolve
from sla.desk.support_ticket import see_support_ticket
from sla.desk.work import work
from sla.documents.report import report_document
from sla.errors import Forbidden, Missing, NotFound, Secret
from sla.store.tables import Message, Ticket
from tests.desk.kept import USAGE, a_ticket, clock, events, in_hand, refused, told
from tests.worlds import PARIS, World

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
            "borne": [],
            "stretches": [
                ["2026-06-01T07:20:00+00:00", "2026-06-01T09:00:00+00:00", 100],
                ["2026-06-01T13:40:00+00:00", "2026-06-01T14:00:00+00:00", 20],
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


def test_what_it_says_is_kept_whole(world: World) -> None:
    """Whatever happens to the company, the forfaits and the ticket afterwards."""
    number = worked(world)
    world.do("clara", AT, report, number, done="Gammes reprises.")
    kept = events(world, number)[-1].data
    about = {key: kept[key] for key in ("company", "requester", "title", "level", "interim")}
    assert about == {"company": "Acme", "requester": "Julie", "title": "Écran figé", "level": "tma", "interim": False}
    assert kept["forfaits"] == [
        {"hours": 10, "first_day": "2026-01-05", "last_day": "2027-01-04", "left_quarters": 32},
    ]


def test_a_note_of_a_stretch_is_never_in_it(world: World) -> None:
    number = worked(world)
    world.do("clara", AT, report, number, done="Gammes reprises.")
    assert "Analyse" not in str(events(world, number)[-1].data)


def test_what_support_bears_is_said_with_its_reason(world: World) -> None:
    """« Le client la lira »: on the page, in the PDF and in the message; a correction's own reason does not hide it."""
    number = in_hand(world, item=USAGE)
    world.do("clara", "2026-06-01 10:00", resolve, number, text="Fait.")
    world.do("julie", "2026-06-01 11:00", accept, number, reservations=True, text="L’avoir manque.")
    own = {"own_error": True, "reason": "Avoir oublié"}
    world.do("clara", "2026-06-01 12:00", work, number, minutes=45, **own)
    world.do("clara", "2026-06-01 12:01", correct_work, 1, minutes=40, reason="Cinq minutes de trop")
    sent = world.do("clara", "2026-06-01 12:05", report, number, done="Avoir repris.")
    [kept] = sent.data["worked"]
    assert (kept["minutes"], kept["consumed_quarters"], kept["borne"]) == (40, 0, [[40, "Avoir oublié"]])
    seen = world.see("julie", "2026-06-01 12:06", see_report, number, sent.seq)
    assert seen.worked[0].borne == ((40, "Avoir oublié"),)
    document = report_document(number, sent.at, sent.author, sent.text, sent.data, PARIS, "fr")
    said = str(document).replace("\\xa0", " ")
    assert "Clara Fontaine : 0 h 40 à la charge du support, qui corrige son erreur, sans décompte. Avoir oublié" in said
    assert "sans décompte\u00a0: 0\u00a0h\u00a040. Avoir oublié" in body(world, f"report:{number}")


def body(world: World, key: str) -> str:
    with world.desk.database.reading() as session:
        return session.scalars(select(Message.body).where(Message.key.startswith(key))).one()


def test_its_draft_holds_what_was_noted_since_the_last_and_no_internal_note(world: World) -> None:
    number = worked(world)
    world.do("clara", "2026-06-01 16:10", note, number, text="Client de mauvaise humeur")
    draft = world.see("clara", AT, see_support_ticket, number).draft
    assert (draft.done, [each.text for each in draft.notes]) == ("Analyse", ["Client de mauvaise humeur"])
    world.do("clara", AT, report, number, done="Fait.")
    world.do("clara", "2026-06-02 10:00", work, number, minutes=15, note="Seconde passe")
    draft = world.see("clara", "2026-06-02 10:00", see_support_ticket, number).draft
    assert (draft.done, list(draft.notes)) == ("Seconde passe", [])


def test_the_document_is_the_same_for_ever(world: World) -> None:
    number = worked(world)
    seq = world.do("clara", AT, report, number, done="Gammes reprises.").seq
    first = world.see("julie", AT, report_file, number, seq)
    world.do("clara", "2026-06-02 10:00", work, number, minutes=15)
    assert world.see("agnes", "2028-06-02 10:00", report_file, number, seq) == first
    for stranger in ("bruno", "sonia"):
        with pytest.raises(NotFound):
            world.see(stranger, AT, report_file, number, seq)
