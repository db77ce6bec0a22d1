"""Who pays for what: the booklet's tables, read from config/coverage.toml, and the decision at deposit."""

from sla.contract.catalogue import Catalogue, Family, UnknownItem
from sla.contract.coverage_file import load_coverage, read_catalogue
from sla.contract.decision import Decision, Outcome, decide
from sla.contract.service_item import Condition, Coverage, ServiceItem, at_level, near_limit, over_limit

__all__ = [
    "Catalogue",
    "Condition",
    "Coverage",
    "Decision",
    "Family",
    "Outcome",
    "ServiceItem",
    "UnknownItem",
    "at_level",
    "decide",
    "load_coverage",
    "near_limit",
    "over_limit",
    "read_catalogue",
]
