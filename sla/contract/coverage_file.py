"""config/coverage.toml → the catalogue; every mistake of the file at once."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sla.contract.catalogue import Catalogue
from sla.contract.config_table import ConfigTable
from sla.contract.mistakes import ConfigFile
from sla.contract.service_item import Condition, Coverage, ServiceItem

_LONGEST_LIMIT = 6000


def read_catalogue(path: Path) -> Catalogue:
    """Reads coverage.toml; raises ConfigError with all its mistakes."""
    return _catalogue(ConfigFile.read(path))


def load_coverage(data: dict[str, Any], name: str = "coverage.toml") -> Catalogue:
    """The same from tables already parsed: mistakes then have no line."""
    return _catalogue(ConfigFile(name, data))


def _catalogue(file: ConfigFile) -> Catalogue:
    top = ConfigTable(file)
    conditions = _conditions(top)
    lines = [(table, _item(table)) for table in top.tables("line")]
    top.close()
    _check_codes(lines)
    _check_families(lines)
    _check_references(file, lines, conditions)
    file.finish()
    return Catalogue((item for _, item in lines), conditions)


def _conditions(top: ConfigTable) -> dict[str, Condition]:
    if not top.has("conditions"):
        return {}
    tables = top.table("conditions")
    return {code: _condition(code, tables.table(code)) for code in tables.data}


def _condition(code: str, table: ConfigTable) -> Condition:
    condition = Condition(
        code=code,
        question=table.text("question"),
        question_en=table.text("question_en"),
        unmet=table.text("unmet"),
        unmet_en=table.text("unmet_en"),
        instead=table.texts("instead"),
    )
    table.close()
    return condition


def _item(table: ConfigTable) -> ServiceItem:
    coverage = _coverage(table)
    item = ServiceItem(
        code=table.text("code"),
        family=table.text("family"),
        label=table.text("label"),
        label_en=table.text("label_en"),
        section=table.text("section"),
        coverage=coverage,
        reason=table.text("reason"),
        reason_en=table.text("reason_en"),
        limit_minutes=_limit(table, coverage),
        limit_exclusive=table.flag("limit_exclusive"),
        skill=table.text("skill"),
        summary=table.flag("summary"),
        to_deployment=table.flag("to_deployment"),
        conditions=table.texts("conditions"),
        synonyms=table.texts("synonyms"),
    )
    table.close()
    return item


def _coverage(table: ConfigTable) -> Coverage:
    value = table.text("coverage")
    if value in set(Coverage):
        return Coverage(value)
    if value:
        table.mistake("coverage", f"« {value} » n’est pas une prise en charge ({', '.join(Coverage)})")
    return Coverage.EXCLUDED


def _limit(table: ConfigTable, coverage: Coverage) -> int | None:
    """The time limit binds TMA work, which must have one, and nothing else (booklet, Mise en place et création)."""
    if coverage is Coverage.TMA:
        return table.integer("limit_minutes", 1, _LONGEST_LIMIT)
    for key in ("limit_minutes", "limit_exclusive"):
        if table.has(key):
            table.mistake(key, "seules les lignes en TMA ont une limite de temps")
    table.integer("limit_minutes", 0, _LONGEST_LIMIT, default=0)
    return None


def _check_codes(lines: Iterable[tuple[ConfigTable, ServiceItem]]) -> None:
    seen: set[str] = set()
    for table, item in lines:
        if item.code and item.code in seen:
            table.mistake("code", f"le code « {item.code} » est déjà celui d’une autre ligne")
        seen.add(item.code)
        if item.to_deployment and item.coverage is not Coverage.EXCLUDED:
            table.mistake("to_deployment", "seule une ligne « excluded » part d’emblée au déploiement")


def _check_families(lines: Iterable[tuple[ConfigTable, ServiceItem]]) -> None:
    lines = list(lines)
    summaries = {item.family for _, item in lines if item.summary}
    for table, item in lines:
        if item.summary and item.code != item.family:
            table.mistake("family", f"une ligne de synthèse porte le code de sa famille, ici « {item.code} »")
        if item.family and item.family not in summaries:
            table.mistake("family", f"la famille « {item.family} » n’a pas de ligne de synthèse")


def _check_references(
    file: ConfigFile, lines: Iterable[tuple[ConfigTable, ServiceItem]], conditions: dict[str, Condition]
) -> None:
    lines = list(lines)
    codes = {item.code for _, item in lines}
    for table, item in lines:
        for condition in item.conditions:
            if condition not in conditions:
                table.mistake("conditions", f"la condition « {condition} » n’est pas décrite dans [conditions]")
    for name, condition_ in conditions.items():
        for code in condition_.instead:
            if code not in codes:
                file.mistake(("conditions", name, "instead"), f"aucune ligne n’a le code « {code} »")
