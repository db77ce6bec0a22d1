"""Instants and days as refusals say them: in the words of whoever reads the sentence."""

from datetime import date, datetime

from sla import wording
from sla.desk.office import Tx
from sla.errors import Both


def instant_said(tx: Tx, at: datetime) -> Both:
    """« aujourd’hui à 13 h 00 », “today at 13:00”."""
    return Both(*(wording.instant(at, tx.settings.zone, tx.now, lang) for lang in ("fr", "en")))


def time_said(tx: Tx, at: datetime) -> Both:
    return Both(*(wording.clock_time(at, tx.settings.zone, lang) for lang in ("fr", "en")))


def day_said(tx: Tx, day: date) -> Both:
    """« mar. 24 nov. », with its year when it is another."""
    return Both(*(wording.day(day, lang, tx.today.year) for lang in ("fr", "en")))


def date_said(day: date) -> Both:
    """With its year: « 1er janvier 2027 », “1 January 2027”."""
    return Both(*(wording.full_date(day, lang) for lang in ("fr", "en")))
