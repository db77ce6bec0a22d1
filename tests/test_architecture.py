"""The rules of the house, as far as a machine can hold them; ruff and import-linter hold the rest."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sla.desk.permits import ALLOWED

ROOT = Path(__file__).resolve().parent.parent
SLA = ROOT / "sla"
LONGEST_MODULE = 220  # lines
MODULES = sorted(path for path in SLA.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(SLA.rglob("templates/**/*.*"))
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
NAMES_THAT_KNOW_NOTHING = {"util", "utils", "helper", "helpers", "common", "base", "manager", "managers", "misc"}
# pendulum counts these wrongly when a side is a standard or a frozen datetime: 1 d 2 h 30 becomes 15 h.
WRONG_ON_MIXED_DATETIMES = {"in_words", "diff_for_humans", "in_days", "in_hours", "in_minutes"}


def named(paths: list[Path]) -> list[object]:
    return [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in paths]


def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"), filename=str(module))


def imports(module: Path) -> Iterator[str]:
    """Full names of what a module imports, `from a import b` as both `a` and `a.b`."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def verbs() -> dict[str, Path]:
    """The modules of the desk that are named after something a person or a timer may be allowed to do."""
    return {module.stem: module for module in sorted((SLA / "desk").glob("*.py")) if module.stem in ALLOWED}


def test_each_floor_of_the_house_knows_only_the_floors_below() -> None:
    """The contracts of pyproject.toml; a module that is on no floor breaks the first."""
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]


@pytest.mark.parametrize("module", named([m for m in MODULES if m.is_relative_to(SLA / "web") or m.stem == "cli"]))
def test_pages_and_commands_never_touch_tables(module: Path) -> None:
    touched = [name for name in imports(module) if re.match(r"sqlalchemy\b|sla\.store\.tables\b", name)]
    assert not touched


def test_a_verb_does_not_import_another_verb() -> None:
    every = {f"sla.desk.{name}": set(imports(module)) for name, module in verbs().items()}
    borrowed = {verb: found for verb, imported in every.items() if (found := imported & (set(every) - {verb}))}
    assert not borrowed


def test_each_verb_has_its_test() -> None:
    tested = {path.stem.removeprefix("test_") for path in (ROOT / "tests" / "desk").glob("test_*.py")}
    assert not set(verbs()) - tested


def test_a_verb_acts_within_a_transaction_that_it_is_given() -> None:
    """So timers and imports can batch verbs, and the instant comes with the transaction."""
    for name, module in verbs().items():
        functions = {node.name: node for node in tree(module).body if isinstance(node, ast.FunctionDef)}
        assert name in functions, f"{module.name} has no {name}()"
        verb = functions[name]
        given = verb.args.args[0].annotation if verb.args.args else None
        assert isinstance(given, ast.Name), module.name
        assert given.id == "Tx", module.name


@pytest.mark.parametrize("module", named([m for m in MODULES if not m.is_relative_to(SLA / "store")]))
def test_only_the_store_commits(module: Path) -> None:
    methods = [n.func for n in ast.walk(tree(module)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
    assert not {method.attr for method in methods} & {"commit", "rollback"}


@pytest.mark.parametrize("folder", ["sla", "tests", "bench", "scripts"])
def test_names_say_what_a_module_knows(folder: str) -> None:
    empty = [p for p in (ROOT / folder).rglob("*") if set(p.stem.lower().split("_")) & NAMES_THAT_KNOW_NOTHING]
    assert not [path.relative_to(ROOT).as_posix() for path in empty if path.suffix == ".py" or path.is_dir()]


def test_a_module_is_read_in_one_sitting() -> None:
    lengths = {m.relative_to(ROOT).as_posix(): len(m.read_text("utf-8").splitlines()) for m in MODULES}
    assert not {name: length for name, length in lengths.items() if length > LONGEST_MODULE}


def test_no_package_of_the_house_is_without_its_init() -> None:
    """import-linter doesn't see a folder without one, so no contract would hold there."""
    folders = {module.parent for module in MODULES}
    assert not [folder.relative_to(ROOT).as_posix() for folder in folders if not (folder / "__init__.py").exists()]


@pytest.mark.parametrize("module", named(MODULES))
def test_durations_are_never_said_by_pendulum(module: Path) -> None:
    called = {node.attr for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute)}
    assert not called & WRONG_ON_MIXED_DATETIMES


@pytest.mark.parametrize("module", named(MODULES))
def test_a_module_imports_at_its_top(module: Path) -> None:
    """Inside a function an import runs under a frozen clock, where defining a pydantic class fails."""
    functions = (n for n in ast.walk(tree(module)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    inner = [n.lineno for f in functions for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)]
    assert not inner


@pytest.mark.parametrize("page", named(PAGES))
def test_a_page_keeps_to_the_content_security_policy(page: Path) -> None:
    """`default-src 'self'`: no inline style, script or handler, and nothing from a foreign host."""
    text = page.read_text("utf-8")
    assert not re.findall(r"\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*[\"']|javascript:", text, re.I)
    assert not re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", text, re.I)
    assert not re.findall(r"\b(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", text, re.I)


@pytest.mark.parametrize("sheet", named(sorted(SLA.rglob("static/**/*.css"))))
def test_a_stylesheet_loads_nothing_from_a_foreign_host(sheet: Path) -> None:
    assert not re.findall(r"@import|url\(\s*[\"']?(?:https?:)?//", sheet.read_text("utf-8"), re.I)


@pytest.mark.parametrize("page", named(PAGES))
def test_a_form_that_writes_carries_its_token(page: Path) -> None:
    forms = re.findall(r"<form\b[^>]*\bmethod=[\"']post[\"'].*?</form>", page.read_text("utf-8"), re.I | re.S)
    assert not [form.splitlines()[0] for form in forms if not re.search(r"csrf|hidden_tag", form)]


@pytest.mark.parametrize("lock", named(sorted((ROOT / "requirements").glob("*.lock"))))
def test_a_lock_pins_by_hash_and_names_no_registry(lock: Path) -> None:
    text = lock.read_text("utf-8")
    pins = re.findall(r"^\S+==\S+", text, re.M)
    assert pins
    assert "://" not in text
    assert "index-url" not in text
    assert len(re.findall(r"^\S+==.*\\\n    --hash=sha256:", text, re.M)) == len(pins)
