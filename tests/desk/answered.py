"""A desk that has answered before: what predictions learn from, without the hours that living it would take."""

from datetime import datetime, timedelta
from typing import Any

from sla.store.tables import FirstAnswer, Ticket
from tests.desk.kept import ERROR
from tests.worlds import World, paris

RULES = ("replay", "similar", "last_hundred")


def answered_before(world: World, waits_s: list[int], **given: Any) -> None:
    """One ticket for each wait, deposited and answered one after another up to the 29 May 2026 at noon; `marks`: each
    predictor's (level, loss), the same for all."""
    facts = {"severity": "major", "item": ERROR, "marks": {}, "until": paris("2026-05-29 12:00"), **given}
    until: datetime = facts.pop("until")
    with world.desk.database.writing() as session:
        for index, wait in enumerate(waits_s):
            answered = until - timedelta(minutes=len(waits_s) - index)
            deposited = world.desk.settings.calendar.add(answered, timedelta(seconds=-wait))
            ticket = Ticket(
                company_id=world.companies["bolt"],
                requester_id=world.bruno.id,
                title="Déjà répondu",
                description="Avant",
                item=facts["item"],
                severity=facts["severity"],
                level="maintenance",
                state="closed",
                awaiting=False,
                deposited_at=deposited,
                answered_at=answered,
            )
            session.add(ticket)
            session.flush()
            row = {"ticket_id": ticket.id, "asked_at": deposited, "answered_at": answered, "wait_s": wait}
            session.add(FirstAnswer(**row, backlog=0, **facts))
