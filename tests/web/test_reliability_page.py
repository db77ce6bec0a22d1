"""What a client reads of an expected answer that moved, and a manager of whether what was told was true."""

from freezegun import freeze_time

from sla.desk.actor import SYSTEM
from sla.desk.answer import answer
from sla.desk.foretell import foretell
from tests.desk.answered import answered_before
from tests.desk.kept import a_ticket
from tests.web.visitor import Visitor, site, text_of
from tests.worlds import World, paris

AT = "2026-06-01 09:00"


def judged(world: World) -> None:
    """A hundred answers that came where the replay had said, and that the others had missed."""
    for index in range(100):
        marks = {"replay": [(index + 1) / 101, 60.0], "similar": [0.5, 900.0], "last_hundred": [0.5, 900.0]}
        answered_before(world, [900], marks=marks, until=paris("2026-05-29 12:00"))


def test_a_client_reads_the_window_and_why_it_moved_without_anybody_s_name(world: World) -> None:
    judged(world)
    number = a_ticket(world, AT, severity="minor")
    with freeze_time(paris("2026-06-01 09:01"), tz_offset=0):
        julie = Visitor(site(world.desk), world, "julie")
        first = text_of(julie.get(f"/tickets/{number}"))
    assert "Réponse attendue aujourd’hui entre 9 h 15 et 9 h 20 , 8 fois sur 10" in first
    assert "qu’annoncé" not in first
    for index in range(5):
        a_ticket(world, "2026-06-01 09:02", who="bruno", severity="blocking", title=f"Arrêt de la ligne {index}")
    world.do(SYSTEM, "2026-06-01 09:03", foretell, number)
    with freeze_time(paris("2026-06-01 09:03"), tz_offset=0):
        moved = text_of(julie.get(f"/tickets/{number}"))
    assert "Plus tard qu’annoncé : cinq demandes bloquantes sont arrivées." in moved
    assert not [word for word in ("Bolt", "Bruno", "Arrêt de la ligne") if word in moved]


def test_a_window_over_lunch_says_so(world: World) -> None:
    answered_before(world, [60 * (10 + index % 31) for index in range(62)])
    with freeze_time(paris("2026-06-01 12:10"), tz_offset=0):
        julie = Visitor(site(world.desk), world, "julie")
        told = text_of(julie.get("/portal?item=erreurs&severity=major"))
    assert "aujourd’hui entre 12 h 25 et 13 h 45 , 8 fois sur 10 Fermé entre-temps, de 12 h 30 à 13 h 30." in told


@freeze_time(paris("2026-06-08 10:00"), tz_offset=0)
def test_before_anything_was_told_a_manager_reads_what_is_missing(world: World) -> None:
    marc = Visitor(site(world.desk), world, "marc")
    said = text_of(marc.get("/manage/reliability"))
    assert "Une fenêtre est annoncée à partir de 30 réponses connues" in said
    assert "il y en a 0" in said


@freeze_time(paris("2026-06-08 10:00"), tz_offset=0)
def test_a_manager_reads_coverage_curve_and_naive_rules(world: World) -> None:
    answered_before(world, [60 * (10 + index % 31) for index in range(62)])
    number = a_ticket(world, AT)
    world.do("clara", "2026-06-01 09:20", answer, number, text="Bonjour")
    marc = Visitor(site(world.desk), world, "marc")
    page = marc.get("/manage/reliability")
    said = text_of(page)
    assert "100 % des fenêtres ont tenu, pour 80 % annoncés" in said
    assert "Majeur 1 100 %" in said
    assert "Annoncé Arrivé 2 % 0 %" in said
    assert "Ce que nous annonçons" in said
    assert "Moyenne des 10 dernières réponses" in said
    assert 'role="img"' in page.text


@freeze_time(paris("2026-06-08 10:00"), tz_offset=0)
def test_others_are_not_shown_it(world: World) -> None:
    for who in ("julie", "clara", "diane"):
        assert Visitor(site(world.desk), world, who).get("/manage/reliability").status_code == 403
