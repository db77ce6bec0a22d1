"""The dispatcher's screen: what awaits, the plan by technician, one ticket's panel; and the appointments owed."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template, request, url_for
from wtforms import Form

from sla import wallclock
from sla.desk.actor import Role
from sla.desk.board import SHOWN, VIEWS, Filters
from sla.desk.board import board as read_board
from sla.desk.directory import companies, technicians
from sla.desk.lane_pieces import Piece
from sla.desk.lanes import lanes
from sla.errors import Refused
from sla.web import lanes_drawing, tray
from sla.web.appointments import show_calls
from sla.web.asked_number import asked_number
from sla.web.panel import panel
from sla.web.turn import actor, the_desk

pages = Blueprint("dispatch", __name__)
STEERS = (Role.DISPATCHER, Role.MANAGER)
VIEW_NAMES = {
    "all": "À traiter",
    "late": "Dépassé ou bientôt",
    "unassigned": "À affecter",
    "paused": "En pause",
    "contested": "Contestés",
}


@pages.get("/board")
def board() -> str:
    return show_board()


def filters() -> Filters:
    """What the address narrows the board to; what it can't mean is left out."""
    asked = request.args
    view = asked.get("view", "all")
    return Filters(
        view if view in VIEWS else "all",
        asked_number("technician"),
        asked_number("company"),
        asked.get("severity") or None,
        asked.get("level") or None,
        asked.get("q", "")[:200],
    )


def board_here(**changed: Any) -> str:
    """The board's address with its filters, some changed; None takes one away."""
    kept = {key: value for key, value in request.args.items() if value and key not in ("ticket", "from", "slots")}
    return url_for("dispatch.board", **{key: value for key, value in {**kept, **changed}.items() if value is not None})


def show_board(
    number: int | None = None,
    posted: dict[str, Form] | None = None,
    failed: str | None = None,
    refused: Refused | None = None,
) -> str:
    """The page; `posted` holds forms that came back, `failed` names the one that was refused."""
    number = number or asked_number("ticket")
    chosen, now = filters(), wallclock.now()
    mine = the_desk().by(actor(), now)
    found = mine.see(read_board, chosen, with_plan=False)
    plan = mine.see(lanes)
    zone = the_desk().settings.zone
    shown, team = None, mine.see(technicians)
    if number is not None:
        slots = asked_number("slots")
        shown = panel(mine, number, posted or {}, failed, refused, slots)
    return render_template(
        "dispatch/board.html",
        rows=[
            tray.drawn(
                row,
                board_here(ticket=row.id, _anchor="panel"),
                plan.planned.get(row.id),
                current=row.id == number,
            )
            for row in found.rows
        ],
        found=found,
        filters=chosen,
        narrowed=replace(chosen, view="all") != Filters(),
        views=[
            (VIEW_NAMES[view], board_here(view=view), view == chosen.view, found.counts[view])
            for view in VIEWS
            if view != "contested" or found.counts[view] or view == chosen.view
        ],
        technicians=team,
        companies=mine.see(companies),
        plan=lanes_drawing.drawn(plan, zone, _of_piece, lambda each: board_here(technician=each), number),
        threats=[(each, board_here(ticket=each.ticket, _anchor="panel")) for each in plan.threats],
        panel=shown,
        close_url=board_here(),
        steers=actor().role in STEERS,
        slots_of=[(each, board_here(ticket=number, slots=each.id, _anchor="booking")) for each in team],
        most=SHOWN,
        query=board_here(ticket=number).partition("?")[2],
    )


def _of_piece(piece: Piece) -> str:
    return board_here(ticket=piece.ticket, _anchor="panel") if piece.ticket else board_here(technician=piece.technician)


@pages.get("/calls")
def calls() -> str:
    return show_calls()
