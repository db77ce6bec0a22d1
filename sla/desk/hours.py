"""`buy_hours`, `correct_hours`, `expire_hours`: prepaid packs come, are put right, and go by entries that say so."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from sla import wording
from sla.contract.forfait import last_day, quarters_left
from sla.desk.agreed_work import awaits_decision
from sla.desk.history import record
from sla.desk.hours_news import COME, tell_requesters, waiting_for_hours
from sla.desk.ledger import (
    forfaits_of,
    left_on,
    lock_account,
    move,
    open_account,
    owed_by,
    settle_debts,
    unmoved_since,
)
from sla.desk.office import Tx
from sla.desk.queueing import enqueue
from sla.desk.reminder_days import expires_at, is_gone, told_ahead
from sla.desk.requested_hours import grant_request
from sla.desk.sight import company_in_sight
from sla.desk.tell import contacts, having, tell
from sla.desk.timers import TimerKind, schedule
from sla.desk.typed import day_typed, one_text
from sla.desk.unconfirmed import still_to_consume
from sla.errors import Both, NotFound, NotOnSale, Refused
from sla.store.tables import Forfait
from sla.ticket.facts import Kind

MOST_CORRECTED = 4000


class Overdrawn(Refused):
    code = "overdrawn"
    fr = "Il ne reste que {balance} sur ce forfait : on ne peut pas en retirer {value}."
    en = "Only {balance} are left on this pack: {value} can’t be taken off."


class OutOfBounds(Refused):
    """Nothing at all, or more than any account ever moves at once."""

    code = "out_of_bounds"
    fr = "{value} ne convient pas : une correction va d’un quart d’heure à {most}, en plus ou en moins."
    en = "{value} won’t do: a correction is of a quarter-hour up to {most}, more or less."


class Ended(Refused):
    code, status = "forfait_ended", 409
    fr = "Ce forfait a expiré le {last} : des heures n’y serviraient plus à rien. Corrigez un forfait en cours."
    en = "This pack expired on {last}: hours would be of no use there. Correct one that runs."


def buy_hours(
    tx: Tx, company: int, *, hours: int, first_day: date | str | None = None, seen: int | None = None
) -> Forfait:
    """A pack on sale, valid from its first day for the configured months, both ends included. What is owed comes off
    first; tickets that waited for hours go on. `seen`: the newest movement that the page showed."""
    rules = tx.settings.forfaits
    if type(hours) is not int or hours not in rules.hours_on_sale:
        raise NotOnSale("hours", value=str(hours)[:40], choices=", ".join(map(str, rules.hours_on_sale)))
    owner = company_in_sight(tx, company)
    first = day_typed(tx, "first_day", first_day or tx.today)
    waiting_for_hours(tx, owner.id, lock=True)  # before the account, as work does: the other way round is a deadlock
    lock_account(tx, owner.id)
    unmoved_since(tx, owner.id, seen)
    open_account(tx, owner.id)
    pack = Forfait(company_id=owner.id, hours=hours, first_day=first, last_day=last_day(first, rules.months))
    pack.balance_quarters, pack.sold_at, pack.sold_by = 0, tx.now, tx.actor.name
    tx.session.add(pack)
    tx.session.flush()
    move(tx, pack, "purchase", hours * 4, first, reason=f"Forfait {hours} h")
    _schedule_end(tx, pack)
    before = owed_by(tx, owner.id)
    settle_debts(tx, pack, hours * 4)
    grant_request(tx, pack)
    start = max(tx.now, tx.settings.midnight(first))
    schedule(tx, TimerKind.HOURS_START, pack.id, start, due_at=start)
    if start == tx.now:
        start_hours(tx, pack.id)
    _tell_bought(tx, pack, before)
    return pack


def _tell_bought(tx: Tx, pack: Forfait, before: int) -> None:
    """With what it settled of what was owed `before` (below zero: what came back with it), and what all packs hold."""
    owed, people = owed_by(tx, pack.company_id), contacts(tx, pack.company_id, "account", "approver")
    facts: dict[str, Any] = {"settled": max(0, before) - max(0, owed), "returned": max(0, -before) - max(0, -owed)}
    left = left_on(tx, pack.company_id, tx.today)
    key = f"bought:{pack.id}"
    tell(tx, people, "hours_bought", key=key, pack=pack, left=left, owed=max(0, owed), today=tx.today, **facts)


def _schedule_end(tx: Tx, pack: Forfait) -> None:
    """Reminders at the opening of the last open day at or before each date ahead; then the expiry, after the grace."""
    rules = tx.settings.forfaits
    for days in rules.expiry_reminder_days:
        if pack.last_day - timedelta(days=days) < pack.first_day:
            continue
        opening = told_ahead(tx, pack.last_day, days)
        if opening >= tx.now:
            schedule(tx, TimerKind.EXPIRY_REMINDER, pack.id, opening, mark=str(days), data={"days": days})
    schedule(tx, TimerKind.EXPIRY, pack.id, expires_at(tx, pack))


def start_hours(tx: Tx, forfait: int) -> None:
    """The first day has come: what is owed comes off first, and if hours are left the company's tickets that waited for
    them go on."""
    pack = tx.session.get(Forfait, forfait)
    if pack is None or not pack.first_day <= tx.today <= pack.last_day:
        return
    waiting = waiting_for_hours(tx, pack.company_id, lock=True)
    lock_account(tx, pack.company_id)
    tx.session.refresh(pack, with_for_update=True)
    settle_debts(tx, pack)
    if not pack.balance_quarters:
        return
    for ticket in waiting:
        record(tx, ticket, Kind.RESUMED, text="Un forfait a été souscrit\u00a0: la demande reprend son cours.")
        if awaits_decision(tx, ticket):
            record(tx, ticket, Kind.WAITING_CLIENT, reason="estimate")
        if ticket.technician_id is None:
            enqueue(tx, ticket)
    tell_requesters(tx, pack.company_id, waiting, COME, key=str(pack.id), hours=pack.hours)


def correct_hours(tx: Tx, forfait: int, *, quarters: int, reason: str, seen: int | None = None) -> Forfait:
    """A signed movement with its reason; no movement is ever edited. What is owed comes first off what comes in."""
    reason = one_text("reason", reason, 500)
    if not 1 <= abs(quarters) <= MOST_CORRECTED:
        raise OutOfBounds("quarters", value=wording.quarters(quarters), most=wording.amount(MOST_CORRECTED * 900))
    pack = _locked(tx, forfait)
    if pack is None:
        raise NotFound("forfait", value=forfait)
    unmoved_since(tx, pack.company_id, seen)
    if pack.expired or is_gone(tx, pack):
        raise Ended(last=Both(*(wording.full_date(pack.last_day, lang) for lang in ("fr", "en"))))
    open_account(tx, pack.company_id)
    if pack.balance_quarters + quarters < 0:
        facts = {"value": wording.quarters(-quarters), "balance": wording.quarters(pack.balance_quarters)}
        raise Overdrawn("quarters", **facts)
    move(tx, pack, "correction", quarters, tx.today, reason=reason)
    settle_debts(tx, pack, max(0, quarters))
    return pack


def _locked(tx: Tx, forfait: int) -> Forfait | None:
    """With its company's account, which is locked first."""
    owner = tx.session.scalar(select(Forfait.company_id).where(Forfait.id == forfait))
    if owner is not None:
        lock_account(tx, owner)
    query = select(Forfait).where(Forfait.id == forfait).with_for_update()
    return tx.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def expire_hours(tx: Tx, forfait: int) -> Forfait | None:
    """Effect of the expiry's timer: what is left goes, by an entry that says so. It waits for the working days that a
    closure has put off since, and, a working day at a time, while work of its days waits to be confirmed."""
    pack = _locked(tx, forfait)
    if pack is None or pack.expired:
        return None
    end = expires_at(tx, pack)
    if tx.now < end:
        schedule(tx, TimerKind.EXPIRY, pack.id, end, mark=f"{end:%Y%m%dT%H%M%S}")
        return None
    left = pack.balance_quarters
    if left and still_to_consume(tx, pack):
        schedule(tx, TimerKind.EXPIRY, pack.id, tx.hours.add_days(tx.now, 1), mark=f"{tx.now:%Y%m%dT%H%M%S}")
        return None
    if left:
        move(tx, pack, "expiry", -left, pack.last_day, reason="Fin de validité du forfait")
    pack.expired = True
    tell(tx, contacts(tx, pack.company_id, "account"), "hours_expired", key=f"expired:{pack.id}", pack=pack, left=left)
    return pack


def remind_expiry(tx: Tx, forfait: int, days: int) -> None:
    """Effect of an expiry reminder's timer; an empty forfait has nothing to lose, one that has ended nothing to use."""
    pack = tx.session.get(Forfait, forfait)
    if pack is not None and tx.today <= pack.last_day and pack.balance_quarters > 0:
        people = contacts(tx, pack.company_id, "account") + having(tx, "manager")
        tell(tx, people, "hours_expiring", key=f"expiring:{pack.id}:{days}", pack=pack, days=days)


def remind_low(tx: Tx, forfait: int, share: int, movement: int) -> None:
    """Effect of a low balance's timer; hours that have come back meanwhile leave nothing to tell. What requests to come
    draw on is the company's whole balance, or they wait for the pack that follows."""
    pack = tx.session.get(Forfait, forfait)
    if pack is not None and pack.balance_quarters * 100 <= share * pack.hours * 4:
        people = contacts(tx, pack.company_id, "account") + having(tx, "manager")
        others = [each for each in forfaits_of(tx, pack.company_id) if each.id != pack.id and each.balance_quarters]
        to_come = sorted((each for each in others if each.first_day > tx.today), key=lambda each: each.first_day)
        facts: dict[str, Any] = {"pack": pack, "share": share, "elsewhere": quarters_left(others, tx.today)}
        facts["follows"] = to_come[0] if to_come else None
        tell(tx, people, "hours_low", key=f"low:{pack.id}:{share}:{movement}", **facts)
