"""The rows. What only grows (events, ledger, debts, time entries, predictions, answers) is guarded by triggers in the
migrations."""

from sla.store.tables.calendar import CalendarVersion, TargetsVersion
from sla.store.tables.hours import Debt, Forfait, HoursRequest, Intervention, LedgerEntry, Stint, TimeEntry
from sla.store.tables.people import Absence, Company, Contract, Feed, Key, Person
from sla.store.tables.predictions import FirstAnswer, Prediction
from sla.store.tables.publisher import PublisherError, PublisherLink, PublisherNews
from sla.store.tables.queues import Endpoint, Heartbeat, Message, Timer
from sla.store.tables.row import Row
from sla.store.tables.tickets import Appointment, ClockRow, Estimate, Event, Ticket, VerdictRow

__all__ = [
    "Absence",
    "Appointment",
    "CalendarVersion",
    "ClockRow",
    "Company",
    "Contract",
    "Debt",
    "Endpoint",
    "Estimate",
    "Event",
    "Feed",
    "FirstAnswer",
    "Forfait",
    "Heartbeat",
    "HoursRequest",
    "Intervention",
    "Key",
    "LedgerEntry",
    "Message",
    "Person",
    "Prediction",
    "PublisherError",
    "PublisherLink",
    "PublisherNews",
    "Row",
    "Stint",
    "TargetsVersion",
    "Ticket",
    "TimeEntry",
    "Timer",
    "VerdictRow",
]
