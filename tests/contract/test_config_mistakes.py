"""A wrong configuration file is reported whole: every mistake, by file, line and key."""

import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla.contract.coverage import load_coverage, read_catalogue
from sla.contract.mistakes import ConfigError, Mistake, dotted
from sla.contract.targets import load_targets, read_targets

CONFIG = Path(__file__).parents[2] / "config"

LINE = """\
[[line]]
code = "usage"
family = "usage"
section = "Détail des prestations"
label = "Assistance"
label_en = "Help"
summary = true
coverage = "tma"
limit_minutes = 240
reason = "Décompté."
reason_en = "Counted."
skill = "usage"
"""


def mistakes(folder: Path, text: str, name: str = "coverage.toml") -> list[tuple[int, str, str]]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        (read_targets if name == "targets.toml" else read_catalogue)(path)
    assert all(mistake.file == name for mistake in error.value.mistakes)
    return [(mistake.line, mistake.key, mistake.message) for mistake in error.value.mistakes]


def test_one_right_line_is_a_catalogue(tmp_path: Path) -> None:
    (tmp_path / "coverage.toml").write_text(LINE, encoding="utf-8")
    assert [item.code for item in read_catalogue(tmp_path / "coverage.toml")] == ["usage"]


def test_all_mistakes_come_at_once_with_their_lines(tmp_path: Path) -> None:
    second = LINE.replace('"tma"', '"gratuit"').replace('reason = "Décompté."\n', "").replace("limit_", "limt_")
    found = mistakes(tmp_path, LINE + "\n" + second)
    assert found == [
        (14, "line[2].reason", "clé manquante"),
        (15, "line[2].code", "le code « usage » est déjà celui d’une autre ligne"),
        (21, "line[2].coverage", "« gratuit » n’est pas une prise en charge (maintenance, tma, excluded)"),
        (22, "line[2].limt_minutes", "clé inconnue"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("summary = true", "summary = 1", (7, "line[1].summary", "true ou false est attendu, pas 1")),
        ("240", '"240"', (9, "line[1].limit_minutes", "un nombre entier est attendu, pas « 240 »")),
        ("240", "true", (9, "line[1].limit_minutes", "un nombre entier est attendu, pas true")),
        ("240", "240.0", (9, "line[1].limit_minutes", "un nombre entier est attendu, pas 240.0")),
        ("240", "0", (9, "line[1].limit_minutes", "0 n’est pas entre 1 et 6000")),
        ('"Assistance"', "12", (5, "line[1].label", "un texte est attendu, pas 12")),
        ('"Décompté."', '"  "', (10, "line[1].reason", "le texte est vide")),
        (
            'skill = "usage"',
            'skill = "usage"\nconditions = ["formed"]',
            (13, "line[1].conditions", "la condition « formed » n’est pas décrite dans [conditions]"),
        ),
        (
            'skill = "usage"',
            'skill = "usage"\nsynonyms = "aide"',
            (13, "line[1].synonyms", "une liste de textes est attendue, pas « aide »"),
        ),
        (
            "summary = true",
            "summary = true\nto_deployment = true",
            (8, "line[1].to_deployment", "seule une ligne « excluded » part d’emblée au déploiement"),
        ),
        ('"tma"', '"maintenance"', (9, "line[1].limit_minutes", "seules les lignes en TMA ont une limite de temps")),
        (
            'family = "usage"',
            'family = "aide"',
            (3, "line[1].family", "une ligne de synthèse porte le code de sa famille, ici « usage »"),
        ),
        (
            "summary = true",
            "summary = false",
            (3, "line[1].family", "la famille « usage » n’a pas de ligne de synthèse"),
        ),
    ],
)
def test_each_rule_of_the_coverage_file(tmp_path: Path, old: str, new: str, expected: tuple[int, str, str]) -> None:
    assert expected in mistakes(tmp_path, LINE.replace(old, new))


def test_a_condition_names_lines_that_exist(tmp_path: Path) -> None:
    condition = (
        '[conditions.trained]\nquestion = "?"\nquestion_en = "?"\nunmet = "."\nunmet_en = "."\ninstead = ["cours"]\n'
    )
    found = mistakes(tmp_path, condition + LINE)
    assert found == [(6, "conditions.trained.instead", "aucune ligne n’a le code « cours »")]


def test_an_empty_file_lacks_its_lines(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "") == [(0, "line", "clé manquante")]
    assert mistakes(tmp_path, "line = 3\n") == [(1, "line", "des tables [[line]] sont attendues, pas 3")]


def test_a_file_that_is_no_toml_is_named_with_its_line(tmp_path: Path) -> None:
    [(line, key, message)] = mistakes(tmp_path, LINE + "\ncode = = 3\n")
    assert (line, key) == (14, "")
    assert message.startswith("syntaxe TOML invalide")


def test_a_file_cut_off_in_the_middle_is_named_with_its_last_line(tmp_path: Path) -> None:
    [(line, _, message)] = mistakes(tmp_path, LINE + 'synonyms = ["a",\n')
    assert line >= 13
    assert "TOML" in message


def test_a_missing_file_and_one_that_is_not_utf8_are_mistakes_too(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"coverage\.toml : fichier illisible"):
        read_catalogue(tmp_path / "coverage.toml")
    (tmp_path / "coverage.toml").write_bytes('reason = "inclus à vie"'.encode("latin-1"))
    with pytest.raises(ConfigError, match="UTF-8"):
        read_catalogue(tmp_path / "coverage.toml")


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "coverage.toml").write_bytes(b"\xef\xbb\xbf" + LINE.encode())
    assert len(read_catalogue(tmp_path / "coverage.toml")) == 1


def test_tables_parsed_elsewhere_are_read_alike() -> None:
    with pytest.raises(ConfigError, match=r"^coverage\.toml : line : clé manquante$"):
        load_coverage({})
    with pytest.raises(ConfigError) as error:
        load_targets({})
    assert [mistake.key for mistake in error.value.mistakes] == ["deployment", "maintenance", "tma", "warning"]


def test_what_looks_like_a_key_inside_a_long_text_is_none(tmp_path: Path) -> None:
    long = LINE.replace('"Décompté."', '"""\ncoverage = "tma"\nskill = 3\n"""').replace('skill = "usage"', "skill = 4")
    assert mistakes(tmp_path, long) == [(15, "line[1].skill", "un texte est attendu, pas 4")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("shares = [50, 75, 90]", "shares = [50, 75, 75]", "les parts doivent être croissantes et distinctes"),
        ("shares = [50, 75, 90]", "shares = [50, 100]", "une liste de nombres entiers entre 1 et 99"),
        ("shares = [50, 75, 90]", "shares = 50", "une liste de nombres entiers entre 1 et 99"),
        ("first_response = 60\n", "first_response = 600\n", "600 min dépasse le délai de résolution, 480 min"),
        ("workaround = 240\n", "workaround = 500\n", "500 min dépasse le délai de résolution, 480 min"),
        ("first_response = 60\n", "first_response = -60\n", "-60 n’est pas entre 1 et 100000"),
        ("first_response = 60\n", "first_respons = 60\n", "clé manquante"),
        ("[tma.question]", "[tma.questions]", "clé inconnue"),
        ("[maintenance.major]", "[maintenance.major]\nworkaround = 60", "seule une erreur bloquante"),
    ],
)
def test_each_rule_of_the_targets_file(tmp_path: Path, old: str, new: str, expected: str) -> None:
    shipped = (CONFIG / "targets.toml").read_text(encoding="utf-8")
    found = mistakes(tmp_path, shipped.replace(old, new, 1), "targets.toml")
    assert any(expected in message and line for line, _, message in found)


def test_a_mistake_reads_as_file_line_key_and_sentence() -> None:
    assert str(Mistake("a.toml", 3, "line[1].code", "clé manquante")) == "a.toml:3 : line[1].code : clé manquante"
    assert str(Mistake("a.toml", 0, "", "fichier illisible")) == "a.toml : fichier illisible"
    assert dotted(("line", 0, "code")) == "line[1].code"


ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, 0, -1, 2**70, 1.5, float("nan"), True, "", "x" * 500, [], [1], [[]], [{}], {}, {"a": {}}]
)


@given(st.data())
def test_whatever_stands_in_the_place_of_a_value_the_file_is_read_or_its_mistakes_told(data: st.DataObject) -> None:
    """None stands for a key taken out."""
    for name, load in (("coverage.toml", load_coverage), ("targets.toml", load_targets)):
        tables = tomllib.loads((CONFIG / name).read_text(encoding="utf-8"))
        place: Any = tables
        while isinstance(place, dict | list) and place:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            parent, key = place, data.draw(st.sampled_from(keys))
            place = parent[key]
            if data.draw(st.booleans()):
                break
        parent[key] = data.draw(ODD)
        if parent[key] is None:
            del parent[key]
        with suppress(ConfigError):
            load(tables)
