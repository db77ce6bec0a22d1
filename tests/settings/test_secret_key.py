"""The key that signs sessions, where no `SECRET_KEY` is given: made once, kept, readable by its owner alone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sla.settings import Environment
from sla.settings.secret_key import secret_key


def test_processes_that_start_at_once_sign_with_one_key(tmp_path: Path) -> None:
    """However many: a session that one begins is another's to go on with."""
    environment = Environment(sla_var=tmp_path / "var")
    with ThreadPoolExecutor(16) as starting:
        [key] = set(starting.map(lambda _: secret_key(environment), range(64)))
    kept = environment.sla_var / "secret_key"
    assert (kept.read_text(), kept.stat().st_mode & 0o777) == (key, 0o600)
    assert len(key) == 64


def test_a_key_that_was_never_written_is_made(tmp_path: Path) -> None:
    """Its process was killed between making the file and writing it."""
    (tmp_path / "secret_key").touch(0o600)
    environment = Environment(sla_var=tmp_path)
    assert secret_key(environment) == secret_key(environment) != ""


def test_the_environments_key_goes_first(tmp_path: Path) -> None:
    assert secret_key(Environment(sla_var=tmp_path, secret_key="of every machine")) == "of every machine"
    assert not list(tmp_path.iterdir())
