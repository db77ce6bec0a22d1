"""How many tickets a week a desk can do at best: a linear programme over who masters what."""

from collections.abc import Sequence

from sla.simulation.simulated_desk import SimulatedDesk

NOTHING = 1e-9


def capacity(desk: SimulatedDesk, week_s: float) -> float:
    """Tickets a week when everyone works `week_s` seconds on what they do best together, no ticket left undone."""
    pairs = [
        (column, row, line.share * _work(desk, line.code) * pace)
        for column, line in enumerate(desk.lines)
        for row, hand in enumerate(desk.hands)
        if (pace := hand.pace(line.code, line.skill)) is not None
    ]
    total = sum(line.share for line in desk.lines)
    # x: the part of all tickets of a line that a technician does, in tickets a week over the line's share; maximise t
    # such that each line's parts sum to t and nobody works more than a week.
    width = len(pairs) + 1
    rows = [
        *([*(-1.0 if at == column else 0.0 for at, _, _ in pairs), 1.0] for column in range(len(desk.lines))),
        *([*(each / total if at == row else 0.0 for _, at, each in pairs), 0.0] for row in range(len(desk.hands))),
    ]
    limits = [0.0] * len(desk.lines) + [week_s] * len(desk.hands)
    return maximum([0.0] * (width - 1) + [1.0], rows, limits)


def _work(desk: SimulatedDesk, code: str) -> float:
    return desk.first_response.mean + desk.needs_resolution * desk.by_line[code].resolution.mean


def maximum(gain: Sequence[float], rows: Sequence[Sequence[float]], limits: Sequence[float]) -> float:
    """The most of gain·x with rows·x ≤ limits, x ≥ 0, limits ≥ 0: the simplex method with Bland's rule, which never
    turns in circles. Raises ValueError where there is no most."""
    height, width = len(rows), len(gain)
    table = [[*row, *(1.0 if at == other else 0.0 for other in range(height)), limit]
             for at, (row, limit) in enumerate(zip(rows, limits, strict=True))]  # fmt: skip
    goal = [*(-each for each in gain), *([0.0] * (height + 1))]
    basis = list(range(width, width + height))
    while (enters := next((at for at, each in enumerate(goal[:-1]) if each < -NOTHING), None)) is not None:
        ratios = [(row[-1] / row[enters], basis[at], at) for at, row in enumerate(table) if row[enters] > NOTHING]
        if not ratios:
            raise ValueError("nothing bounds it")
        leaves = min(ratios)[2]
        pivot = table[leaves]
        pivot[:] = [each / pivot[enters] for each in pivot]
        for row in (*(row for at, row in enumerate(table) if at != leaves), goal):
            if abs(row[enters]) > NOTHING:
                factor = row[enters]
                row[:] = [each - factor * other for each, other in zip(row, pivot, strict=True)]
        basis[leaves] = enters
    return goal[-1]
