"""What a file promises to keep."""

from pathlib import Path

import pytest
from sqlalchemy import text

from sla.store import database
from tests.worlds import AS_SHIPPED


def test_what_is_committed_is_on_the_disk_before_anybody_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is shipped; tests wait for no disk."""
    monkeypatch.setattr(database, "SYNCHRONOUS", AS_SHIPPED)
    file = database.Database(f"sqlite:///{tmp_path / 'sla.sqlite3'}")
    with file.reading() as session:
        told = [session.scalar(text(f"PRAGMA {name}")) for name in ("synchronous", "journal_mode", "foreign_keys")]
    file.close()
    assert told == [2, "wal", 1]  # 2 is FULL
