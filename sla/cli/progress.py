"""How far a long command is, as a bar on the terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

PER_CENT = 100


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Gives what the work calls with how much is done, of how much in all."""
    with click.progressbar(length=PER_CENT, label=label) as bar:

        def advance(done: int, total: int) -> None:
            bar.update(max(0, PER_CENT * done // max(total, 1) - bar.pos))

        yield advance
