"""Why an expected answer moved: what the queue shows, in numbers, and nobody's name."""

import pytest

from sla.queue.expect.changes import Change, Reason, Situation, changed, moved, situation
from sla.queue.expect.scene import Scene
from sla.queue.jobs import Hand, Job
from sla.queue.rule import Rule
from sla.wording import change

OLD = Situation("minor", 1, 12, {3: "minor", 5: "blocking"}, away=())


def since(**given: object) -> Situation:
    facts = {"severity": "minor", "edition": 1, "newest": 12, "ahead": OLD.ahead, "away": ()}
    return Situation(**{**facts, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "later", "said"),
    [
        (
            since(ahead={3: "minor", 5: "blocking", 13: "blocking", 15: "blocking"}, newest=15),
            True,
            "Plus tard qu’annoncé : deux demandes bloquantes sont arrivées.",
        ),
        (
            since(ahead={**OLD.ahead, 13: "question", 14: "major"}, newest=14, away=(2,)),
            True,
            "Plus tard qu’annoncé : une demande majeure est arrivée, une question est arrivée, "
            "un technicien est absent.",
        ),
        (
            since(ahead={**OLD.ahead, 7: "minor"}),
            True,
            "Plus tard qu’annoncé : une demande plus pressante passe à présent avant la vôtre.",
        ),
        (since(), True, "Plus tard qu’annoncé : les réponses prennent plus de temps que prévu."),
        (since(), False, "Plus tôt qu’annoncé : les réponses vont plus vite que prévu."),
        (since(ahead={}), False, "Plus tôt qu’annoncé : deux demandes ne passent plus avant la vôtre."),
        (
            since(severity="major", edition=2, ahead={3: "minor"}),
            False,
            "Plus tôt qu’annoncé : la gravité de votre demande a changé, les horaires du support ont changé, "
            "une demande ne passe plus avant la vôtre.",
        ),
    ],
)
def test_what_speaks_for_the_direction_is_said(now: Situation, later: bool, said: str) -> None:
    assert change(changed(OLD, now, later=later)).replace("\u00a0", " ") == said


def test_a_technician_who_is_back() -> None:
    away = since(away=(1, 2))
    found = changed(away, since(), later=False)
    assert found == Change(False, (Reason("back", 2),))
    assert change(found) == "Plus tôt qu’annoncé\u00a0: deux techniciens sont de retour."
    assert change(found, "en") == "Sooner than announced: 2 technicians are back."


def test_in_english() -> None:
    found = changed(OLD, since(ahead={**OLD.ahead, 13: "blocking"}, newest=13, away=(4,)), later=True)
    assert change(found, "en") == "Later than announced: 1 blocking request has come in, 1 technician is away."


@pytest.mark.parametrize(
    ("by", "width", "told"),
    [(899, 600, False), (900, 600, True), (-900, 600, True), (1799, 7200, False), (1800, 7200, True)],
)
def test_a_window_is_told_anew_from_a_quarter_of_an_hour_and_a_quarter_of_its_width_on(
    by: float, width: float, told: bool
) -> None:
    assert moved(by, width) is told


def job(number: int, skill: str = "a", due: float = 7200, **given: object) -> Job:
    return Job(number, skill, skill, "major", 2.0, 900, due, -60, **given)  # type: ignore[arg-type]


def test_ahead_is_what_those_who_could_answer_take_first() -> None:
    """Nearer deadlines of a shared technician, what is in hand; not another skill's, nor another's follow-up."""
    mine = job(9)
    waiting = [mine, job(1, due=3600), job(2, due=9000), job(3, "b", 60), job(4, due=8000, owner=1, spent=30.0)]
    waiting.append(job(5, due=60, owner=2, answered=True))
    hands = [Hand(1, {"a": 1.0}), Hand(2, {"b": 1.0}), Hand(3, {"a": 1.2}, away=[(0.0, 25_200.0)])]
    found = situation(Scene(hands, waiting), mine, Rule("edd"), 4)
    assert found == Situation("major", 4, 9, {1: "major", 4: "major"}, (3,))
    assert Situation.kept(found.told()) == found


def test_an_appointment_is_no_absence() -> None:
    hands = [Hand(1, {"a": 1.0}, away=[(600.0, 4200.0)])]
    assert situation(Scene(hands, [job(9)]), job(9), Rule("edd"), 1).away == ()
