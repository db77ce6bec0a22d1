"""The checklist's answers as history tells them."""

from collections.abc import Mapping
from typing import Any

from sla import wording
from sla.desk.readiness import BY_CODE


def answers_said(data: Mapping[str, Any], lang: str = "fr") -> str:
    """« Poste pour la prise en main, prêt (poste 2) ; Serveur accessible, sans objet », of what one fact changed."""
    said = []
    for code, told in (data.get("answers") or {}).items():
        note = f" ({told['note']})" if told.get("note") else ""
        said.append(f"{BY_CODE[code].name.said(lang)}, {wording.label('readiness', told['readiness'], lang)}{note}")
    return ("; " if lang == "en" else "\u202f; ").join(said)
