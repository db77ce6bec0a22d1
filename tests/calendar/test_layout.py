"""Where the stretches of an explanation stand: counted ones to scale, skipped ones as wide as each other."""

from datetime import UTC, datetime

from sla.calendar import Part, Stretch, laid_out, now_on, place
from sla.calendar.layout import SKIP_WIDTH, SKIPS_AT_MOST


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def counted(start: datetime, end: datetime) -> Stretch:
    return Stretch(start, end, True, "open", "Ouvert", "Open")


DAY = [
    counted(at(8), at(11, 30)),
    Stretch(at(11, 30), at(12, 30), False, "lunch", "Déjeuner", "Lunch"),
    counted(at(12, 30), at(16)),
    Stretch(at(16), at(23), False, "night", "Nuit", "Night"),
    Stretch(at(23), at(8, day=25), False, "closure", "Réunion"),
    Stretch(at(8, day=25), at(9, day=25), False, "waiting_client", "Attente du client"),
    counted(at(9, day=25), at(10, day=25)),
]


def told(parts: list[Part]) -> list[tuple[str, int, str]]:
    return [(part.kind, part.seconds, part.label) for part in parts]


def test_a_bar_is_cut_at_now_and_joins_what_is_skipped_in_one_go() -> None:
    assert told(laid_out(DAY, at(10))) == [
        ("spent", 7_200, ""),
        ("left", 5_400, ""),
        ("skip", 3_600, "Déjeuner"),
        ("left", 12_600, ""),
        ("skip", 57_600, "Nuit, Réunion"),
        ("wait", 3_600, "Attente du client"),
        ("left", 3_600, ""),
    ]
    assert [part.kind for part in laid_out(DAY)][:2] == ["left", "skip"]
    assert [part.kind for part in laid_out(DAY, at(11, 30))][:3] == ["spent", "skip", "left"]


def test_an_exceptional_opening_keeps_its_name_and_reasons_are_told_in_english() -> None:
    saturday = [Stretch(at(9, day=28), at(12, day=28), True, "opening", "Bascule"), *DAY[1:2]]
    assert told(laid_out(saturday, lang="en")) == [("left", 10_800, "Bascule"), ("skip", 3_600, "Lunch")]


def test_counted_parts_are_to_scale_and_fill_what_skipped_ones_leave() -> None:
    parts = laid_out(DAY, at(10))
    assert len({round(part.width / part.seconds, 9) for part in parts if part.counts}) == 1
    assert {part.width for part in parts if not part.counts} == {SKIP_WIDTH}
    assert round(sum(part.width for part in parts), 6) == 100
    edges = [round(part.x + part.width, 6) for part in parts]
    assert [round(part.x, 6) for part in parts] == [0, *edges[:-1]]


def test_to_scale_every_second_has_the_same_width() -> None:
    parts = laid_out(DAY, to_scale=True)
    assert {round(part.width / part.seconds * 93_600, 6) for part in parts} == {100}


def test_skipped_parts_never_take_more_than_their_share() -> None:
    """Twenty-eight nights leave room for twenty-eight days; nights alone take it all."""
    month = [
        stretch
        for day in range(1, 29)
        for stretch in (
            counted(at(8, day=day), at(16, day=day)),
            Stretch(at(16, day=day), at(23, day=day), False, "night", "Nuit"),
        )
    ]
    skipped = [part for part in laid_out(month) if not part.counts]
    assert round(sum(part.width for part in skipped), 6) == SKIPS_AT_MOST
    assert [part.width for part in laid_out(DAY[3:5])] == [100]


def test_an_instant_stands_inside_its_part_and_outside_at_the_ends() -> None:
    parts = laid_out(DAY, at(7))
    assert (place(parts, at(7)), place(parts, at(12, day=25)), place([], at(7))) == (0, 100, 0)
    assert place(parts, at(9, 45)) == parts[0].width / 2 == now_on(parts, at(9, 45))
    assert [now_on(parts, when) for when in (None, at(7), at(10, day=25))] == [None, None, None]
    assert laid_out([], at(7)) == []
