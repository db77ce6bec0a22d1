"""What every table shares."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import DeclarativeBase

from sla.store.columns import Instant


class Row(DeclarativeBase):
    type_annotation_map = {datetime: Instant, dict[str, Any]: JSON}  # noqa: RUF012 - SQLAlchemy's own declaration


def one_of(column: str, *values: str) -> str:
    """The condition of a CHECK: the column holds one of these codes."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
