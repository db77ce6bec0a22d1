"""What config/desk.toml says, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil

from sla.contract.service_item import ServiceItem
from sla.queue.rule import DEFAULT, LEAST_LEFT, Rule


@dataclass(frozen=True, slots=True)
class TechnicianLine:
    """One technician of desk.toml: `skills` maps a skill to a slowness of at least 1, `items` a service item of these
    skills to its own; `capacity` is in per cent."""

    code: str
    name: str
    email: str
    capacity: int
    skills: Mapping[str, float]
    items: Mapping[str, float] = field(default_factory=dict)

    def pace(self, item: ServiceItem) -> float | None:
        """Their slowness at a service item; None if they don't master it."""
        known = self.skills.get(item.skill)
        return None if known is None else self.items.get(item.code, known)


@dataclass(frozen=True, slots=True)
class ChatLine:
    """A chat (Teams, Slack, SMS…) and the texts that go there; CHAT_URLS holds its address under `name`."""

    name: str
    kinds: frozenset[str]

    def wants(self, text: str, *, breach: bool) -> bool:
        """`sla_breach` is an `sla_level` that says that the promise is broken."""
        return text in self.kinds or (breach and text == "sla_level" and "sla_breach" in self.kinds)


@dataclass(frozen=True, slots=True)
class ForfaitRules:
    """What is sold and what is reminded: hours, months of validity, working days of grace, days ahead, per cents;
    `exhaustion_reminder_days`: working days before the forecast day of exhaustion."""

    hours_on_sale: tuple[int, ...]
    months: int
    expiry_grace_days: int
    expiry_reminder_days: tuple[int, ...]
    low_balance_shares: tuple[int, ...]
    exhaustion_reminder_days: int


@dataclass(frozen=True, slots=True)
class WorkRules:
    """Delays in working days, and the minutes on a TMA ticket at which its technician is warned, and beyond which work
    begins only once the client has accepted an estimate; `estimate_tolerance_percent`: how much more that covers."""

    warn_minutes: int
    estimate_beyond_minutes: int
    estimate_valid_days: int
    estimate_tolerance_percent: int
    acceptance_days: int
    report_due_days: int


@dataclass(frozen=True, slots=True)
class Reminders:
    """`callback_minutes` is working time ahead; the others are working days."""

    callback_minutes: int
    estimate_days: int
    acceptance_days: int
    publisher_days: int
    hours_asked_days: int
    report_asked_days: int
    confirm_days: int


@dataclass(frozen=True, slots=True)
class PlanRules:
    """Expected minutes of work by severity (a response) and by skill (resolution); what the rule of the queue weighs,
    `resolution_weight` being what a resolution weighs beside a response."""

    first_response_minutes: Mapping[str, int]
    resolution_minutes: Mapping[str, int]
    weight: Mapping[str, float]
    prediction_least_answers: int
    rule: Rule = DEFAULT
    resolution_weight: float = 0.5

    def minutes(self, item: ServiceItem, severity: str, *, responds: bool, worked: int = 0) -> int:
        """What is left to do. `worked`: real minutes on the ticket so far; what a first answer takes not counted, they
        went into the resolution, of which a quarter is left at least."""
        first = self.first_response_minutes[severity]
        if responds:
            return first
        whole = self.resolution_minutes[item.skill]
        return max(whole - max(0, worked - first), ceil(whole * LEAST_LEFT))

    def weighs(self, severity: str, *, responds: bool) -> float:
        return self.weight.get(severity, 1.0) * (1.0 if responds else self.resolution_weight)
