"""The tables of Procrastinate, the cluster's engine: in a schema of their own, as the installed version wants them."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

SCHEMA = "procrastinate"
ENGINE = "procrastinate"


def migrate_engine(connection: Connection) -> None:
    """Make them, or run those of its migrations that this database has not seen; nothing on SQLite, or without it."""
    found = find_spec(ENGINE)
    if connection.dialect.name != "postgresql" or found is None or found.origin is None:
        return
    scripts = Path(found.origin).parent / "sql"
    migrations = sorted(script.name for script in (scripts / "migrations").glob("*.sql"))
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    connection.execute(text(f"CREATE TABLE IF NOT EXISTS {SCHEMA}.sla_applied (name text PRIMARY KEY)"))
    known = set(connection.scalars(text(f"SELECT name FROM {SCHEMA}.sla_applied")))  # noqa: S608 - our own names
    missing = [name for name in migrations if name not in known]
    _run(connection, [scripts / "migrations" / name for name in missing] if known else [scripts / "schema.sql"])
    applied = text(f"INSERT INTO {SCHEMA}.sla_applied VALUES (:name)")  # noqa: S608 - as above
    for name in missing:
        connection.execute(applied, {"name": name})


def _run(connection: Connection, scripts: list[Path]) -> None:
    """By the driver itself: each holds several statements, and signs that SQLAlchemy would take for parameters."""
    driver: Any = connection.connection.driver_connection
    driver.execute(f"SET LOCAL search_path = {SCHEMA}")
    for script in scripts:
        driver.execute(script.read_text("utf-8"))
    driver.execute("SET LOCAL search_path TO DEFAULT")
