"""Each reason for a technician is one French sentence, with an icon that says whether it speaks for or against."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sla.settings import Environment, load
from sla.wording.reasons import SKILLS, reason

PARIS, NOW = ZoneInfo("Europe/Paris"), datetime(2026, 11, 24, 9, 20, tzinfo=UTC)
DUE = "2026-11-24T10:05:00+00:00"


@pytest.mark.parametrize(
    ("code", "facts", "mark", "said"),
    [
        ("masters", {"skill": "sql"}, "met", "Maîtrise SQL et les sauvegardes"),
        ("gets_to_it", {"at": "2026-11-24T13:00:00+00:00"}, "met", "Peut commencer aujourd’hui à 14 h 00"),
        ("keeps_due", {"margin_s": 8100, "due_at": DUE}, "met", "Tient l’échéance, avec 2 h 15 de marge"),
        ("breaks_due", {"margin_s": 300, "due_at": DUE}, "watch", "Dépasserait l’échéance de 5 min"),
        ("after_others", {"count": 1}, "arrow_right", "Passe après 1 ticket plus urgent"),
        ("pinned", {}, "met", "Épinglé par le répartiteur"),
        ("follow_up", {}, "met", "Suit déjà ce ticket"),
        (
            "earliest_due",
            {"due_at": DUE, "among": 4},
            "met",
            "L’échéance la plus proche parmi 4 tickets possibles : 11 h 05",
        ),
        ("first_come", {"among": 2}, "met", "Le plus ancien parmi 2 tickets possibles, aucune échéance ne court"),
        (
            "chosen_by",
            {"who": "Diane", "why": "Connaît leur base"},
            "arrow_right",
            "Choisi par Diane : Connaît leur base",
        ),
        ("chosen_by", {"who": "Diane", "why": ""}, "arrow_right", "Choisi par Diane"),
    ],
)
def test_a_reason_is_a_sentence(code: str, facts: dict[str, object], mark: str, said: str) -> None:
    told = reason(code, facts, PARIS, NOW)
    assert (told.mark, told.text.replace("\u00a0", " ")) == (mark, said)


def test_every_skill_of_the_desk_has_a_name(tmp_path: Path) -> None:
    assert load(Environment(sla_var=tmp_path)).catalogue.skills() <= set(SKILLS)
