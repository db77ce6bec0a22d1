"""The bodies of verbs on webhooks."""

from typing import Annotated

from pydantic import Field

from sla.web.api.typed_json import Asked, Instant


class AddEndpoint(Asked):
    url: Annotated[str, Field(max_length=2000)]
    label: str = ""
    events: list[str] = Field([], description="kinds of the history, `deposited`, `answered`…; none: all of them")


class ReplaySince(Asked):
    since: Instant
