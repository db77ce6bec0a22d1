"""`sla simulate`: the desk played forward, as it is and as it might be."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sla.cli import main
from tests.worlds import furnish, new_desk

BENCH = str(Path(__file__).parents[2] / "bench" / "desks" / "four_technicians.toml")
QUICK = ("--seeds", "2", "--days", "3")


def sla(*words: str) -> Result:
    return CliRunner().invoke(main, ["simulate", *words], catch_exceptions=False)


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SLA_VAR", str(tmp_path))


def test_a_change_stands_beside_the_desk_as_it_is(tmp_path: Path) -> None:
    drawing = tmp_path / "broken.svg"
    done = sla("--desk", BENCH, "--technicians", "1", "--tickets", "+10%", "--svg", str(drawing), *QUICK)
    assert done.exit_code == 0
    assert "tel quel" in done.output
    assert "avec le changement" in done.output
    assert "différence" in done.output
    assert drawing.read_text("utf-8").startswith("<svg")


def test_alone_the_desk_has_no_difference() -> None:
    done = sla("--desk", BENCH, *QUICK)
    assert done.exit_code == 0
    assert "différence" not in done.output


def test_the_desk_of_the_database_is_played_with_a_closure(tmp_path: Path) -> None:
    furnish(new_desk(tmp_path)).desk.close()
    done = sla("--closure", "2026-12-24..2026-12-25", "--rule", "edd", *QUICK)
    assert done.exit_code == 0, done.output
    assert "2 tirages de 3 jours ouvrés à partir du 2026-12-23" in done.output


@pytest.mark.parametrize(("days", "first"), [(20, "2026-11-23"), (6, "2026-11-27"), (1, "2026-11-30")])
def test_a_closure_lies_within_the_days_that_are_played(days: int, first: str) -> None:
    """It is seen with the week before it, or with fewer days where few are played: never after the last of them."""
    done = sla("--desk", BENCH, "--closure", "2026-11-30..2026-12-04", "--seeds", "1", "--days", str(days))
    assert f"à partir du {first}" in done.output
    assert "Tickets" in done.output
    tickets = next(line for line in done.output.splitlines() if line.startswith("Tickets")).split()
    assert tickets[1] != tickets[4]


def test_a_desk_without_technicians_says_so() -> None:
    done = sla(*QUICK)
    assert done.exit_code == 1
    assert "Aucun technicien de desk.toml n’a de compte" in done.output


def test_a_fit_prints_lines_and_writes_nothing(tmp_path: Path) -> None:
    done = sla("--desk", BENCH, "--fit", "--seeds", "1", "--days", "1")
    assert done.exit_code == 0
    assert 'rule = "index"' in done.output
    assert "# Ajusté sur les graines 20000 à 20000, 1 jours ouvrés de chacune" in done.output
    assert "# Sur les graines 30000 à 30000" in done.output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--closure", "noël"), "une période s’écrit 2026-12-24..2026-12-31"),
        (("--closure", "2026-12-31..2026-12-24"), "le dernier jour précède le premier"),
        (("--closure", "9999-12-01..9999-12-31"), "une année de 2000 à 2099"),
        (("--desk", BENCH, "--closure", "2027-01-01..2028-12-31"), "n’ouvrirait pas pendant plus de 400 jours"),
        (("--desk", BENCH, "--svg", "nulle/part.svg"), "nulle"),
        (("--tickets", "beaucoup"), "un pourcentage s’écrit +30% ou -10%"),
        (("--tickets", "-100%"), "un pourcentage s’écrit +30% ou -10%"),
        (("--desk", BENCH, "--technicians", "-4"), "Plus personne ne maîtriserait « A »"),
        (("--desk", BENCH, "--targets", BENCH), "sans --targets"),
        (("--desk", BENCH, "--fit", "--rule", "round-robin"), "n’a pas de nombres à chercher"),
        (("--desk", BENCH, "--fit", "--technicians", "-4"), "Plus personne ne maîtriserait « A »"),
    ],
)
def test_what_cannot_be_simulated_is_said(words: tuple[str, ...], said: str) -> None:
    done = sla(*words)
    assert done.exit_code != 0
    assert said in done.output
