"""Alembic's entry: the connection is handed in by `sla.store.migrate`."""

from alembic import context

from sla.store.tables import Row

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Row.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
