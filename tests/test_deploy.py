"""What deploy/ names exists: commands, variables, files."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from sla.cli import COMMANDS
from sla.settings import Environment

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
VARIABLES = {name.upper() for name in Environment.model_fields}


@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("*.service")), ids=lambda path: path.name)
def test_a_unit_starts_a_command_that_there_is_with_options_that_it_takes(unit: Path) -> None:
    [line] = re.findall(r"^ExecStart=/opt/sla/\.venv/bin/sla (.*)$", unit.read_text("utf-8"), re.M)
    command, *options = line.split()
    assert command in COMMANDS
    assert unit.stem == f"sla-{command}"
    assert options in ([], ["--workers", "2"])


def test_the_environment_holds_variables_that_are_read() -> None:
    named = re.findall(r"^([A-Z_]+)=", (DEPLOY / "sla.env").read_text("utf-8"), re.M)
    assert named
    assert not set(named) - VARIABLES


def test_the_containers_run_commands_that_there_are() -> None:
    services: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    ours = {name: service for name, service in services.items() if name != "db"}
    assert [service["command"] for service in ours.values()] == [["sla", name] for name in ours]
    assert set(ours) <= set(COMMANDS)
    for service in ours.values():
        assert not set(service["environment"]) - VARIABLES
        assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).exists()


def test_the_image_copies_what_there_is() -> None:
    copied = re.findall(r"^COPY (.+) \S+$", (DEPLOY / "Dockerfile").read_text("utf-8"), re.M)
    assert copied
    assert all((ROOT / name).exists() for line in copied for name in line.split())
