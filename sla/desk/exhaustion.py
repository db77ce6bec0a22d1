"""The forecast day on which a company's hours run out: told ahead of it, once for the forfaits that it holds."""

from sla.desk.ledger import forfaits_of
from sla.desk.office import Tx
from sla.desk.outlook import Outlook, outlook
from sla.desk.tell import contacts, having, tell
from sla.desk.timers import TimerKind, cancel, schedule
from sla.store.tables import Company


def await_exhaustion(tx: Tx, company_id: int) -> None:
    """After each consumption: the reminder moves with the forecast."""
    newest, ahead = _ahead(tx, company_id)
    cancel(tx, TimerKind.RUNS_OUT, company_id)
    if ahead is None or ahead.day is None:
        return
    at = tx.hours.add_days(tx.settings.midnight(ahead.day), -tx.settings.forfaits.exhaustion_reminder_days)
    schedule(tx, TimerKind.RUNS_OUT, company_id, max(at, tx.now), mark=f"{newest}:{ahead.day:%Y%m%d}")


def remind_exhaustion(tx: Tx, company_id: int) -> None:
    """Effect of the timer, if the pace still says so; what has slowed down is told later."""
    newest, ahead = _ahead(tx, company_id)
    if ahead is None or ahead.day is None:
        return
    at = tx.hours.add_days(tx.settings.midnight(ahead.day), -tx.settings.forfaits.exhaustion_reminder_days)
    if tx.now < at:
        schedule(tx, TimerKind.RUNS_OUT, company_id, at, mark=f"{newest}:{ahead.day:%Y%m%d}")
        return
    people = contacts(tx, company_id, "account", "approver") + having(tx, "manager")
    company = tx.session.get_one(Company, company_id)
    tell(tx, people, "hours_run_out", key=f"runs_out:{company_id}:{newest}", company=company, ahead=ahead)


def _ahead(tx: Tx, company_id: int) -> tuple[int, Outlook | None]:
    """The newest forfait's number, and what its company can expect."""
    packs = forfaits_of(tx, company_id)
    return max((pack.id for pack in packs), default=0), outlook(tx, company_id, packs)
