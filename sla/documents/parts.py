"""What documents are made of, as the layout reads it."""

from collections.abc import Iterable, Sequence
from typing import Any

Pairs = Iterable[tuple[str, str]]


def document(
    lang: str, title: str, subtitle: str, running: str, footer: str, facts: Pairs, sections: Iterable[dict[str, Any]]
) -> dict[str, Any]:
    """`running`: what the head of every page says, `footer`: its foot. Sections without a part are left out."""
    sender = "Support Cegid PMI" if lang == "fr" else "Cegid PMI support"
    return {
        "lang": lang,
        "region": "fr" if lang == "fr" else "gb",
        "title": title,
        "author": sender,
        "sender": sender,
        "subtitle": subtitle,
        "running": running,
        "footer": footer,
        "facts": [list(pair) for pair in facts if pair[1]],
        "sections": [each for each in sections if each["parts"]],
    }


def section(title: str, *parts: dict[str, Any] | None, level: int = 2) -> dict[str, Any]:
    return {"title": title, "level": level, "parts": [part for part in parts if part is not None]}


def text(body: str) -> dict[str, Any] | None:
    return {"kind": "text", "text": body} if body else None


def facts(pairs: Pairs) -> dict[str, Any] | None:
    kept = [list(pair) for pair in pairs if pair[1]]
    return {"kind": "facts", "pairs": kept} if kept else None


def remark(body: str, *, loud: bool = False) -> dict[str, Any] | None:
    return {"kind": "remark", "text": body, "loud": loud} if body else None


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int], rest: int, total: Sequence[str] = ()
) -> dict[str, Any] | None:
    """`right`: columns of figures; `rest`: the column that takes the room that is left."""
    cells = [list(row) for row in rows]
    widths = ["rest" if column == rest else "auto" for column in range(len(head))]
    found = {"head": list(head), "rows": cells, "right": list(right), "widths": widths, "total": list(total)}
    return {"kind": "table", **found} if cells else None
