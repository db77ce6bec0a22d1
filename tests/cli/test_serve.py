"""What is said before a server starts."""

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from sla.cli import main


@pytest.mark.parametrize("command", ["run", "web", "demo"])
def test_a_port_that_is_taken_is_said_first_and_nothing_is_made(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        monkeypatch.setenv("SLA_VAR", str(tmp_path / "var"))
        said = CliRunner().invoke(main, [command])
    assert said.exit_code == 1
    assert f"Impossible d’écouter sur 127.0.0.1:{port}" in said.output
    assert f"PORT={port + 1}" in said.output
    assert not (tmp_path / "var").exists()
