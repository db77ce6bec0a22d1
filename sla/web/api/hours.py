"""Forfaits: what a company's contacts follow, and the packs that a manager sells."""

from typing import Any

from sla.desk.hours import buy_hours
from sla.desk.hours_card import HoursCard, own_hours
from sla.web.api import asked
from sla.web.api.blueprint import NUMBER, pages
from sla.web.api.typed_json import GivenDay, Moment, Told
from sla.web.turn import turn


class MovementTold(Told):
    """`quarters`: signed, negative when consumed; `balance_quarters`: what is left after it; `real_s`: worked."""

    day: GivenDay
    at: Moment
    kind: str
    label: str
    ticket: int | None
    technician: str | None
    real_s: int | None
    quarters: int
    balance_quarters: int


class ForfaitTold(Told):
    """`movements` is null for a contact who sees the balance only. `state`: running, to_come or over."""

    id: int
    state: str
    first_day: GivenDay
    last_day: GivenDay
    sold_quarters: int
    balance_quarters: int
    movements: list[MovementTold] | None


class HoursTold(Told):
    """`left_quarters`: what work done today can draw on; `owed_quarters`: worked, and borne by no forfait yet."""

    company: str
    left_quarters: int
    owed_quarters: int
    forfaits: list[ForfaitTold]


class SoldTold(Told):
    id: int
    company_id: int
    hours: int
    first_day: GivenDay
    last_day: GivenDay
    balance_quarters: int


@pages.get("/hours")
@pages.output(HoursTold)
def followed() -> Any:
    """The forfaits of the contact's own company; the movements are for who answers for it."""
    seen = turn().see(own_hours)
    cards = [_forfait(card, movements=seen.sees_lines) for card in seen.cards]
    return HoursTold(company=seen.company, left_quarters=seen.left, owed_quarters=seen.owed, forfaits=cards)


def _forfait(card: HoursCard, *, movements: bool) -> ForfaitTold:
    lines = [
        MovementTold(
            day=line.day,
            at=line.at,
            kind=line.kind,
            label=line.label,
            ticket=line.number,
            technician=line.technician,
            real_s=line.real,
            quarters=-line.taken,
            balance_quarters=line.balance,
        )
        for line in card.lines
    ]
    return ForfaitTold(
        id=card.number,
        state=card.state,
        first_day=card.valid_from,
        last_day=card.valid_until,
        sold_quarters=card.total,
        balance_quarters=card.left,
        movements=lines if movements else None,
    )


@pages.post(f"/companies/<{NUMBER}:number>/hours")
@pages.input(asked.BuyHours)
@pages.output(SoldTold, status_code=201)
@pages.doc(operation_id="buy_hours")
def sell(number: int, json_data: asked.BuyHours) -> Any:
    """A pack on sale, valid from its first day (today by default)."""
    return SoldTold.model_validate(turn().do(buy_hours, number, **dict(json_data)))
