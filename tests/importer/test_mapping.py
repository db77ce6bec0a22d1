"""A wrong mapping file is reported whole, by line and key; the example beside the settings is right."""

from pathlib import Path

import pytest

from sla.contract.coverage_file import read_catalogue
from sla.contract.mistakes import ConfigError
from sla.importer import Mapping
from sla.ticket.facts import Kind
from tests.importer.logs import MAPPING, a_mapping, mapping_text

CONFIG = Path(__file__).parents[2] / "config"


def mistakes(folder: Path, text: str) -> list[tuple[int, str, str]]:
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        Mapping.load(path, read_catalogue(CONFIG / "coverage.toml"))
    return [(each.line, each.key, each.message) for each in error.value.mistakes]


def test_the_documented_example_is_right() -> None:
    example = Mapping.load(CONFIG / "import.example.toml", read_catalogue(CONFIG / "coverage.toml"))
    assert example.activities["Take"].kind is Kind.TAKEN
    assert example.activities["Set urgent"].severity == "major"
    assert example.activities["Print"].kind is None
    assert example.encoding == "utf-8-sig", "a BOM is no part of the first column's name"


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    mapping = a_mapping(tmp_path)
    assert (mapping.encoding, mapping.log.level, mapping.instants.later) == ("utf-8-sig", "", False)


def test_all_mistakes_come_at_once_with_their_lines(tmp_path: Path) -> None:
    text = MAPPING.replace('"vieux"', '"Vieux outil"').replace('";"', '"::"').replace("Europe/Paris", "Europe/Pari")
    text = (
        text.replace('"earlier"', '"both"').replace('"minor"', '"mild"').replace('item = "erreurs"', 'item = "poésie"')
    )
    text = text.replace("taken_answers = true", 'taken_answers = "oui"').replace("closed_resolves", "close_resolves")
    text = text.replace('"%Y-%m-%d %H:%M"', '"%Y-%m-%d"').replace('"quoi"', '"quand"').replace("{ticket}", "")
    text += '\n[[activity]]\nname = "A"\nevent = "dance"\n\n[[activity]]\nname = "A"\nevent = "requalified"\n'
    text += '\n[[activity]]\nname = "B"\nevent = "noted"\nseverity = "major"\n'
    found = mistakes(tmp_path, text)
    assert [(line, key) for line, key, _ in found] == [
        (1, "source"),
        (4, "file.delimiter"),
        (6, "columns"),
        (13, "instants.formats"),
        (14, "instants.zone"),
        (15, "instants.repeated_hour"),
        (21, "tickets.title"),
        (22, "tickets.item"),
        (23, "tickets.severity"),
        (27, "moves.taken_answers"),
        (30, "moves.close_resolves"),
        (34, "activity[1].event"),
        (36, "activity[2].severity"),
        (37, "activity[2].name"),
        (43, "activity[3].severity"),
    ]
    said = {key: message for _, key, message in found}
    assert said["file.delimiter"] == 'un séparateur est attendu : "," ";" "|" ou "\\t" (tabulation)'
    assert "Europe/Pari" in said["instants.zone"]
    assert said["tickets.item"] == "aucune ligne de coverage.toml n’a le code « poésie »"
    assert said["activity[2].name"] == "l’activité « A » est donnée deux fois"


@pytest.mark.parametrize("form", ["%Y-%m-%d", "%H:%M", "%d/%m %H:%M", "%y", "%Q", "%Y-%m-%d %I:%M", "texte"])
def test_a_format_must_tell_a_date_and_a_time(tmp_path: Path, form: str) -> None:
    found = mistakes(tmp_path, mapping_text(formats=f'["{form}"]'))
    assert [(line, key) for line, key, _ in found] == [(13, "instants.formats")]


@pytest.mark.parametrize("form", ["%d.%m.%y %H:%M:%S", "%Y-%m-%dT%H:%M:%S%z", "%m/%d/%Y %I:%M %p", "%Y%m%d%H%M%S"])
def test_a_format_that_does_is_taken(tmp_path: Path, form: str) -> None:
    assert a_mapping(tmp_path, formats=f'["{form}"]').instants.formats == (form,)


def test_no_activity_is_a_mistake(tmp_path: Path) -> None:
    assert [key for _, key, _ in mistakes(tmp_path, MAPPING)] == ["activity"]


def test_an_absent_table_is_the_one_mistake_about_it(tmp_path: Path) -> None:
    tables = ["activity", "columns", "file", "instants", "moves", "tickets"]
    assert [key for _, key, _ in mistakes(tmp_path, 'source = "vieux"\n')] == tables


def test_an_absent_file_is_said_as_such(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="fichier illisible"):
        Mapping.load(tmp_path / "absent.toml")
