"""config/desk.toml → its frozen values, with every mistake at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sla.contract.catalogue import Catalogue
from sla.contract.config_table import ConfigTable
from sla.contract.mistakes import ConfigFile
from sla.contract.targets import Severity
from sla.queue.rule import DEFAULT, ORDERS, Rule
from sla.settings.chat_lines import read_chats
from sla.settings.desk_rules import ChatLine, ForfaitRules, PlanRules, Reminders, TechnicianLine, WorkRules


class DeskFile(NamedTuple):
    """The whole of config/desk.toml."""

    technicians: tuple[TechnicianLine, ...]
    forfaits: ForfaitRules
    work: WorkRules
    reminders: Reminders
    plan: PlanRules
    chats: tuple[ChatLine, ...]


def read_desk(path: Path, catalogue: Catalogue | None) -> DeskFile:
    """Raises ConfigError with all its mistakes; skills and items are held against the catalogue, where it could be
    read."""
    file = ConfigFile.read(path)
    top = ConfigTable(file)
    skills = catalogue.skills() if catalogue else frozenset()
    technicians = tuple(_technician(table, catalogue) for table in top.tables("technicians"))
    _check_team(top, technicians, skills)
    found = DeskFile(
        technicians=technicians,
        forfaits=_forfaits(top),
        work=_work(top),
        reminders=_reminders(top),
        plan=_plan(top, skills),
        chats=read_chats(top),
    )
    top.close()
    file.finish()
    return found


def _technician(table: ConfigTable, catalogue: Catalogue | None) -> TechnicianLine:
    levels = _numbers(table.table("skills"), least=1.0)
    asked = catalogue.skills() if catalogue else frozenset()
    for skill in levels:
        if asked and skill not in asked:
            table.mistake("skills", f"la compétence « {skill} » n’est demandée par aucune prestation de coverage.toml")
    items = _numbers(table.table("items"), least=1.0) if table.has("items") else {}
    if catalogue is not None:
        _check_items(table, items, levels, catalogue)
    line = TechnicianLine(
        code=table.text("code"),
        name=table.text("name"),
        email=table.text("email"),
        capacity=table.integer("capacity", 1, 100, 100),
        skills=levels,
        items=items,
    )
    table.close()
    return line


def _check_items(
    table: ConfigTable, items: Mapping[str, float], levels: Mapping[str, float], catalogue: Catalogue
) -> None:
    """Of what they master, by the codes of coverage.toml."""
    needed = {item.code: item.skill for item in catalogue}
    for code in items:
        if code not in needed:
            table.mistake("items", f"« {code} » n’est le code d’aucune prestation de coverage.toml")
        elif needed[code] not in levels:
            said = f"« {code} » demande la compétence « {needed[code]} », que ce technicien ne maîtrise pas"
            table.mistake("items", said)


def _check_team(top: ConfigTable, technicians: tuple[TechnicianLine, ...], skills: frozenset[str]) -> None:
    if not technicians:
        top.mistake("technicians", "il faut au moins un technicien")
    for name in ("code", "email"):
        values = [getattr(line, name) for line in technicians]
        for twice in sorted({value for value in values if values.count(value) > 1}):
            top.mistake("technicians", f"{name} « {twice} » est donné deux fois")
    for orphan in sorted(skills - {skill for line in technicians for skill in line.skills}):
        top.mistake("technicians", f"personne ne maîtrise « {orphan} », que coverage.toml demande")


def _numbers(table: ConfigTable, least: float) -> dict[str, float]:
    numbers: dict[str, float] = {}
    for key in table.data:
        value: Any = table.take(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= 1000:
            table.mistake(key, f"un nombre d’au moins {least:g} est attendu, pas {value}")
        else:
            numbers[key] = float(value)
    return numbers


def _forfaits(top: ConfigTable) -> ForfaitRules:
    table = top.table("forfaits")
    rules = ForfaitRules(
        hours_on_sale=table.whole_numbers("hours_on_sale", 1, 1000),
        months=table.integer("months", 1, 120),
        expiry_grace_days=table.integer("expiry_grace_days", 0, 60),
        expiry_reminder_days=table.whole_numbers("expiry_reminder_days", 1, 365),
        low_balance_shares=table.whole_numbers("low_balance_shares", 0, 99),
        exhaustion_reminder_days=table.integer("exhaustion_reminder_days", 0, 250),
    )
    if table.has("hours_on_sale") and not rules.hours_on_sale:
        table.mistake("hours_on_sale", "il faut au moins un forfait en vente")
    table.close()
    return rules


def _work(top: ConfigTable) -> WorkRules:
    table = top.table("work")
    rules = WorkRules(
        warn_minutes=table.integer("warn_minutes", 1, 100_000),
        estimate_beyond_minutes=table.integer("estimate_beyond_minutes", 1, 100_000),
        estimate_valid_days=table.integer("estimate_valid_days", 1, 250),
        estimate_tolerance_percent=table.integer("estimate_tolerance_percent", 0, 100),
        acceptance_days=table.integer("acceptance_days", 1, 250),
        report_due_days=table.integer("report_due_days", 1, 250),
    )
    table.close()
    return rules


def _reminders(top: ConfigTable) -> Reminders:
    table = top.table("reminders")
    rules = Reminders(
        callback_minutes=table.integer("callback_minutes", 1, 1440),
        estimate_days=table.integer("estimate_days", 1, 250),
        acceptance_days=table.integer("acceptance_days", 1, 250),
        publisher_days=table.integer("publisher_days", 1, 250),
        hours_asked_days=table.integer("hours_asked_days", 1, 250),
        report_asked_days=table.integer("report_asked_days", 1, 250),
        confirm_days=table.integer("confirm_days", 1, 250),
    )
    table.close()
    return rules


def _plan(top: ConfigTable, skills: frozenset[str]) -> PlanRules:
    table = top.table("plan")
    rules = PlanRules(
        first_response_minutes=_minutes(table.table("first_response_minutes"), frozenset(Severity)),
        resolution_minutes=_minutes(table.table("resolution_minutes"), skills),
        weight=_numbers(table.table("weight"), least=0.0),
        prediction_least_answers=table.integer("prediction_least_answers", 10, 10_000),
        resolution_weight=_number(table, "resolution_weight", 0, 100, 0.5),
        rule=_rule(table),
    )
    table.close()
    return rules


def _rule(table: ConfigTable) -> Rule:
    """A key that is absent leaves the rule as it is delivered."""
    order = table.text("rule", DEFAULT.order)
    if order not in ORDERS:
        table.mistake("rule", f"« {order} » n’est pas une règle : {', '.join(ORDERS)}")
        order = DEFAULT.order
    return Rule(
        order=order,
        patience_s=60 * _number(table, "patience_minutes", 1, 100_000, DEFAULT.patience_s / 60),
        pace_power=_number(table, "pace_power", 0, 100, DEFAULT.pace_power),
        lost=_number(table, "lost_share", 0.000001, 1, DEFAULT.lost),
        hand_over_share=_number(table, "hand_over_share", 0, 1000, DEFAULT.hand_over_share),
        hand_over_s=60 * _number(table, "hand_over_minutes", 0, 1000, DEFAULT.hand_over_s / 60),
        usual_s=60 * _number(table, "usual_technician_minutes", 0, 1000, DEFAULT.usual_s / 60),
        oldest_s=3600 * _number(table, "oldest_hours", 1, 10_000, DEFAULT.oldest_s / 3600),
    )


def _number(table: ConfigTable, key: str, least: float, most: float, default: float) -> float:
    value: Any = table.take(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        table.mistake(key, f"un nombre entre {least:g} et {most:g} est attendu, pas {value}")
        return default
    return float(value)


def _minutes(table: ConfigTable, keys: frozenset[str]) -> dict[str, int]:
    read = {str(key): table.integer(key, 1, 10_000) for key in sorted(keys)}
    if keys:
        table.close()
    return read
