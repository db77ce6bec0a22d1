"""Working time of many instants in one call: lists of aware datetimes, or NumPy arrays of whole seconds since 1970.

NumPy is an extra (`sla[fast]`): without it the lists answer all the same, and the arrays can't exist. Both give to the
second what `add` and `between` give one by one.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, overload

from .errors import NaiveInstant, WrongAmount
from .search import WorkingTime
from .table import Columns

try:
    import numpy as np
except ImportError:  # the extra isn't installed
    np = None  # type: ignore[assignment]  # a module elsewhere, asked for before it is used

Array = Any
"""A NumPy array of whole numbers, at best int64."""


class ManyTimes(WorkingTime):
    """`add_many` and `between_many`."""

    __slots__ = ("_arrays",)

    @overload
    def add_many(self, instants: Sequence[datetime], amounts: Iterable[timedelta] | timedelta) -> list[datetime]: ...
    @overload
    def add_many(self, instants: Array, amounts: Array | int) -> Array: ...
    def add_many(self, instants: Any, amounts: Any) -> Any:
        """`add` for each: datetimes and timedeltas, or arrays of seconds since 1970 and of seconds. One amount for
        all will do.

        Raises what `add` raises, and `ValueError` for lists of different lengths.
        """
        if _is_array(instants):
            return self._add_array(_whole(instants, NaiveInstant), _whole(np.asarray(amounts), WrongAmount))
        if isinstance(amounts, timedelta):
            return [self.add(at, amounts) for at in instants]
        return [self.add(at, amount) for at, amount in zip(instants, amounts, strict=True)]

    @overload
    def between_many(self, starts: Sequence[datetime], ends: Sequence[datetime] | datetime) -> list[timedelta]: ...
    @overload
    def between_many(self, starts: Array, ends: Array | int) -> Array: ...
    def between_many(self, starts: Any, ends: Any) -> Any:
        """`between` for each pair: datetimes, or arrays of seconds since 1970. One end for all will do."""
        if _is_array(starts):
            return self._between_array(_whole(starts, NaiveInstant), _whole(np.asarray(ends), NaiveInstant))
        if isinstance(ends, datetime):
            return [self.between(start, ends) for start in starts]
        return [self.between(start, end) for start, end in zip(starts, ends, strict=True)]

    def _between_array(self, starts: Array, ends: Array) -> Array:
        arrays = self._covering(starts, ends)
        return _behind(arrays, ends) - _behind(arrays, starts)

    def _add_array(self, at: Array, amounts: Array) -> Array:
        arrays = self._covering(at)
        if amounts.size and amounts.min() > 0:
            return self._add_many_ahead(arrays, at, amounts)
        at, amounts = np.broadcast_arrays(at, amounts)
        found = np.empty(at.shape, np.int64)
        for chosen, answer in (
            (amounts > 0, self._add_many_ahead),
            (amounts < 0, self._add_many_behind),
            (amounts == 0, self._add_many_nothing),
        ):
            if chosen.any():
                found[chosen] = answer(self._covering(at), at[chosen], amounts[chosen])
        return found

    def _add_many_ahead(self, arrays: "Arrays", at: Array, amounts: Array) -> Array:
        target = _behind(arrays, at) + amounts
        while target.size and target.max() > arrays.worked[-1]:
            arrays = self._kept(self._table.later(arrays.columns))
        return target + arrays.shift[np.searchsorted(arrays.worked, target) - 1]

    def _add_many_behind(self, arrays: "Arrays", at: Array, amounts: Array) -> Array:
        target = _behind(arrays, at) + amounts
        while target.size and target.min() < arrays.worked[0]:
            arrays = self._kept(self._table.earlier(arrays.columns))
        return target + arrays.shift[np.searchsorted(arrays.worked, target, "right") - 1]

    def _add_many_nothing(self, arrays: "Arrays", at: Array, amounts: Array) -> Array:
        while at.size and at.max() >= arrays.ends[-1]:
            arrays = self._kept(self._table.later(arrays.columns))
        span = np.searchsorted(arrays.starts, at, "right") - 1
        following = arrays.starts[np.minimum(span + 1, len(arrays.starts) - 1)]
        return np.where(at < arrays.ends[span], at, following)

    def _covering(self, *instants: Array) -> "Arrays":
        columns = self._table.columns
        for array in instants:
            if array.size:
                low, high = int(array.min()), int(array.max())
                if not columns[0] <= low or not high < columns[1]:
                    self._table.covering(low)
                    columns = self._table.covering(high)
        return self._kept(columns)

    def _kept(self, columns: Columns) -> "Arrays":
        """The columns as arrays, made once for each state of the table."""
        arrays: Arrays | None = getattr(self, "_arrays", None)
        if arrays is None or arrays.columns is not columns:
            arrays = self._arrays = Arrays(columns)
        return arrays


class Arrays:
    """The table's columns as int64 arrays."""

    __slots__ = ("columns", "ends", "shift", "starts", "worked")

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.starts, self.ends, self.shift, self.worked = (np.array(column, np.int64) for column in columns[2:])


def _behind(arrays: Arrays, at: Array) -> Array:
    """The working seconds behind each instant."""
    span = np.searchsorted(arrays.starts, at, "right") - 1
    return np.minimum(at, arrays.ends[span]) - arrays.shift[span]


def _is_array(given: object) -> bool:
    return np is not None and isinstance(given, np.ndarray)


def _whole(array: Array, refused: type[NaiveInstant] | type[WrongAmount]) -> Array:
    """The array as int64. Floats are refused, and NumPy's own datetimes, which know no zone."""
    if array.dtype.kind not in "iu":
        raise refused(f"{array.dtype} {array!r}")
    return array.astype(np.int64, copy=False)
