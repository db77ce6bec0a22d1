"""The shipped coverage.toml holds every line of the booklet's tables, and nothing else."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from sla.contract.coverage import Catalogue, Coverage, read_catalogue
from sla.contract.targets import read_targets

CONFIG = Path(__file__).parents[2] / "config"
M, T, X = Coverage.MAINTENANCE, Coverage.TMA, Coverage.EXCLUDED

SUMMARY = "Détail des prestations"
PLACED = "Mise en place et création"
USAGE = "À l’utilisation courante du logiciel"
IT = "Les problèmes informatiques"
BOOKLET = {
    (SUMMARY, M): [
        "Mise à disposition des mises à jour du logiciel Cegid PMI",
        "Assistance lors d’erreurs logiciel Cegid PMI",
    ],
    (SUMMARY, T): [
        "Assistance à l’utilisation courante du logiciel Cegid PMI",
        "Diagnostic des problèmes informatiques pouvant impacter Cegid PMI",
        "Installation / réinstallation du logiciel Cegid PMI",
        "Mise à jour du logiciel Cegid PMI",
        "Formation flash sur Cegid PMI",
        "Modification légère et paramétrage rapide sur Cegid PMI (- de 4h)",
        "Création et modification d’état Cegid PMI (- de 4h)",
    ],
    (SUMMARY, X): ["Conseil / Déploiement sur Cegid PMI"],
    ("Installation", M): [
        "Réponses aux questions",
        "Assistance pour établir votre fiche de diagnostic",
        "Vérification des prérequis",
    ],
    ("Installation", T): [
        "Installation de SQL Server sur votre serveur",
        "Installation du logiciel sur votre serveur",
        "Installation de modules 1Life sur votre serveur",
        "Installation des modules 1Life sur les postes clients",
        "Installation du logiciel sur les postes clients",
        "Installation de Etats et Requêtes",
    ],
    ("Mise à jour logicielle", M): [
        "Mise à disposition des dernières versions",
        "Mise à disposition des prérequis et liste des nouveautés",
        "Assistance pour établir votre fiche de diagnostic",
    ],
    ("Mise à jour logicielle", T): ["Réalisation de mises à jour mineures", "Réalisation de mises à jour majeures"],
    (PLACED, T): [
        "Modification sur les modèles de document réalisés par le client",
        "Conseil – Déploiement sur un flux ou un nouveau module",
        "Création de paramètres avancés",
        "Création de modèle de documents",
        "Création de générateur d’états",
        "Importation/Exportation des données",
    ],
    ("Lors d’erreurs logiciel", M): [
        "Analyse du problème, collecte des éléments, tests",
        "Remontée à l’éditeur des dysfonctionnements logiciels et suivi du traitement jusqu’à leur résolution",
        "En cas de dysfonctionnement bloquant et dans la mesure du possible, une solution de contournement vous sera "
        "proposée",
    ],
    ("Lors d’erreurs logiciel", T): ["Correction et modifications des développements spécifiques"],
    (USAGE, M): ["Mise à disposition des documents de formation"],
    (USAGE, T): [
        "Bonnes pratiques d’utilisation",
        "Réponse aux questions d’utilisation avancées",
        "Analyse technique sur les problèmes rencontrés",
        "Explication d’un paramètre ou d’une fonction",
        "Maintien des paramétrages avancés",
        "Création ou modifications de modèles de documents personnalisés",
        "Création ou analyse de Macro-Codes Utilisateurs (MCU)",
    ],
    (IT, M): [
        "Mise à disposition des bonnes pratiques de sauvegardes de la base de données",
        "Identification des problèmes de connexion à la base de données si le problème relève d’une erreur logicielle",
    ],
    (IT, T): [
        "Accompagnement sur le maintien des sauvegardes SQL – Restauration de la base de données",
        "Analyses de niveau 1 des lenteurs applicatives",
    ],
    (IT, X): ["Problèmes de droits d’accès Windows", "Problème réseau", "Problème matériel"],
}


@pytest.fixture(scope="module")
def booklet() -> Catalogue:
    return read_catalogue(CONFIG / "coverage.toml")


def test_every_line_of_the_booklet_is_there_in_its_order_under_who_pays_for_it(booklet: Catalogue) -> None:
    found: dict[tuple[str, Coverage], list[str]] = {}
    for item in booklet:
        found.setdefault((item.section, item.coverage), []).append(item.label)
    assert found == BOOKLET


def test_the_sections_have_as_many_lines_as_in_the_booklet(booklet: Catalogue) -> None:
    assert Counter(item.section for item in booklet) == {
        SUMMARY: 10,
        "Installation": 9,
        "Mise à jour logicielle": 5,
        PLACED: 6,
        "Lors d’erreurs logiciel": 4,
        USAGE: 8,
        IT: 7,
    }


def test_the_ten_lines_of_the_summary_table_are_the_families(booklet: Catalogue) -> None:
    families = booklet.families()
    assert [family.summary.label for family in families] == [i.label for i in booklet if i.section == SUMMARY]
    assert sum(len(family.lines) for family in families) == len(booklet) == 49


def test_four_hours_bind_every_tma_line_and_only_those(booklet: Catalogue) -> None:
    assert {item.limit_minutes for item in booklet if item.coverage is T} == {240}
    assert {item.limit_minutes for item in booklet if item.coverage is not T} == {None}


def test_two_lines_say_less_than_four_hours(booklet: Catalogue) -> None:
    assert [item.code for item in booklet if item.limit_exclusive] == ["parametrage", "etats"]
    assert all("- de 4h" in booklet.get(code).label for code in ("parametrage", "etats"))


def test_only_the_summary_line_of_consulting_goes_straight_to_deployment(booklet: Catalogue) -> None:
    """« Conseil – Déploiement sur un flux ou un nouveau module » is TMA, within its time limit."""
    assert [item.code for item in booklet if item.to_deployment] == ["conseil"]
    assert booklet.get("conseil_flux").coverage is T


def test_the_footnotes_of_the_booklet_are_conditions_of_their_lines(booklet: Catalogue) -> None:
    on = {name: {item.code for item in booklet if name in item.conditions} for name in booklet.conditions}
    assert on["prerequisites"] == {"erreurs", "erreurs_analyse", "erreurs_editeur", "erreurs_contournement"}
    assert on["software_cause"] == {"informatique_connexion_base"}
    assert on["trained"] == {item.code for item in booklet if item.family == "usage" and item.coverage is T}


def test_an_untrained_user_is_offered_a_flash_training_or_the_documents(booklet: Catalogue) -> None:
    assert [(item.code, item.coverage) for item in booklet.instead("trained")] == [
        ("formation", T),
        ("usage_documents", M),
    ]


def test_a_connection_problem_of_no_software_error_is_tma_or_out_of_contract(booklet: Catalogue) -> None:
    assert {item.coverage for item in booklet.instead("software_cause")} == {T, X}


def test_every_reason_tells_who_pays(booklet: Catalogue) -> None:
    begins = {M: ("Inclus dans votre contrat",), T: ("Tierce maintenance",), X: ("Hors contrat", "Non traité")}
    assert all(item.reason.startswith(begins[item.coverage]) for item in booklet)
    assert all("forfait" in item.reason for item in booklet if item.coverage is T)


def test_each_skill_that_a_line_needs_is_mastered_by_two_of_the_four_technicians(booklet: Catalogue) -> None:
    desk = tomllib.loads((CONFIG / "desk.toml").read_text(encoding="utf-8"))
    masters = Counter(skill for technician in desk["technicians"] for skill in technician["skills"])
    assert len(desk["technicians"]) == 4
    assert set(masters) == booklet.skills() == set(desk["plan"]["resolution_minutes"])
    assert min(masters.values()) >= 2
    assert all(slowness >= 1 for technician in desk["technicians"] for slowness in technician["skills"].values())


def test_the_packs_on_sale_are_those_of_the_booklet() -> None:
    desk = tomllib.loads((CONFIG / "desk.toml").read_text(encoding="utf-8"))
    assert desk["forfaits"]["hours_on_sale"] == [10, 20, 30, 50]


def test_the_shipped_targets_can_be_read() -> None:
    assert read_targets(CONFIG / "targets.toml").warning_shares == (50, 75, 90)
