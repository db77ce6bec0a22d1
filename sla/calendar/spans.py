"""Half-open spans `(start, end)` in whole seconds, in sorted lists whose neighbours neither overlap nor touch."""

from collections.abc import Iterable, Sequence

Span = tuple[int, int]


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same set of instants, sorted, overlapping and touching spans made one, empty ones left out."""
    union: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], end))
        else:
            union.append((start, end))
    return union


def minus(spans: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """What of `spans` lies outside `taken`; both merged."""
    if not taken:
        return list(spans)
    left: list[Span] = []
    first = 0
    for start, end in spans:
        while first < len(taken) and taken[first][1] <= start:
            first += 1
        position = first
        while position < len(taken) and taken[position][0] < end:
            if start < taken[position][0]:
                left.append((start, taken[position][0]))
            start = max(start, taken[position][1])
            position += 1
        if start < end:
            left.append((start, end))
    return left


def common(ones: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """What lies in both; both merged."""
    found: list[Span] = []
    one = other = 0
    while one < len(ones) and other < len(others):
        low, high = max(ones[one][0], others[other][0]), min(ones[one][1], others[other][1])
        if low < high:
            found.append((low, high))
        if ones[one][1] < others[other][1]:
            one += 1
        else:
            other += 1
    return found


def clipped(spans: Iterable[Span], low: int, high: int) -> list[Span]:
    """What of `spans` lies in `[low, high)`."""
    return [(max(start, low), min(end, high)) for start, end in spans if start < high and end > low]
