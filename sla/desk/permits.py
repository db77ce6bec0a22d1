"""Who may do what. A verb that stands in no line here is refused to everyone, the service itself included."""

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
    "move_contract_end": frozenset({MANAGER, SYSTEM}),
    "cancel_contract": frozenset({MANAGER, SYSTEM}),
    "add_company": frozenset({MANAGER, SYSTEM}),
    "add_person": frozenset({MANAGER, SYSTEM}),
    "deactivate": frozenset({MANAGER, SYSTEM}),
    "reactivate": frozenset({MANAGER, SYSTEM}),
    "be_absent": STEERING,
    "cancel_absence": STEERING,
    "choose_language": EVERYONE,
    "keep_targets": frozenset({SYSTEM}),
    "keep_calendar": frozenset({SYSTEM}),
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
    "catch_up": frozenset({SYSTEM}),
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

APPROVING = frozenset({PortalRole.APPROVER, PortalRole.ACCOUNT})
"""Who answers for a company: on estimates, on its hours."""


def require(actor: Actor, action: str) -> None:
    """Refuse what no line allows: SignInNeeded to nobody, Forbidden to anyone else."""
    if actor.role is not Role.SYSTEM and actor.id is None:
        raise SignInNeeded()
    if actor.role not in ALLOWED.get(action, frozenset()):
        raise Forbidden(role=actor.role, action=action)


def require_approver(actor: Actor, action: str) -> None:
    """Forbidden to a contact who does not answer for its company."""
    if actor.portal_role not in APPROVING:
        raise Forbidden(role=actor.portal_role or actor.role, action=action)
