"""Bring a database to the present tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from sla.store.database import Database
from sla.store.engine_schema import migrate_engine

ONE_AT_A_TIME = 0x534C41  # any number, as long as it stays the same
FOLDER = Path(__file__).parent / "migrations"


def migrate(database: Database, revision: str = "head") -> None:
    """Run the migrations that this database has not seen, in one transaction; processes that start together take
    turns."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with database.engine.connect().execution_options(writes=True) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        migrate_engine(connection)
        connection.commit()
