"""One ticket's whole life: deposited on the Friday before Whit Monday 2026 at 18:00, refused once, closed, and back.

A question of use, paid by Acme's forfait of 10 h: 2 h to the first answer, 4 h to the next, 21 h to its resolution.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from sla.desk.accept import accept, refuse
from sla.desk.answer import answer
from sla.desk.calls import call_back, hold_call
from sla.desk.comment import comment
from sla.desk.deposit import deposit
from sla.desk.estimate_decision import accept_estimate
from sla.desk.estimates import ask_estimate, offer_estimate
from sla.desk.reopen import reopen
from sla.desk.report import report
from sla.desk.resolve import resolve
from sla.desk.take import next_for, take_next
from sla.desk.ticket_view import see_ticket
from sla.desk.wait import wait_for_client
from sla.desk.work import work
from sla.desk.work_around import work_around
from sla.jobs.fire import fire_due, next_due
from sla.store.tables import Event, Forfait, Message, Ticket
from sla.ticket.clock import Clock, ClockName
from tests.worlds import World, paris

FIRST, NEXT, WORKAROUND, RESOLUTION, _ = ClockName
FACTS = {"item": "usage", "severity": "major", "title": "Clôture de l’OF", "description": "Comment clôturer un OF ?"}


class Desk:
    """The desk as time goes by: what is due fires first, then somebody acts."""

    def __init__(self, world: World) -> None:
        self.world, self.number = world, 0

    def until(self, at: str) -> None:
        while (due := next_due(self.world.desk.database)) is not None and due <= paris(at):
            fire_due(self.world.desk, due)

    def act(self, who: str, at: str, verb: Callable[..., Any], *args: Any, **given: Any) -> Any:
        self.until(at)
        return self.world.do(who, at, verb, *args, **given)

    def on_it(self, who: str, at: str, verb: Callable[..., Any], **given: Any) -> Any:
        return self.act(who, at, verb, self.number, **given)

    @property
    def ticket(self) -> Ticket:
        with self.world.desk.database.reading() as session:
            return session.get_one(Ticket, self.number)

    def clock(self, name: ClockName, number: int | None = None) -> Clock:
        return self.world.see("diane", "2026-05-22 18:00", see_ticket, number or self.number).life.clock(name)  # type: ignore[no-any-return]

    @property
    def balance(self) -> int:
        with self.world.desk.database.reading() as session:
            return session.get_one(Forfait, self.world.forfait).balance_quarters

    def mail(self, since: str = "2026-05-22 18:00") -> list[tuple[str, str, str]]:
        """What was left for whom since then, about this ticket: local instant, kind, first part of the address."""
        query = select(Message).where(Message.ticket_id == self.number, Message.created_at >= paris(since))
        with self.world.desk.database.reading() as session:
            return [
                (
                    f"{each.created_at.astimezone(self.world.desk.settings.zone):%m-%d %H:%M}",
                    each.key.partition(":")[0],
                    each.recipient.partition("@")[0].partition(".")[0],
                )
                for each in session.scalars(query.order_by(Message.created_at, Message.id))
            ]

    def last(self) -> Event:
        with self.world.desk.database.reading() as session:
            query = select(Event).where(Event.ticket_id == self.number).order_by(Event.seq.desc())
            return session.scalars(query.limit(1)).one()


def test_from_a_friday_evening_to_closing_and_back(world: World) -> None:
    desk = Desk(world)
    deposited_before_the_long_weekend(desk)
    another_ticket_gets_its_workaround(desk)
    answered_on_tuesday(desk)
    estimated_and_approved(desk)
    called_back(desk)
    worked_on(desk)
    asked_and_replied(desk)
    reported_and_resolved(desk)
    refused_and_resolved_again(desk)
    accepted(desk)
    reopened_after_the_window(desk)


def deposited_before_the_long_weekend(desk: Desk) -> None:
    """The desk is closed until Tuesday 9:00: answered by 11:00, resolved by Thursday at closing."""
    desk.number = desk.act("julie", "2026-05-22 18:00", deposit, **FACTS).id
    assert (desk.ticket.state, desk.ticket.level) == ("assigned", "tma")
    assert desk.clock(FIRST).due_at == paris("2026-05-26 11:00")
    assert desk.clock(RESOLUTION).due_at == paris("2026-05-28 17:00")
    assert desk.ticket.technician_id == desk.world.clara.id
    seen = desk.world.see("diane", "2026-05-22 18:00", see_ticket, desk.number)
    assigned = next(event for event in seen.events if event.kind == "assigned")
    assert assigned.data["expected_start"] == "2026-05-26T07:00:00+00:00"
    assert [reason["code"] for reason in assigned.data["reasons"]] == ["masters", "gets_to_it", "keeps_due"]
    assert assigned.data["reasons"][2]["margin_s"] == (2 * 60 - 15) * 60  # 15 min of work expected
    told = desk.world.see("julie", "2026-05-22 18:00", see_ticket, desk.number)
    assert [event.kind for event in told.events] == ["deposited", "received"]
    assert told.expected.due_at == paris("2026-05-26 11:00")
    assert told.expected.window is None  # too few answers are known
    assert desk.mail() == [("05-22 18:00", "receipt", "julie")]


def another_ticket_gets_its_workaround(desk: Desk) -> None:
    """Bolt's whole site is down since Friday 19:00: 1 h to answer, 4 h to a workaround, 8 h to the fix."""
    down = {"item": "erreurs", "severity": "blocking", "title": "Tout est figé", "description": "Erreur 12"}
    other = desk.act("bruno", "2026-05-22 19:00", deposit, **down).id
    assert desk.clock(WORKAROUND, other).due_at == paris("2026-05-26 14:00")
    desk.act("mehdi", "2026-05-26 09:20", work_around, other, text="Videz le cache, puis relancez.")
    assert desk.clock(FIRST, other).mark == "met"
    assert desk.clock(WORKAROUND, other).mark == "met"
    assert desk.clock(RESOLUTION, other).due_at == paris("2026-05-27 10:00")
    desk.act("mehdi", "2026-05-26 09:50", resolve, other, text="Correctif installé.")


def answered_on_tuesday(desk: Desk) -> None:
    """Nothing warned of anything over the weekend; half the two hours would be told at 10:00."""
    desk.until("2026-05-26 09:54")
    assert desk.mail() == [("05-22 18:00", "receipt", "julie")]
    taken, choice = desk.act("clara", "2026-05-26 09:55", take_next)
    assert (taken.id, [reason.code for reason in choice.reasons]) == (desk.number, ["masters", "weighed"])
    desk.on_it("clara", "2026-05-26 10:20", answer, text="Bonjour, je regarde.")
    first = desk.clock(FIRST)
    assert (first.mark, first.spent_s, first.due_at) == ("met", 80 * 60, paris("2026-05-26 11:00"))
    assert desk.mail()[1:] == [("05-26 10:00", "sla_level", "clara"), ("05-26 10:20", "answer", "julie")]


def estimated_and_approved(desk: Desk) -> None:
    """1 h 40 used of 21 h when the wait begins; 19 h 20 are left on Wednesday morning."""
    desk.on_it("julie", "2026-05-26 10:30", ask_estimate, text="Combien de temps ?")
    desk.on_it("clara", "2026-05-26 10:40", offer_estimate, perimeter="Clôture et procédure", minutes="2h")
    assert (desk.ticket.state, desk.ticket.waiting_for) == ("waiting_client", "estimate")
    resolution = desk.clock(RESOLUTION)
    assert (resolution.mark, resolution.due_at, resolution.left_s) == ("paused", None, (19 * 60 + 20) * 60)
    desk.on_it("alain", "2026-05-27 09:00", accept_estimate, text="D’accord.")
    assert desk.ticket.state == "in_progress"
    assert desk.clock(RESOLUTION).due_at == paris("2026-05-29 15:20")
    assert desk.mail("2026-05-26 10:30") == [
        ("05-26 10:30", "estimate_asked", "clara"),
        ("05-26 10:40", "estimate", "alain"),
        ("05-26 10:40", "estimate", "agnes"),
        ("05-26 10:40", "estimate_asks", "julie"),
        ("05-27 09:00", "estimate", "clara"),
        ("05-27 09:00", "estimate_answered", "julie"),
    ]


def called_back(desk: Desk) -> None:
    """Thursday 9:00, the first of the day: ten working minutes ahead lie on Wednesday evening, as does the closing."""
    call = desk.on_it("julie", "2026-05-27 09:10", call_back, starts_at="2026-05-28T09:00", note="Ligne directe")
    assert call.technician_id == desk.world.clara.id
    desk.until("2026-05-27 16:49")
    assert desk.mail("2026-05-27 09:10") == [("05-27 09:10", "call_booked", who) for who in ("julie", "clara")]
    desk.until("2026-05-27 16:50")
    desk.until("2026-05-27 17:00")
    reminded = [(at, "call_reminder", who) for at in ("05-27 16:50", "05-27 17:00") for who in ("clara", "julie")]
    assert desk.mail("2026-05-27 16:50") == reminded
    desk.act("clara", "2026-05-28 09:10", hold_call, call.id, text="Vu ensemble.")
    assert desk.clock(RESOLUTION).due_at == paris("2026-05-29 15:20")
    desk.until("2026-05-28 09:30")
    assert desk.mail("2026-05-28 09:00") == []  # held in time: nothing is raised


def worked_on(desk: Desk) -> None:
    """50 min on Wednesday cost 4 quarters, 20 min on Thursday 2: rounded once an intervention."""
    facts: dict[str, Any] = {"minutes": 50, "started_at": "2026-05-27T10:00"}
    assert desk.on_it("clara", "2026-05-28 09:40", work, **facts, note="Analyse").consumed_quarters == 4
    assert desk.on_it("clara", "2026-05-28 09:40", work, minutes="0h20", note="Avec Julie").consumed_quarters == 2
    assert (desk.balance, desk.ticket.worked_minutes) == (34, 70)


def asked_and_replied(desk: Desk) -> None:
    """9 h 40 used by Thursday 10:00; the reply comes on Friday at 14:00, with 11 h 20 left."""
    desk.on_it("clara", "2026-05-28 10:00", wait_for_client, text="Quelle version ?")
    assert desk.clock(RESOLUTION).spent_s == (9 * 60 + 40) * 60
    assert desk.world.see("clara", "2026-05-28 10:00", next_for, desk.world.clara.id) is None
    desk.on_it("julie", "2026-05-29 14:00", comment, text="La 12.")
    assert desk.ticket.state == "in_progress"
    assert desk.clock(NEXT).due_at == paris("2026-06-01 10:00")
    assert desk.clock(RESOLUTION).due_at == paris("2026-06-02 10:20")
    following = desk.world.see("clara", "2026-05-29 14:05", next_for, desk.world.clara.id)
    assert (following.work.ticket, following.reasons[0].code) == (desk.number, "follow_up")
    desk.on_it("clara", "2026-05-29 14:30", answer, text="Merci, je termine.")
    assert (desk.clock(NEXT).mark, desk.clock(NEXT).spent_s) == ("met", 30 * 60)
    assert desk.mail("2026-05-28 10:00") == [
        ("05-28 10:00", "question", "julie"),
        ("05-29 14:00", "comment", "clara"),
        ("05-29 14:30", "answer", "julie"),
    ]


def reported_and_resolved(desk: Desk) -> None:
    """At 14:45 it was at 10 h 25: half of 21 h, at 14:50, is told; the window lasts until Friday 5 June."""
    desk.on_it("clara", "2026-05-29 15:30", work, minutes=60)
    assert desk.balance == 30
    sent = desk.on_it("clara", "2026-05-29 15:40", report, done="OF clôturé.", remaining="Former l’atelier.")
    assert [each["consumed_quarters"] for each in sent.data["worked"]] == [4, 2, 4]
    assert sent.data["left_quarters"] == 30
    desk.on_it("clara", "2026-05-29 15:45", resolve, text="La clôture passe par le menu Production.")
    resolution = desk.clock(RESOLUTION)
    assert (resolution.mark, resolution.spent_s) == ("met", (11 * 60 + 25) * 60)
    assert desk.ticket.accept_until == paris("2026-06-05 15:45")
    assert desk.mail("2026-05-29 14:31") == [
        ("05-29 14:50", "sla_level", "clara"),
        ("05-29 15:30", "estimate_passed", "clara"),
        ("05-29 15:40", "report", "julie"),
        ("05-29 15:45", "resolved", "julie"),
    ]


def refused_and_resolved_again(desk: Desk) -> None:
    """Refused on Wednesday 10:00: an answer by 15:00, and 9 h 35 are left of the resolution."""
    desk.on_it("julie", "2026-06-03 10:00", refuse, text="L’OF 4711 résiste.")
    kept = desk.ticket
    assert (kept.state, kept.technician_id, kept.begun) == ("reopened", desk.world.clara.id, True)
    assert desk.clock(FIRST).cycle == 1
    assert desk.clock(NEXT).due_at == paris("2026-06-03 15:00")
    assert desk.clock(RESOLUTION).due_at == paris("2026-06-04 13:35")
    assert desk.act("clara", "2026-06-03 10:05", take_next)[0].id == desk.number
    desk.on_it("clara", "2026-06-03 11:00", work, minutes=30)
    desk.on_it("clara", "2026-06-03 11:05", resolve, text="Deux lignes restaient ouvertes.")
    assert (desk.balance, desk.clock(NEXT).mark) == (28, "met")
    assert desk.clock(RESOLUTION).spent_s == (12 * 60 + 30) * 60
    assert desk.ticket.accept_until == paris("2026-06-10 11:05")
    assert desk.mail("2026-05-29 15:46") == [
        ("06-03 10:00", "acceptance", "clara"),
        ("06-03 11:05", "resolved", "julie"),
    ]


def accepted(desk: Desk) -> None:
    """The first window's end, on 5 June, closes nothing; the reminder of the second comes on Monday the 8th. The half
    hour of Wednesday went without a report: it is asked for on Thursday at closing."""
    desk.until("2026-06-08 11:05")
    assert desk.ticket.state == "resolved"
    desk.on_it("julie", "2026-06-09 09:00", accept, text="Parfait.")
    assert (desk.ticket.state, desk.ticket.awaiting, desk.last().kind) == ("closed", False, "accepted")
    assert desk.mail("2026-06-03 11:06") == [
        ("06-04 17:00", "report_due", "clara"),
        ("06-08 11:05", "acceptance_reminder", "julie"),
        ("06-09 09:00", "acceptance", "clara"),
    ]


def reopened_after_the_window(desk: Desk) -> None:
    """One minute after it: a new cycle with its full targets, and the plan chooses anew."""
    desk.on_it("julie", "2026-06-10 11:06", reopen, text="Cela recommence.")
    assert (desk.ticket.state, desk.ticket.begun) == ("assigned", False)
    first, resolution = desk.clock(FIRST), desk.clock(RESOLUTION)
    assert (first.cycle, first.due_at) == (2, paris("2026-06-10 14:06"))
    assert (resolution.cycle, resolution.spent_s, resolution.due_at) == (2, 0, paris("2026-06-15 11:06"))
    desk.until("2026-06-10 13:35")
    assert desk.mail("2026-06-10 11:00") == [
        ("06-10 11:06", "reopened", "clara"),
        ("06-10 12:06", "sla_level", "clara"),
    ]
