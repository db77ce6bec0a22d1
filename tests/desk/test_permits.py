"""Who may do what: default deny, and a company never learns of another's tickets."""

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import sla.desk
from sla.desk.accept import accept, refuse
from sla.desk.actor import NOBODY, SYSTEM, Actor, Role
from sla.desk.calls import call_back
from sla.desk.comment import comment
from sla.desk.estimate_decision import accept_estimate, decline_estimate, question_estimate
from sla.desk.estimates import ask_estimate
from sla.desk.office import Tx
from sla.desk.permits import ALLOWED, require
from sla.desk.reopen import reopen
from sla.desk.ticket_view import see_ticket, why
from sla.errors import Forbidden, NotFound, SignInNeeded
from tests.desk.kept import in_hand, refused
from tests.worlds import World

AT = "2026-06-01 10:00"
ROLES = {
    Role.CLIENT: "agnes",
    Role.TECHNICIAN: "clara",
    Role.DISPATCHER: "diane",
    Role.MANAGER: "marc",
    Role.DEPLOYMENT: "paul",
}


def functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every function of the desk, by the name under which it is allowed."""
    for path in sorted(Path(sla.desk.__file__).parent.glob("*.py")):
        module = import_module(f"sla.desk.{path.stem}")
        for name, found in inspect.getmembers(module, inspect.isfunction):
            if found.__module__ == module.__name__:
                yield name, found


VERBS = {name: found for name, found in functions() if name in ALLOWED}


def test_every_line_of_the_permits_is_a_function_of_the_desk() -> None:
    assert set(ALLOWED) == set(VERBS)


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_whoever_no_line_allows_is_refused_before_anything_is_read(world: World, name: str) -> None:
    """The verb is called without any argument: it is never reached."""
    for role, who in ROLES.items():
        if role not in ALLOWED[name]:
            refused(world, Forbidden, who, AT, VERBS[name])
    refused(world, SignInNeeded, NOBODY, AT, VERBS[name])


def test_what_stands_in_no_line_is_refused_to_everyone(world: World) -> None:
    def close_day(tx: Tx) -> None:
        raise AssertionError("reached")

    for who in (*ROLES.values(), SYSTEM):
        refused(world, Forbidden, who, AT, close_day)


def test_only_the_service_itself_acts_without_an_account() -> None:
    with pytest.raises(SignInNeeded):
        require(Actor(None, "Diane", Role.DISPATCHER), "assign")
    require(SYSTEM, "deposit")


@pytest.mark.parametrize("who", ["bruno", "sonia"])
@pytest.mark.parametrize(
    ("verb", "given"),
    [
        (comment, {"text": "x"}),
        (accept, {}),
        (refuse, {"text": "x"}),
        (reopen, {"text": "x"}),
        (ask_estimate, {}),
        (accept_estimate, {}),
        (decline_estimate, {}),
        (question_estimate, {"text": "x"}),
        (call_back, {"starts_at": "2026-06-02T14:00"}),
    ],
)
def test_another_company_s_ticket_is_refused_like_one_that_does_not_exist(
    world: World, who: str, verb: Callable[..., Any], given: dict[str, str]
) -> None:
    number = in_hand(world)
    there = refused(world, NotFound, who, AT, verb, number, **given)
    nowhere = refused(world, NotFound, who, AT, verb, 4711, **given)
    assert there.sentence("fr").replace(str(number), "4711") == nowhere.sentence("fr")
    for read, more in ((see_ticket, ()), (why, ("resolution",))):
        with pytest.raises(NotFound):
            world.see(who, AT, read, number, *more)


def test_deployment_sees_what_was_handed_to_it_alone(world: World) -> None:
    with pytest.raises(NotFound):
        world.see("paul", AT, see_ticket, in_hand(world))
