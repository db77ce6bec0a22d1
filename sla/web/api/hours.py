"""Forfaits: what a company's contacts and support follow, what is asked for, sold, corrected."""

from typing import Any

from sla.desk.hours import buy_hours, correct_hours
from sla.desk.hours_card import Hours, HoursCard, company_hours, own_hours
from sla.desk.outlook import Outlook
from sla.desk.requested_hours import ask_hours, decline_hours, requested_hours, withdraw_hours
from sla.web.api import asked
from sla.web.api.blueprint import NUMBER, pages
from sla.web.api.moves import Move, open_to
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


class OutlookTold(Told):
    """At the pace since `since`: when nothing is left (`day`; eight times in ten between `low` and `high`, null where
    what is left outlasts its validity), and the quarter-hours that will expire unused. `settled`: whether the past is
    long enough for « eight times in ten » to be held to."""

    day: GivenDay | None
    low: GivenDay | None
    high: GivenDay | None
    likely: float
    unused_quarters: int
    unused_low_quarters: int
    unused_high_quarters: int
    weekly_quarters: float
    since: GivenDay
    open_days: int
    settled: bool


class RequestTold(Told):
    """A pack that was asked for. `state`: pending, sold, declined or withdrawn."""

    id: int
    company_id: int
    hours: int
    author: str
    asked_at: Moment
    state: str
    reason: str
    forfait_id: int | None

    @classmethod
    def of(cls, request: Any) -> "RequestTold":
        return cls.model_validate(request)


class HoursTold(Told):
    """`left_quarters`: what work done today can draw on; `owed_quarters`: worked, and borne by no forfait yet;
    `kept_quarters`: given back after their forfait had ended, to be added to the next. `outlook`: null while too
    little is known. `asked`: the pack that awaits an answer."""

    company: str
    left_quarters: int
    owed_quarters: int
    kept_quarters: int
    forfaits: list[ForfaitTold]
    outlook: OutlookTold | None
    asked: RequestTold | None


class SoldTold(Told):
    id: int
    company_id: int
    hours: int
    first_day: GivenDay
    last_day: GivenDay
    balance_quarters: int

    @classmethod
    def of(cls, pack: Any) -> "SoldTold":
        return cls.model_validate(pack)


class RequestsTold(Told):
    requests: list[RequestTold]


@pages.get("/hours")
@pages.output(HoursTold)
def followed() -> Any:
    """The forfaits of the contact's own company; the movements are for those who answer for it."""
    return _hours(turn().see(own_hours))


@pages.get(f"/companies/<{NUMBER}:number>/hours")
@pages.output(HoursTold)
def company_followed(number: int) -> Any:
    """The same of any company, for support."""
    return _hours(turn().see(company_hours, number))


def _hours(seen: Hours) -> HoursTold:
    return HoursTold(
        company=seen.company,
        left_quarters=seen.left,
        owed_quarters=seen.owed,
        kept_quarters=seen.kept,
        forfaits=[_forfait(card, movements=seen.sees_lines) for card in seen.cards],
        outlook=_outlook(seen.outlook) if seen.outlook else None,
        asked=RequestTold.of(seen.asked) if seen.asked else None,
    )


def _outlook(ahead: Outlook) -> OutlookTold:
    return OutlookTold(
        **{name: getattr(ahead, name) for name in ("day", "low", "high", "likely", "since", "open_days", "settled")},
        unused_quarters=ahead.unused.middle,
        unused_low_quarters=ahead.unused.low,
        unused_high_quarters=ahead.unused.high,
        weekly_quarters=ahead.weekly_tenths / 10,
    )


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
    return SoldTold.of(turn().do(buy_hours, number, **dict(json_data)))


@pages.post("/hours/ask_hours")
@pages.input(asked.AskHours)
@pages.output(RequestTold, status_code=201)
@pages.doc(operation_id="ask_hours")
def ask(json_data: asked.AskHours) -> Any:
    """Who answers for the company asks for a pack; a sale grants it."""
    return RequestTold.of(turn().do(ask_hours, hours=json_data.hours))


@pages.get("/hours/requests")
@pages.output(RequestsTold)
def asked_for() -> Any:
    """The packs that await an answer, the oldest first, for those who steer the desk."""
    return RequestsTold(requests=[RequestTold.of(request) for request, _ in turn().see(requested_hours)])


open_to("hours/requests", Move(withdraw_hours, asked.Nothing, RequestTold, "The client takes its request back."))
open_to("hours/requests", Move(decline_hours, asked.Reasoned, RequestTold, "The pack is not sold; the reason is told."))
open_to("forfaits", Move(correct_hours, asked.CorrectHours, SoldTold, "A signed movement with its reason."))
