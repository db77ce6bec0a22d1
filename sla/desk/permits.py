"""Who may do and see what. What stands in no line here is refused to everyone but the service itself, and a verb to
that too."""

from sla.desk.actor import Actor, PortalRole, Role
from sla.errors import Forbidden, SignInNeeded

CLIENT, TECHNICIAN, DISPATCHER = Role.CLIENT, Role.TECHNICIAN, Role.DISPATCHER
MANAGER, DEPLOYMENT, SYSTEM = Role.MANAGER, Role.DEPLOYMENT, Role.SYSTEM

SUPPORT = frozenset({TECHNICIAN, DISPATCHER, MANAGER, SYSTEM})
STEERING = frozenset({DISPATCHER, MANAGER, SYSTEM})
EVERYONE = SUPPORT | {CLIENT, DEPLOYMENT}

ALLOWED: dict[str, frozenset[Role]] = {
    # verbs
    "deposit": SUPPORT | {CLIENT},
    "comment": frozenset({CLIENT}),
    "answer": SUPPORT | {DEPLOYMENT},
    "note": SUPPORT | {DEPLOYMENT},
    "assign": STEERING,
    "unpin": STEERING,
    "take": frozenset({TECHNICIAN, DISPATCHER, MANAGER}),
    "take_next": frozenset({TECHNICIAN}),
    "work": SUPPORT - {SYSTEM},
    "start_work": frozenset({TECHNICIAN}),
    "stop_work": frozenset({TECHNICIAN}),
    "confirm_work": frozenset({TECHNICIAN, DISPATCHER, MANAGER}),
    "drop_work": frozenset({TECHNICIAN, DISPATCHER, MANAGER}),
    "correct_work": frozenset({TECHNICIAN, DISPATCHER, MANAGER}),
    "set_readiness": SUPPORT | {CLIENT},
    "wait_for_client": SUPPORT,
    "wait_for_publisher": SUPPORT,
    "chase_publisher": SUPPORT,
    "share_workaround": SUPPORT,
    "announce_fix": SUPPORT,
    "close_error": STEERING,
    "wait_until": SUPPORT | {CLIENT},
    "resume": SUPPORT | {CLIENT},
    "merge": SUPPORT,
    "work_around": SUPPORT,
    "qualify": STEERING,
    "contest": frozenset({CLIENT}),
    "uphold": STEERING,
    "set_condition": SUPPORT,
    "call_back": SUPPORT | {CLIENT},
    "hold_call": SUPPORT,
    "miss_call": SUPPORT,
    "move_call": SUPPORT | {CLIENT},
    "cancel_call": SUPPORT | {CLIENT},
    "book_session": SUPPORT,
    "start_session": frozenset({TECHNICIAN}),
    "hold_session": SUPPORT,
    "miss_session": SUPPORT,
    "move_session": SUPPORT | {CLIENT},
    "cancel_session": SUPPORT,
    "ask_estimate": frozenset({CLIENT}),
    "offer_estimate": SUPPORT,
    "accept_estimate": frozenset({CLIENT}),
    "decline_estimate": frozenset({CLIENT}),
    "question_estimate": frozenset({CLIENT}),
    "resolve": SUPPORT | {DEPLOYMENT},
    "report": SUPPORT,
    "ask_report": frozenset({CLIENT}),
    "accept": frozenset({CLIENT}),
    "refuse": frozenset({CLIENT}),
    "reopen": SUPPORT | {CLIENT},
    "close_unanswered": frozenset({SYSTEM}),
    "escalate": SUPPORT,
    "decline": STEERING,
    "buy_hours": frozenset({MANAGER, SYSTEM}),
    "correct_hours": frozenset({MANAGER, SYSTEM}),
    "ask_hours": frozenset({CLIENT}),
    "withdraw_hours": frozenset({CLIENT}),
    "decline_hours": frozenset({MANAGER, SYSTEM}),
    "expire_hours": frozenset({SYSTEM}),
    "sign_contract": frozenset({MANAGER, SYSTEM}),
    "add_company": frozenset({MANAGER, SYSTEM}),
    "add_person": frozenset({MANAGER, SYSTEM}),
    "be_absent": STEERING,
    "choose_language": EVERYONE,
    "edit_calendar": frozenset({MANAGER, SYSTEM}),
    "issue_feed": frozenset({TECHNICIAN}),
    "revoke_feed": frozenset({TECHNICIAN}),
    "issue_key": EVERYONE,
    "revoke_key": EVERYONE,
    "set_password": EVERYONE,
    "import_history": frozenset({MANAGER, SYSTEM}),
    "retry": frozenset({MANAGER, SYSTEM}),
    "retry_all": frozenset({MANAGER, SYSTEM}),
    "add_endpoint": frozenset({MANAGER, SYSTEM}),
    "rotate_endpoint": frozenset({MANAGER, SYSTEM}),
    "stop_endpoint": frozenset({MANAGER, SYSTEM}),
    "resume_endpoint": frozenset({MANAGER, SYSTEM}),
    "ping_endpoint": frozenset({MANAGER, SYSTEM}),
    "replay": frozenset({MANAGER, SYSTEM}),
    "replay_since": frozenset({MANAGER, SYSTEM}),
    "use_link": EVERYONE,
    "send_link": frozenset({SYSTEM}),
    "start_hours": frozenset({SYSTEM}),
    "escalate_if_over": frozenset({SYSTEM}),
    # effects of timers
    "warn": frozenset({SYSTEM}),
    "remind_call": frozenset({SYSTEM}),
    "raise_missed_call": frozenset({SYSTEM}),
    "end_wait": frozenset({SYSTEM}),
    "remind_expiry": frozenset({SYSTEM}),
    "remind_low": frozenset({SYSTEM}),
    "remind_acceptance": frozenset({SYSTEM}),
    "remind_estimate": frozenset({SYSTEM}),
    "foretell": frozenset({SYSTEM}),
    "watch_reliability": frozenset({SYSTEM}),
    "expire_estimate": frozenset({SYSTEM}),
    "stop_forgotten": frozenset({SYSTEM}),
    "warn_running": frozenset({SYSTEM}),
    "warn_agreed": frozenset({SYSTEM}),
    "remind_unconfirmed": frozenset({SYSTEM}),
}

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
"""Reads by name; the service itself may see all of it. Which rows are seen is `sight`'s."""

APPROVING = frozenset({PortalRole.APPROVER, PortalRole.ACCOUNT})
"""Who answers for a company: on estimates, on its hours."""


def require(actor: Actor, action: str) -> None:
    """Refuse what no line allows: SignInNeeded to nobody, Forbidden to anyone else."""
    if actor.role is not Role.SYSTEM and actor.id is None:
        raise SignInNeeded()
    if actor.role not in ALLOWED.get(action, frozenset()):
        raise Forbidden(role=actor.role, action=action)


def require_sight(actor: Actor, read: str) -> None:
    """The same for reads."""
    if actor.role is Role.SYSTEM:
        return
    if actor.id is None:
        raise SignInNeeded()
    if actor.role not in SEEN.get(read, frozenset()):
        raise Forbidden(role=actor.role, action=read)


def require_approver(actor: Actor, action: str) -> None:
    """Forbidden to a contact who does not answer for its company."""
    if actor.portal_role not in APPROVING:
        raise Forbidden(role=actor.portal_role or actor.role, action=action)
