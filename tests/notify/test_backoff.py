"""How long a message that could not leave waits: longer each time, and not all at once."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from sla.notify.backoff import DELAYS, SPREAD, TRIES, pause

KEYS = st.text(max_size=40)


@given(KEYS, st.integers(1, TRIES))
def test_each_pause_is_its_delay_stretched_by_a_quarter_at_most(key: str, tries: int) -> None:
    delay = DELAYS[min(tries, len(DELAYS)) - 1]
    assert delay <= pause(tries, key) <= delay * (1 + SPREAD)


@given(KEYS, st.integers(1, len(DELAYS) - 1))
def test_a_pause_is_longer_than_the_one_before(key: str, tries: int) -> None:
    assert pause(tries + 1, key) > pause(tries, key)


@given(KEYS, st.integers(1, TRIES))
def test_whoever_asks_gets_the_same(key: str, tries: int) -> None:
    assert pause(tries, key) == pause(tries, key)


def test_what_failed_together_does_not_come_back_together() -> None:
    """A thousand mails of one outage come back spread over a quarter of an hour after the third try."""
    back = sorted(pause(3, f"m:{number}") for number in range(1000))
    assert back[-1] - back[0] > timedelta(minutes=3)
    assert len(set(back)) > 200


def test_a_message_is_tried_for_five_days() -> None:
    least = sum((DELAYS[min(tries, len(DELAYS)) - 1] for tries in range(1, TRIES)), timedelta())
    assert timedelta(days=4, hours=12) < least < timedelta(days=5)
    assert least * (1 + SPREAD) < timedelta(days=6, hours=6)
