"""Each reason for a technician is one French sentence, with an icon that says whether it speaks for or against."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sla.settings import Environment, load
from sla.wording.reasons import SKILLS, reason
from sla.wording.reasons_in_english import SKILLS as ENGLISH_SKILLS

PARIS, NOW = ZoneInfo("Europe/Paris"), datetime(2026, 11, 24, 9, 20, tzinfo=UTC)
DUE = "2026-11-24T10:05:00+00:00"


@pytest.mark.parametrize(
    ("code", "facts", "mark", "said"),
    [
        ("masters", {"skill": "sql"}, "met", "Maîtrise SQL et les sauvegardes"),
        ("gets_to_it", {"at": "2026-11-24T13:00:00+00:00"}, "met", "Peut commencer aujourd’hui à 14 h 00"),
        ("keeps_due", {"margin_s": 8100, "due_at": DUE}, "met", "Tient l’échéance, avec 2 h 15 de marge"),
        ("breaks_due", {"margin_s": 300, "due_at": DUE}, "watch", "Dépasserait l’échéance de 5 min"),
        ("after_others", {"count": 1}, "arrow_right", "Passe après 1 autre ticket"),
        ("after_appointment", {"at": DUE}, "arrow_right", "Attend la fin du rendez-vous, aujourd’hui à 11 h 05"),
        ("pinned", {}, "met", "Épinglé par le répartiteur"),
        ("follow_up", {}, "met", "Suit déjà ce ticket"),
        (
            "earliest_due",
            {"due_at": DUE, "among": 4},
            "met",
            "L’échéance la plus proche parmi 4 tickets possibles : 11 h 05",
        ),
        (
            "weighed",
            {"due_at": DUE, "among": 4, "work_s": 900, "slack_s": 3900, "weight": 4.0, "pace": 1.0, "index": 0.2},
            "met",
            "Le plus pressant parmi 4 tickets possibles : 15 min de travail, 1 h 05 de marge, poids 4",
        ),
        (
            "weighed",
            {"due_at": DUE, "among": 1, "work_s": 990, "slack_s": -600, "weight": 0.5, "pace": 1.1, "index": 0.2},
            "met",
            "Le seul ticket possible : 16 min de travail, 10 min de retard à la fin, poids 0,5",
        ),
        (
            "taken_over",
            {},
            "arrow_right",
            "Reprend le ticket d’un collègue absent ou occupé, qui ne peut plus attendre",
        ),
        ("usual", {}, "met", "Connaît ce client, dont il suit la plupart des tickets"),
        ("slower", {"pace": 1.3}, "watch", "Prend à ce travail 1,3 fois le temps usuel"),
        (
            "oldest",
            {"waited_s": 252000, "among": 3},
            "met",
            "Attend depuis 70 h 00 ouvrées, trop longtemps pour passer après",
        ),
        ("in_turn", {"among": 1}, "arrow_right", "Le seul ticket possible"),
        (
            "weighed",
            {"among": 3, "work_s": 900, "weight": 4.0, "pace": 1.0, "index": 0.2},
            "met",
            "Le plus pressant parmi 3 tickets possibles : 15 min de travail, sans échéance qui court, poids 4",
        ),
        ("first_come", {"among": 1}, "met", "Le seul ticket possible, aucune échéance ne court"),
        ("in_turn", {"among": 3}, "arrow_right", "Le premier à son tour parmi 3 tickets possibles"),
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


@pytest.mark.parametrize(
    ("code", "facts", "said"),
    [
        ("masters", {"skill": "mises_a_jour"}, "Masters updates"),
        ("gets_to_it", {"at": DUE}, "Can begin today at 11:05"),
        ("keeps_due", {"margin_s": 8100}, "Keeps the deadline with 2 h 15 to spare"),
        ("breaks_due", {"margin_s": 300}, "Would pass the deadline by 5 min"),
        ("after_others", {"count": 2}, "Comes after 2 other tickets"),
        ("after_appointment", {"at": DUE}, "Waits for the end of the appointment, today at 11:05"),
        ("earliest_due", {"due_at": DUE, "among": 4}, "The nearest deadline of 4 possible tickets: 11:05"),
        (
            "weighed",
            {"due_at": DUE, "among": 2, "work_s": 900, "slack_s": 3900, "weight": 0.5},
            "The most pressing of 2 possible tickets: 15 min of work, 1 h 05 to spare, weight 0.5",
        ),
        ("earliest_due", {"due_at": DUE, "among": 1}, "The only possible ticket: 11:05"),
        ("slower", {"pace": 1.25}, "Takes 1.25 times the usual time at this work"),
        ("chosen_by", {"who": "Diane", "why": "Knows their base"}, "Chosen by Diane: Knows their base"),
    ],
)
def test_a_reason_is_told_in_english_too(code: str, facts: dict[str, object], said: str) -> None:
    assert reason(code, facts, PARIS, NOW, "en").text.replace("\u00a0", " ") == said


def test_every_skill_of_the_desk_has_a_name(tmp_path: Path) -> None:
    skills = load(Environment(sla_var=tmp_path)).catalogue.skills()
    assert skills <= set(SKILLS)
    assert skills <= set(ENGLISH_SKILLS)
