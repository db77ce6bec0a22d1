"""What a person types into a search field, as the words and the ticket number that each may be."""

from collections.abc import Iterable
from dataclasses import dataclass

from sla.desk.typed import searchable

LONGEST = 200
MOST_WORDS = 12
MOST_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Word:
    """`number`: the ticket's, if the word can be one (« nº 1479 », « #1479 », « 1479 »)."""

    text: str
    number: int | None


def words(text: str) -> Iterable[Word]:
    """Accents and case aside; what is longer than a person types is cut."""
    for found in searchable(text[:LONGEST]).split()[:MOST_WORDS]:
        bare = found.lstrip("#no°º.")
        digits = bare.isascii() and bare.isdigit() and len(bare) < MOST_DIGITS
        yield Word(found, int(bare) if digits else None)
