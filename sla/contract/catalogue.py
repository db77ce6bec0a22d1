"""The lines of the booklet as a whole: found by code, by family, or by the client's own words."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from sla.contract.service_item import Condition, Coverage, ServiceItem

_LONGEST_SEARCH = 200
_SHORTEST_STEM = 3
_STEM = 7
_SHORTEST_MISSPELT = 4
_EMPTY = """
a ai au aux avec ce ces cette comment d dans de des du en est et faire faut il j je l la le les leur leurs lors m ma mes
mon n ne nos notre nous on ou par pas plus pour qu que qui s sa se ses son sont sur un une vos votre vous y
cegid pmi logiciel the of to in on my our for and is it not
"""
_EMPTY_WORDS = frozenset(_EMPTY.split())


class UnknownItem(ValueError):
    """No line of the catalogue has this code."""

    def __init__(self, value: str) -> None:
        self.value = value
        super().__init__(f"no service item has the code {value[:80]!r}")


@dataclass(frozen=True)
class Family:
    """A line of the summary table with the detailed lines under it; `lines` begins with the summary line."""

    code: str
    summary: ServiceItem
    lines: tuple[ServiceItem, ...]


class Catalogue:
    """Iterates in the booklet's order: the summary table, then each section's list."""

    def __init__(self, items: Iterable[ServiceItem], conditions: Mapping[str, Condition] | None = None) -> None:
        self._items = {item.code: item for item in items}
        self._words = {code: _weighed_words(item) for code, item in self._items.items()}
        self.conditions: Mapping[str, Condition] = dict(conditions or {})

    def __iter__(self) -> Iterator[ServiceItem]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, code: object) -> bool:
        return code in self._items

    def get(self, code: str) -> ServiceItem:
        """The line with this code; raises UnknownItem."""
        if code not in self._items:
            raise UnknownItem(code)
        return self._items[code]

    def families(self) -> tuple[Family, ...]:
        """The summary table's lines in its order, each with what it groups."""
        summaries = (item for item in self if item.summary)
        return tuple(Family(item.code, item, (item, *self._details(item.code))) for item in summaries)

    def skills(self) -> frozenset[str]:
        """Every skill that some line needs."""
        return frozenset(item.skill for item in self)

    def instead(self, condition: str) -> tuple[ServiceItem, ...]:
        """What can be offered when the condition is not met (none for an unknown condition)."""
        known = self.conditions.get(condition)
        return tuple(self.get(code) for code in known.instead) if known else ()

    def offered_instead(self, condition: str) -> tuple[ServiceItem, ...]:
        """The same for the client: what support doesn't treat is no offer."""
        return tuple(item for item in self.instead(condition) if item.coverage is not Coverage.EXCLUDED)

    def search(self, text: str) -> tuple[ServiceItem, ...]:
        """The lines that share a word with the text, best first, without regard to accents, case or plural; a word that
        none has is taken for one with a slip in it.

        A word that few lines have says more than one that many have, and a whole word more than its beginning. Of two
        lines found alike the one that says less beside comes first.
        """
        scores: dict[str, float] = {}
        for word in sorted(_words(text[:_LONGEST_SEARCH])):
            found = self._found(word, _likeness) or self._found(word, _misspelt)
            for code, weight in found.items():
                scores[code] = scores.get(code, 0.0) + weight / len(found)
        in_order = (item for item in self if item.code in scores)
        return tuple(sorted(in_order, key=lambda item: (-round(scores[item.code], 6), len(_words(item.label)))))

    def _found(self, word: str, likeness: Callable[[str, Mapping[str, int]], int]) -> dict[str, int]:
        return {code: weight for code, words in self._words.items() if (weight := likeness(word, words))}

    def _details(self, family: str) -> Iterator[ServiceItem]:
        return (item for item in self if item.family == family and not item.summary)


def fold(text: str) -> str:
    """Lower case without accents, ligatures or punctuation: « Mise à jour » and « MISE A JOUR » are the same."""
    spelled = text.casefold().replace("œ", "oe").replace("æ", "ae")
    plain = "".join(char for char in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", " ", plain).strip()


def _words(text: str) -> frozenset[str]:
    return frozenset(_singular(word) for word in fold(text).split() if word not in _EMPTY_WORDS)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _SHORTEST_STEM and word[-1] in "sx" else word


def _weighed_words(item: ServiceItem) -> dict[str, int]:
    """The label's words weigh 3 and the synonyms' 2."""
    weighed = dict.fromkeys(_words(" ".join(item.synonyms)), 2)
    return weighed | dict.fromkeys(_words(f"{item.label} {item.label_en}"), 3)


def _likeness(word: str, words: Mapping[str, int]) -> int:
    """Twice the weight for the word itself; once for words that begin alike: « installer » and « installation »."""
    if word in words:
        return 2 * words[word]
    if len(word) < _SHORTEST_STEM:
        return 0
    return max((weight for known, weight in words.items() if known.startswith(word[:_STEM])), default=0)


def _misspelt(word: str, words: Mapping[str, int]) -> int:
    """The weight for a word that differs by one slip of the finger."""
    if len(word) < _SHORTEST_MISSPELT:
        return 0
    return max((weight for known, weight in words.items() if _one_slip(word, known)), default=0)


def _one_slip(typed: str, known: str) -> bool:
    """A letter too many, too few, another, or two in the wrong order; hardly ever the first."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(typed, known, strict=False)))
    rest, due = typed[same:], known[same:]
    swapped = rest[1:2] + rest[:1] + rest[2:] == due
    return same > 0 and (rest[1:] == due or rest == due[1:] or rest[1:] == due[1:] or swapped)
