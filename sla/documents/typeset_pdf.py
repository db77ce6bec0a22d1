"""Typst, held to what does not change: its own fonts, the document's own date, no file but its layout."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, cast

import typst

LAYOUTS = Path(__file__).parent / "layouts"
LAYOUT = LAYOUTS / "document.typ"


def pdf(document: Mapping[str, Any], at: datetime) -> bytes:
    """PDF/UA-1 (ISO 14289-1: tagged, titled, its language said). `at`: the instant that the document bears.

    A sign that no font of ours has (an emoji) shows as a box, and PDF/UA forbids boxes: such a document is tagged all
    the same, without the claim.
    """
    second = int(at.timestamp())
    try:
        return cast(bytes, _compile(document, "pdf", timestamp=second, pdf_standards=["ua-1"]))
    except typst.TypstError:
        return cast(bytes, _compile(document, "pdf", timestamp=second))


def picture(document: Mapping[str, Any], page: int = 0, ppi: float = 110) -> bytes:
    """One page as PNG, for eyes."""
    made = _compile(document, "png", ppi=ppi)
    return made[page] if isinstance(made, list) else cast(bytes, made)


def _compile(document: Mapping[str, Any], kind: Literal["pdf", "png"], **how: Any) -> object:
    """Facts reach the layout as data, never as markup: nothing that a person typed is interpreted."""
    inputs = {"document": json.dumps(document, ensure_ascii=False, sort_keys=True)}
    compiler = typst.Compiler(LAYOUT, root=LAYOUTS, ignore_system_fonts=True, sys_inputs=inputs)
    return compiler.compile(format=kind, **how)
