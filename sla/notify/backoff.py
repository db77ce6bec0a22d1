"""How long a message that could not leave waits for its next try."""

import hashlib
from datetime import timedelta

DELAYS = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 240))
"""Between one try and the next; the last one holds from then on."""
SPREAD = 0.25
"""Each is stretched by up to this share, so that what failed together doesn't come back together."""
TRIES = 34
"""Then it is parked as failed, after about five days (RFC 5321, 4.5.4.1)."""


def pause(tries: int, key: str) -> timedelta:
    """From the try number `tries` (from 1) to the next; of the same key always the same, whoever asks."""
    delay = DELAYS[min(max(tries, 1), len(DELAYS)) - 1]
    drawn = int.from_bytes(hashlib.sha256(f"{key}:{tries}".encode()).digest()[:4]) / 2**32
    return delay + timedelta(seconds=int(delay.total_seconds() * SPREAD * drawn))
