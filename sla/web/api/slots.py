"""The nearest free instants for a call or a session on a ticket."""

from typing import Any

from pydantic import Field

from sla.desk.diary import free_slots
from sla.web.api.blueprint import NUMBER, pages
from sla.web.api.told import SlotTold
from sla.web.api.typed_json import QueryNumber, Told, Wanted
from sla.web.turn import turn

LONGEST_MINUTES = 480


class SlotsWanted(Wanted):
    minutes: QueryNumber = Field(15, description="how long it is to last, 480 at most")
    technician: QueryNumber | None = Field(None, description="for support; else the ticket's own, or who masters it")


class SlotsTold(Told):
    slots: list[SlotTold]


@pages.get(f"/tickets/<{NUMBER}:number>/free_slots")
@pages.input(SlotsWanted, location="query")
@pages.output(SlotsTold)
def slots(number: int, query_data: SlotsWanted) -> Any:
    """The nearest free instants for a call or a session, at most two a half-day, by the technician's diary."""
    minutes = max(1, min(query_data.minutes, LONGEST_MINUTES))
    found = turn().see(free_slots, number, minutes=minutes, technician=query_data.technician)
    return SlotsTold(slots=[SlotTold.model_validate(each) for each in found])
