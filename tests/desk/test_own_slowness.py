"""A technician may be slower at one service item than at the rest of its skill: desk.toml says so, all follow it."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from sla.contract.mistakes import ConfigError
from sla.desk.actor import SYSTEM
from sla.desk.queueing import planned
from sla.desk.simulated_desk import simulated_desk
from sla.desk.team_paces import team_paces
from sla.settings import Environment, load
from tests.desk.kept import a_ticket, ticket
from tests.worlds import World, furnish, new_desk

AT = "2026-06-01 09:00"
REPORTS = "etats_generateur"
"""Asks for `etats`, which Clara masters at 1.2 and Sandrine at 1.0."""


def config(folder: Path, line: str) -> Path:
    """The project's own, with a line for Sandrine."""
    shutil.copytree(Environment().sla_config, folder / "config")
    path = folder / "config" / "desk.toml"
    text = path.read_text("utf-8").replace('code = "sandrine"\n', f'code = "sandrine"\n{line}\n')
    path.write_text(text, "utf-8")
    return folder / "config"


def world_with(folder: Path, line: str) -> World:
    return furnish(new_desk(folder, sla_config=config(folder, line)))


def test_without_it_the_faster_of_the_skill_is_planned(world: World) -> None:
    assert ticket(world, a_ticket(world, AT, item=REPORTS)).technician_id == world.sandrine.id


def test_who_is_slower_at_an_item_leaves_it_to_the_other_and_takes_longer(tmp_path: Path) -> None:
    """Sandrine at twice the time: Clara gets it, and has 15 min × 1.2 of it. Another item of the skill stays
    Sandrine's, who is at full pace there."""
    world = world_with(tmp_path, f"items = {{ {REPORTS} = 2 }}")
    number = a_ticket(world, AT, item=REPORTS)
    other = a_ticket(world, AT, item="etats", title="Un autre")
    slots = {slot.ticket: slot for slot in world.see("diane", AT, planned).slots}
    assert (slots[number].technician, slots[number].end - slots[number].start) == (
        world.clara.id,
        timedelta(minutes=18),
    )
    assert slots[other].technician == world.sandrine.id


def test_the_simulation_and_the_team_s_page_know_it(tmp_path: Path) -> None:
    world = world_with(tmp_path, f"items = {{ {REPORTS} = 2 }}")
    hands = {hand.id: hand for hand in world.see(SYSTEM, AT, simulated_desk).hands}
    assert hands[world.sandrine.id].pace(REPORTS, "etats") == 2.0
    assert hands[world.sandrine.id].pace("etats", "etats") == 1.0
    label = world.desk.settings.catalogue.get(REPORTS).label
    members = {each.id: each for each in world.see("diane", AT, team_paces)}
    assert members[world.sandrine.id].items == [(label, 2.0)]
    assert members[world.clara.id].items == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("items = { etat = 2 }", "« etat » n’est le code d’aucune prestation de coverage.toml"),
        (
            "items = { installation_postes = 2 }",
            "« installation_postes » demande la compétence « installation », que ce technicien ne maîtrise pas",
        ),
        (f"items = {{ {REPORTS} = 0.8 }}", "un nombre d’au moins 1 est attendu, pas 0.8"),
        (f"items = {{ {REPORTS} = nan }}", "un nombre d’au moins 1 est attendu, pas nan"),
        (f'items = {{ {REPORTS} = "2" }}', "un nombre d’au moins 1 est attendu, pas 2"),
        ("items = 2", "une table est attendue, pas 2"),
    ],
)
def test_a_mistake_in_it_is_named(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(ConfigError) as met:
        load(Environment(sla_config=config(tmp_path, line), sla_var=tmp_path))
    assert said in str(met.value)
