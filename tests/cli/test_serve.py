"""What is said before a server starts."""

import gc
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from sla.cli import main, serve
from sla.store import database
from tests.worlds import World


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


def test_what_a_server_has_loaded_is_kept_out_of_the_collections_of_garbage() -> None:
    """They stopped a request for a tenth of a second, one in twenty."""
    server = serve.Server(lambda: lambda environ, start: [], "127.0.0.1:0", 1)
    try:
        server.load()
        assert gc.get_freeze_count() > 100_000
    finally:
        gc.unfreeze()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://desk@db/sla", "DATABASE_URL : une adresse postgresql://… ou sqlite:///… est attendue"),
        ("postgresql://desk@db/sla", "sla[cluster]"),
    ],
)
def test_a_database_that_can_not_be_used_is_said_with_what_to_do(
    url: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("SLA_VAR", str(tmp_path))
    monkeypatch.setattr(database, "find_spec", lambda name: None)  # the extra is not installed
    told = CliRunner().invoke(main, ["jobs"])
    assert told.exit_code == 1
    assert said in told.output


def test_jobs_on_postgresql_ask_for_the_engine(pg_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = pg_world.desk.settings.environment
    monkeypatch.setenv("DATABASE_URL", environment.database_url)
    monkeypatch.setenv("SLA_VAR", str(environment.sla_var))
    monkeypatch.setattr(serve, "find_spec", lambda name: None)
    told = CliRunner().invoke(main, ["jobs"])
    assert told.exit_code == 1
    assert "sla[cluster]" in told.output
