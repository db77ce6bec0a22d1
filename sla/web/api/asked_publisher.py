"""The bodies of verbs on errors at the publisher."""

from typing import Annotated

from pydantic import Field

from sla.web.api.typed_json import Asked, Number


class ChasePublisher(Asked):
    note: str = Field(description="what was asked or learnt, for the team")
    told: str = Field("", description="what each waiting client reads")
    days: Annotated[int, Field(ge=1, le=60)] | None = Field(None, description="working days to the next follow-up")


class AnnounceFix(Asked):
    version: str
    text: str = ""


class CloseError(Asked):
    reason: str
    into: Number | None = Field(None, description="the open error that it is, which its tickets wait for from now on")
    told: str = Field("", description="what each waiting client reads")
