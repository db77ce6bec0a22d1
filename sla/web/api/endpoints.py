"""Where other software is told what happens: signed webhooks, and their replay. A manager's."""

from typing import Any

from sla.desk.endpoints import (
    Secret,
    add_endpoint,
    ping_endpoint,
    resume_endpoint,
    rotate_endpoint,
    stop_endpoint,
)
from sla.desk.outbox_view import EndpointLine, endpoints, see_endpoint
from sla.desk.replay import replay, replay_since
from sla.web.api import asked
from sla.web.api.asked_endpoints import AddEndpoint, ReplaySince
from sla.web.api.blueprint import NUMBER, pages
from sla.web.api.jobs import CountTold, MessageTold
from sla.web.api.typed_json import Moment, Told
from sla.web.turn import turn


class EndpointTold(Told):
    """`events`: the kinds it is told of, none meaning all. `state`: active, stopped by a manager, or disabled after
    failing for long. Counts are of its messages."""

    id: int
    url: str
    label: str
    events: list[str]
    state: str
    created_at: Moment
    rotated_at: Moment | None
    failing_since: Moment | None
    stopped_at: Moment | None
    sent: int
    pending: int
    failed: int
    last_sent_at: Moment | None

    @classmethod
    def of(cls, line: EndpointLine) -> "EndpointTold":
        own = ("id", "url", "label", "events", "state", "created_at", "rotated_at", "failing_since", "stopped_at")
        counts = ("sent", "pending", "failed", "last_sent_at")
        facts = {name: getattr(line.endpoint, name) for name in own}
        return cls(**facts, **{name: getattr(line, name) for name in counts})


class EndpointsTold(Told):
    endpoints: list[EndpointTold]


class SecretTold(EndpointTold):
    """`secret`: told this once, as the Standard Webhooks specification writes it."""

    secret: str


@pages.get("/endpoints")
@pages.output(EndpointsTold)
def served() -> Any:
    """Every endpoint, and what became of its messages."""
    return EndpointsTold(endpoints=[EndpointTold.of(each) for each in turn().see(endpoints)])


@pages.post("/endpoints")
@pages.input(AddEndpoint)
@pages.output(SecretTold, status_code=201)
@pages.doc(operation_id="add_endpoint")
def new_endpoint(json_data: AddEndpoint) -> Any:
    """A new endpoint; its secret is told in this answer alone."""
    return _with_secret(turn().do(add_endpoint, **dict(json_data)))


@pages.post(f"/endpoints/<{NUMBER}:number>/rotate_endpoint")
@pages.input(asked.Nothing)
@pages.output(SecretTold)
@pages.doc(operation_id="rotate_endpoint")
def renew_secret(number: int, json_data: asked.Nothing) -> Any:
    """Another secret; for a day messages bear the signature of the former too."""
    return _with_secret(turn().do(rotate_endpoint, number))


@pages.post(f"/endpoints/<{NUMBER}:number>/stop_endpoint")
@pages.input(asked.Nothing)
@pages.output(EndpointTold)
@pages.doc(operation_id="stop_endpoint")
def stop_serving(number: int, json_data: asked.Nothing) -> Any:
    """Send it nothing more; what waits is kept."""
    return _line(turn().do(stop_endpoint, number).id)


@pages.post(f"/endpoints/<{NUMBER}:number>/resume_endpoint")
@pages.input(asked.Nothing)
@pages.output(EndpointTold)
@pages.doc(operation_id="resume_endpoint")
def resume_serving(number: int, json_data: asked.Nothing) -> Any:
    """Send to it again, what waited first."""
    return _line(turn().do(resume_endpoint, number).id)


@pages.post(f"/endpoints/<{NUMBER}:number>/ping_endpoint")
@pages.input(asked.Nothing)
@pages.output(MessageTold)
@pages.doc(operation_id="ping_endpoint")
def try_endpoint(number: int, json_data: asked.Nothing) -> Any:
    """Send it a message about nothing."""
    return MessageTold.of(turn().do(ping_endpoint, number))


@pages.post(f"/endpoints/<{NUMBER}:number>/replay_since")
@pages.input(ReplaySince)
@pages.output(CountTold)
@pages.doc(operation_id="replay_since")
def replay_from(number: int, json_data: ReplaySince) -> Any:
    """Send it everything that happened from an instant on, each message under its first id."""
    return CountTold(count=turn().do(replay_since, number, since=json_data.since))


@pages.post(f"/messages/<{NUMBER}:number>/replay")
@pages.input(asked.Nothing)
@pages.output(MessageTold)
@pages.doc(operation_id="replay")
def replay_one(number: int, json_data: asked.Nothing) -> Any:
    """Send one webhook message again, under its first id."""
    return MessageTold.of(turn().do(replay, number))


def _line(number: int) -> EndpointTold:
    return EndpointTold.of(turn().see(see_endpoint, number).line)


def _with_secret(made: Secret) -> SecretTold:
    return SecretTold(**dict(_line(made.endpoint.id)), secret=made.secret)
