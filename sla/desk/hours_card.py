"""Forfaits as their owner follows them: balance, validity, and every movement with the balance after it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from sla.desk.contract_end import ContractLine, contract_lines
from sla.desk.ledger import forfaits_of, owed_by
from sla.desk.office import Tx
from sla.desk.outlook import Outlook, outlook
from sla.desk.permits import APPROVING
from sla.desk.portal_home import own_company
from sla.desk.requested_hours import pending_request
from sla.desk.sight import company_in_sight
from sla.errors import NotFound
from sla.store.tables import Company, Forfait, HoursRequest, Intervention, LedgerEntry, Person, TimeEntry

KINDS = {"purchase": "Achat", "consumption": "Consommation", "correction": "Correction", "expiry": "Expiration"}


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of a forfait. `real`: seconds worked, None when no work is behind it; `taken`: quarter-hours that went,
    negative when they came in; `balance`: quarter-hours after it."""

    day: date
    at: datetime
    kind: str
    label: str
    number: int | None
    technician: str | None
    real: int | None
    taken: int
    balance: int


@dataclass(frozen=True, slots=True)
class HoursCard:
    """A forfait; `lines` in order, the oldest first, and empty for a contact who sees the balance only.
    `state`: running, to_come or over."""

    number: int
    left: int
    total: int
    valid_from: date
    valid_until: date
    state: str
    lines: Sequence[Movement]


@dataclass(frozen=True, slots=True)
class Hours:
    """A company's forfaits, the running ones first. `owed`: quarter-hours worked that none has borne; `kept`: given
    back, for the next one. `sees_lines`: whether this reader sees the movements. `outlook`: None while too little is
    known."""

    company: str
    cards: Sequence[HoursCard]
    owed: int
    kept: int
    sees_lines: bool
    outlook: Outlook | None
    asked: HoursRequest | None
    contracts: Sequence[ContractLine] = ()

    @property
    def running(self) -> list[HoursCard]:
        return [card for card in self.cards if card.state == "running"]

    @property
    def left(self) -> int:
        """Quarter-hours that work done today can draw on."""
        return sum(card.left for card in self.running)


ORDER = ("running", "to_come", "over")


def own_hours(tx: Tx) -> Hours:
    """All contacts see the balance; the movements are for those who answer for the company."""
    return _hours(tx, own_company(tx), sees_lines=tx.actor.portal_role in APPROVING)


def company_hours(tx: Tx, number: int) -> Hours:
    """The same of any company, for support. NotFound to a client: it has `own_hours`."""
    if tx.actor.is_client:
        raise NotFound("company", value=number)
    return _hours(tx, company_in_sight(tx, number), sees_lines=True)


def _hours(tx: Tx, company: Company, *, sees_lines: bool) -> Hours:
    packs = forfaits_of(tx, company.id)
    owed = owed_by(tx, company.id)
    lines = _movements(tx, packs) if sees_lines else {}
    cards = [_card(tx, pack, lines.get(pack.id, [])) for pack in packs]
    cards.sort(key=lambda card: ORDER.index(card.state))
    ahead, asked = outlook(tx, company.id, packs), pending_request(tx, company.id)
    in_force = contract_lines(tx, company.id)
    return Hours(company.name, cards, max(0, owed), max(0, -owed), sees_lines, ahead, asked, in_force)


def _card(tx: Tx, pack: Forfait, lines: Sequence[Movement]) -> HoursCard:
    state = "running" if pack.first_day <= tx.today <= pack.last_day else "over"
    if pack.first_day > tx.today:
        state = "to_come"
    total = pack.hours * 4
    return HoursCard(pack.id, pack.balance_quarters, total, pack.first_day, pack.last_day, state, lines)


def _movements(tx: Tx, packs: Sequence[Forfait]) -> dict[int, list[Movement]]:
    query = (
        select(LedgerEntry, Intervention.ticket_id, Person.name)
        .outerjoin(Intervention, Intervention.id == LedgerEntry.intervention_id)
        .outerjoin(Person, Person.id == Intervention.technician_id)
        .where(LedgerEntry.forfait_id.in_([pack.id for pack in packs]))
        .order_by(LedgerEntry.id)
    )
    rows = tx.session.execute(query).all()
    real = _real_seconds(tx, [entry for entry, _, _ in rows])
    lines: dict[int, list[Movement]] = defaultdict(list)
    for entry, ticket, technician in rows:
        own = lines[entry.forfait_id]
        balance = (own[-1].balance if own else 0) + entry.quarters
        label = entry.reason or KINDS[entry.kind]
        worked = real.get(entry.id)
        own.append(
            Movement(entry.day, entry.at, entry.kind, label, ticket, technician, worked, -entry.quarters, balance)
        )
    return lines


def _real_seconds(tx: Tx, entries: Sequence[LedgerEntry]) -> dict[int, int]:
    """Ledger entry → seconds of real work behind it: each stretch counts in the first movement that it led to, and one
    that fitted in a quarter-hour begun before counts in the last. A correction counts what it added or took back."""
    behind: dict[int, list[LedgerEntry]] = defaultdict(list)
    for entry in entries:
        if entry.kind in ("consumption", "correction") and entry.intervention_id is not None:
            behind[entry.intervention_id].append(entry)
    real: dict[int, int] = defaultdict(int)
    for stretch in tx.session.scalars(select(TimeEntry).where(TimeEntry.intervention_id.in_(list(behind)))):
        corrects = stretch.corrects_id is not None
        own = [each for each in behind[stretch.intervention_id] if corrects or each.kind == "consumption"]
        if own:
            led_to = next((each for each in own if each.at >= stretch.typed_at), own[-1])
            before = tx.session.get_one(TimeEntry, stretch.corrects_id) if corrects else None
            real[led_to.id] += (_charged(stretch) - (_charged(before) if before else 0)) * 60
    return dict(real)


def _charged(stretch: TimeEntry) -> int:
    return 0 if stretch.own_error else stretch.minutes
