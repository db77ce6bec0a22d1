"""Drawings tell the same facts as the tables beside them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sla.web import balance_curve, drawing


@dataclass(frozen=True)
class Told:
    start: datetime
    end: datetime
    counted: bool
    reason: str = "open"
    label: str = "Ouvert"


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


DAY = [
    Told(at(8), at(11, 30), True),
    Told(at(11, 30), at(12, 30), False, "lunch", "Déjeuner"),
    Told(at(12, 30), at(16), True),
    Told(at(16), at(23), False, "night", "Nuit"),
    Told(at(23), at(8, day=25), False, "closure", "Réunion"),
    Told(at(8, day=25), at(9, day=25), False, "waiting_client", "Attente du client"),
    Told(at(9, day=25), at(10, day=25), True),
]


def test_a_timeline_is_cut_at_now_and_joins_what_is_skipped_in_one_go() -> None:
    pieces = drawing.timeline(DAY, at(10))
    assert [(p.kind, p.seconds, p.reason) for p in pieces] == [
        ("spent", 7_200, ""),
        ("left", 5_400, ""),
        ("skip", 3_600, "Déjeuner"),
        ("left", 12_600, ""),
        ("skip", 57_600, "Nuit, Réunion"),
        ("wait", 3_600, "Attente du client"),
        ("left", 3_600, ""),
    ]


def test_counted_pieces_are_to_scale_and_fill_what_skipped_ones_leave() -> None:
    pieces = drawing.timeline(DAY, at(10))
    per_second = {round(p.width / p.seconds, 9) for p in pieces if p.counts}
    assert len(per_second) == 1
    assert {p.width for p in pieces if not p.counts} == {drawing.SKIP_WIDTH}
    assert round(sum(p.width for p in pieces), 6) == 100


def test_skipped_pieces_never_take_more_than_their_share() -> None:
    """Thirty nights leave room for thirty days."""
    month = [
        told
        for d in range(1, 29)
        for told in (
            Told(at(8, day=d), at(16, day=d), True),
            Told(at(16, day=d), at(23, day=d), False, "night", "Nuit"),
        )
    ]
    pieces = drawing.timeline(month, at(8, day=1))
    assert round(sum(p.width for p in pieces if not p.counts), 6) == drawing.SKIPS_AT_MOST


def test_an_instant_stands_inside_its_piece_and_outside_at_the_ends() -> None:
    pieces = drawing.timeline(DAY, at(7))
    assert drawing.place(pieces, at(7)) == 0
    assert drawing.place(pieces, at(12, day=25)) == 100
    assert drawing.place(pieces, at(9, 45)) == pieces[0].width / 2
    assert drawing.now_on(pieces, at(7)) is None
    assert drawing.timeline([], at(7)) == []


def test_a_share_stays_within_its_bar() -> None:
    assert [drawing.share(7, 14), drawing.share(9, 7), drawing.share(-1, 7), drawing.share(3, 0)] == [
        "50.0%",
        "100.0%",
        "0.0%",
        "0.0%",
    ]


def test_a_burn_down_steps_from_what_was_bought_to_what_is_left() -> None:
    drawn = balance_curve.curve(
        [(date(2026, 9, 15), 60)], 120, date(2026, 9, 1), date(2027, 8, 31), date(2026, 11, 24), forecast=None
    )
    assert drawn.real == "M30.0 8.0H41.0V58.0H96.0"
    assert (drawn.estimate, drawn.cone, drawn.exhausted) == ("", "", None)
    assert drawn.levels == [(108.0, 0), (74.7, 10), (41.3, 20), (8.0, 30)]
