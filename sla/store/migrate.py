"""Bring a database to the present tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from sla.store.database import Database

FOLDER = Path(__file__).parent / "migrations"


def migrate(database: Database, revision: str = "head") -> None:
    """Run the migrations that this database has not seen, in one transaction each."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with database.engine.connect().execution_options(writes=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()
