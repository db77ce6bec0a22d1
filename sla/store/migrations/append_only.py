"""Triggers that refuse UPDATE, DELETE and REPLACE: what happened can't be edited, not even by hand."""

from collections.abc import Iterator

from sqlalchemy import Connection, inspect


def guard(connection: Connection, table: str) -> None:
    """Make a table append-only, on SQLite and on PostgreSQL."""
    statements = _sqlite(table) if connection.dialect.name == "sqlite" else _postgresql(table)
    for statement in statements:
        connection.exec_driver_sql(statement)
    guard_from_replace(connection, table)


def guard_from_replace(connection: Connection, table: str) -> None:
    """SQLite's REPLACE takes a row's place without firing what guards its deletion; on PostgreSQL, a conflict is an
    UPDATE, which is guarded."""
    if connection.dialect.name != "sqlite":
        return
    same = " OR ".join(f"({' AND '.join(f'{name} = NEW.{name}' for name in key)})" for key in _keys(connection, table))
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - names of our own tables and columns
    connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_replace")
    connection.exec_driver_sql(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _keys(connection: Connection, table: str) -> Iterator[list[str]]:
    """The columns, together, of which no two rows have the same."""
    found = inspect(connection)
    yield found.get_pk_constraint(table)["constrained_columns"]
    for unique in found.get_unique_constraints(table):
        yield unique["column_names"]
    for index in found.get_indexes(table):
        if index["unique"]:
            yield [name for name in index["column_names"] if name]


def _sqlite(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for action in ("UPDATE", "DELETE")
    ]


def _postgresql(table: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation'; END $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()",
        f"CREATE TRIGGER {table}_kept_whole BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_append_only()",
    ]
