"""What the database's own errors mean: somebody else was in the way, or the machine is at fault, or the statement."""

from sqlalchemy.exc import DBAPIError

COLLISIONS = {"40001", "40P01"}  # a serialization failure, a deadlock
SAME_KEY = "23505"
HELD = {"55P03", "SQLITE_BUSY"}
MACHINE = ("08", "25006", "53", "57", "58", "XX")
"""Classes of PostgreSQL: connection, resources, operator, system, internal; and a server that can only be read."""
MACHINE_OF_SQLITE = (
    "SQLITE_BUSY",
    "SQLITE_CANTOPEN",
    "SQLITE_CORRUPT",
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_NOMEM",
    "SQLITE_NOTADB",
    "SQLITE_READONLY",
)


def collided(error: DBAPIError) -> bool:
    """Two stood in each other's way, and the database took one back."""
    return _code(error) in COLLISIONS


def same_key(error: DBAPIError) -> bool:
    """Another wrote this key first: on a second look, it is there."""
    return _code(error) == SAME_KEY


def held(error: DBAPIError) -> bool:
    """A lock was not to be had in time."""
    return _code(error) in HELD


def of_the_machine(error: DBAPIError) -> bool:
    """Whether the database itself can't work now: a full disk, a lost connection, a server that stops."""
    code = _code(error)
    return error.connection_invalidated or not code or code.startswith((*MACHINE, *MACHINE_OF_SQLITE))


def _code(error: DBAPIError) -> str:
    """A SQLSTATE, or SQLite's own name; empty where the driver has none, as for a connection that was lost."""
    code = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", None)
    return str(code or "")
