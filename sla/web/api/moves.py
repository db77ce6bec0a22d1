"""The verbs that act on one ticket: `POST /api/tickets/{number}/<the verb's name>`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sla.desk.accept import accept, refuse
from sla.desk.answer import answer
from sla.desk.ask_report import ask_report
from sla.desk.assign import assign, unpin
from sla.desk.calls import call_back
from sla.desk.comment import comment
from sla.desk.contest import contest, uphold
from sla.desk.escalate import decline, escalate
from sla.desk.estimate_decision import accept_estimate, decline_estimate, question_estimate
from sla.desk.estimates import ask_estimate, offer_estimate
from sla.desk.merge import merge
from sla.desk.note import note
from sla.desk.qualify import qualify, set_condition
from sla.desk.reopen import reopen
from sla.desk.report import report
from sla.desk.resolve import resolve
from sla.desk.sessions import book_session
from sla.desk.take import take
from sla.desk.wait import resume, wait_for_client, wait_for_publisher, wait_until
from sla.desk.work import work
from sla.desk.work_around import work_around
from sla.web.api import asked
from sla.web.api.blueprint import NUMBER, pages
from sla.web.api.doubted import once_sure
from sla.web.api.told import AppointmentTold, EstimateTold, EventTold, InterventionTold, TicketTold
from sla.web.api.typed_json import Asked, Told
from sla.web.turn import turn


@dataclass(frozen=True)
class Move:
    """A verb on one thing: what it takes beside the number, and the shape of what it gives back."""

    verb: Callable[..., Any]
    takes: type[Asked]
    gives: Any
    does: str


MOVES = (
    Move(comment, asked.Said, EventTold, "The client writes; a question that was asked is thereby answered."),
    Move(answer, asked.Said, EventTold, "Support writes to the client."),
    Move(note, asked.Noted, EventTold, "An internal note, never seen by the client."),
    Move(take, asked.Take, TicketTold, "A technician begins the ticket."),
    Move(assign, asked.Assign, TicketTold, "Give the ticket to a technician who masters it."),
    Move(unpin, asked.Nothing, TicketTold, "Give the ticket back to the plan."),
    Move(wait_for_client, asked.Said, TicketTold, "Ask the client something and wait for its answer."),
    Move(wait_for_publisher, asked.WaitForPublisher, TicketTold, "The error went up to the publisher."),
    Move(wait_until, asked.WaitUntil, TicketTold, "The client chose a date: the resolution stands until it opens."),
    Move(resume, asked.SaidPerhaps, TicketTold, "Support ends the wait, or the client its own date."),
    Move(work_around, asked.WorkAround, EventTold, "A workaround for a blocking error, or why there is none."),
    Move(work, asked.Work, InterventionTold, "Log one stretch of work."),
    Move(qualify, asked.Qualify, TicketTold, "Change the line, the severity or the coverage, with a reason."),
    Move(contest, asked.Reasoned, TicketTold, "The client disagrees with who pays; a dispatcher decides."),
    Move(uphold, asked.Reasoned, TicketTold, "The coverage stays as it is, with the reason that the client reads."),
    Move(set_condition, asked.SetCondition, TicketTold, "Confirm or deny a condition of the booklet."),
    Move(call_back, asked.CallBack, AppointmentTold, "Agree on a call."),
    Move(book_session, asked.BookSession, AppointmentTold, "Book a remote takeover, eight hours at most."),
    Move(ask_estimate, asked.SaidPerhaps, EventTold, "The client asks for an estimate."),
    Move(offer_estimate, asked.OfferEstimate, EstimateTold, "Announce the time before the work."),
    Move(accept_estimate, asked.SaidPerhaps, EstimateTold, "The client approves the estimate."),
    Move(decline_estimate, asked.SaidPerhaps, EstimateTold, "The client declines the estimate."),
    Move(question_estimate, asked.Said, EstimateTold, "The client asks back; the offer stands."),
    Move(resolve, asked.Said, TicketTold, "The work is done; the text explains it."),
    Move(report, asked.Report, EventTold, "Send the intervention report."),
    Move(ask_report, asked.SaidPerhaps, EventTold, "The client asks for an interim report."),
    Move(accept, asked.Accept, TicketTold, "The client accepts the work, with or without reservations."),
    Move(refuse, asked.Said, TicketTold, "The client refuses the work."),
    Move(reopen, asked.Said, TicketTold, "The problem is back."),
    Move(escalate, asked.Reasoned, TicketTold, "Hand the ticket to the deployment desk."),
    Move(merge, asked.Merge, TicketTold, "One of two tickets that say the same: the other goes on for both."),
    Move(decline, asked.Reasoned, TicketTold, "Answer that support does not treat this."),
)


def open_to(things: str, move: Move) -> None:
    """The route of one verb on a kind of thing, « tickets »."""

    def act(number: int, json_data: Asked) -> Told:
        told: Told = move.gives.of(turn().do(move.verb, number, **once_sure(json_data)))
        return told

    name = move.verb.__name__
    act.__name__, act.__doc__ = name, move.does
    view = pages.doc(operation_id=name)(pages.input(move.takes)(pages.output(move.gives)(act)))
    pages.post(f"/{things}/<{NUMBER}:number>/{name}")(view)


for _move in MOVES:
    open_to("tickets", _move)
