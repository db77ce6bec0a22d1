"""Who may see what. A read that stands in no line here is refused to everyone but the service itself; which rows of it
are seen is `sight`'s."""

from sla.desk.actor import Actor, Role
from sla.desk.permits import CLIENT, DEPLOYMENT, EVERYONE, MANAGER, STEERING, SUPPORT, TECHNICIAN
from sla.errors import Forbidden, SignInNeeded

SEEN: dict[str, frozenset[Role]] = {
    # a ticket, within the actor's sight
    "ticket_in_sight": EVERYONE,
    "see_ticket": EVERYONE,
    "see_report": EVERYONE,
    "report_file": EVERYONE,
    "why": EVERYONE,
    "tickets": EVERYONE,
    # when the desk is open
    "calendar_feed": EVERYONE,
    # a client's own
    "see_own_ticket": frozenset({CLIENT}),
    "own_company": frozenset({CLIENT}),
    "own_hours": frozenset({CLIENT}),
    "own_statement": frozenset({CLIENT}),
    "own_tickets": frozenset({CLIENT}),
    "your_turn": frozenset({CLIENT}),
    "foresee": SUPPORT | {CLIENT},
    "expect": SUPPORT | {CLIENT},
    "expectation": SUPPORT | {CLIENT},
    "coverage_for": SUPPORT | {CLIENT},
    # support's
    "time_on": SUPPORT | {DEPLOYMENT},
    "own_time": frozenset({TECHNICIAN}),
    "unconfirmed": SUPPORT,
    "see_support_ticket": SUPPORT | {DEPLOYMENT},
    "board": SUPPORT,
    "dangers": SUPPORT,
    "lanes": SUPPORT,
    "options": SUPPORT,
    "owed_appointments": SUPPORT,
    "free_slots": SUPPORT | {CLIENT},
    "companies": SUPPORT,
    "technicians": SUPPORT | {DEPLOYMENT},
    "next_for": SUPPORT,
    "planned": SUPPORT,
    "simulated_desk": frozenset({MANAGER}),
    "team_paces": SUPPORT,
    "my_day": frozenset({TECHNICIAN}),
    "handed_over": frozenset({DEPLOYMENT, MANAGER}),
    "forfaits_of": SUPPORT,
    "owed_by": SUPPORT,
    "company_hours": SUPPORT,
    "publisher_errors": SUPPORT,
    "publisher_error": SUPPORT,
    "error_behind": SUPPORT,
    "company_statement": STEERING,
    "requested_hours": STEERING,
    # a manager's
    "company_account": STEERING,
    "company_lines": STEERING,
    "due": frozenset({MANAGER}),
    "users": frozenset({MANAGER}),
    "promised_targets": SUPPORT,
    "messages": frozenset({MANAGER}),
    "see_message": frozenset({MANAGER}),
    "endpoints": frozenset({MANAGER}),
    "see_endpoint": frozenset({MANAGER}),
    "measures": frozenset({MANAGER}),
    "reliability": frozenset({MANAGER}),
    "compliance": frozenset({MANAGER}),
    "preview_edit": frozenset({MANAGER}),
    "current_data": frozenset({MANAGER}),
    "editions_kept": frozenset({MANAGER}),
    "previewed": frozenset({MANAGER}),
    "preview_typed": frozenset({MANAGER}),
    "preview_file": frozenset({MANAGER}),
    "repairs_typed": frozenset({MANAGER}),
    # one's own secrets
    "own_token": EVERYONE,
    "own_feed": frozenset({TECHNICIAN}),
    "own_tokens": EVERYONE,
    "token_of": EVERYONE,
}


def require_sight(actor: Actor, read: str) -> None:
    """As `permits.require`, for a read."""
    if actor.role is Role.SYSTEM:
        return
    if actor.id is None:
        raise SignInNeeded()
    if actor.role not in SEEN.get(read, frozenset()):
        raise Forbidden(role=actor.role, action=read)
