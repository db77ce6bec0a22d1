"""Who pays, what becomes of a request at deposit, and the four hours."""

from pathlib import Path

import pytest

from sla.contract.coverage import (
    Catalogue,
    Coverage,
    Outcome,
    UnknownItem,
    decide,
    near_limit,
    over_limit,
    read_catalogue,
)


@pytest.fixture(scope="module")
def booklet() -> Catalogue:
    return read_catalogue(Path(__file__).parents[2] / "config" / "coverage.toml")


@pytest.mark.parametrize(
    ("code", "has_maintenance", "quarters_left", "outcome"),
    [
        ("erreurs", True, 0, Outcome.ACCEPTED),
        ("erreurs", False, 40, Outcome.WAITS_DISPATCHER),
        ("usage", True, 1, Outcome.ACCEPTED),
        ("usage", True, 0, Outcome.WAITS_FORFAIT),
        ("usage", False, 40, Outcome.WAITS_DISPATCHER),
        ("usage", False, 0, Outcome.WAITS_DISPATCHER),
        ("informatique_reseau", True, 40, Outcome.EXCLUDED),
        ("informatique_reseau", False, 0, Outcome.EXCLUDED),
        ("conseil", True, 40, Outcome.TO_DEPLOYMENT),
        ("conseil_flux", True, 40, Outcome.ACCEPTED),
    ],
)
def test_what_becomes_of_a_request(
    booklet: Catalogue, code: str, has_maintenance: bool, quarters_left: int, outcome: Outcome
) -> None:
    decision = decide(booklet.get(code), has_maintenance=has_maintenance, quarters_left=quarters_left)
    assert (decision.outcome, decision.coverage) == (outcome, booklet.get(code).coverage)


def test_a_client_without_hours_is_told_who_pays_and_that_nothing_is_lost(booklet: Catalogue) -> None:
    item = booklet.get("usage")
    decision = decide(item, has_maintenance=True, quarters_left=0)
    assert decision.reason_fr.startswith(item.reason)
    assert "Votre demande est conservée" in decision.reason_fr
    assert "Your request is kept" in decision.reason_en


def test_an_accepted_request_is_told_its_line_s_reason_alone(booklet: Catalogue) -> None:
    item = booklet.get("erreurs")
    decision = decide(item, has_maintenance=True, quarters_left=0)
    assert (decision.reason_fr, decision.reason_en) == (item.reason, item.reason_en)


@pytest.mark.parametrize(
    ("code", "minutes", "over"),
    [
        ("usage", 240, False),
        ("usage", 241, True),
        ("parametrage_avance", 240, False),
        ("parametrage_avance", 241, True),
        ("parametrage", 239, False),
        ("parametrage", 240, True),
        ("etats", 239, False),
        ("etats", 240, True),
        ("erreurs", 360, False),
        ("informatique_reseau", 360, False),
    ],
)
def test_exactly_four_hours_stay_save_on_the_two_lines_that_say_less(
    booklet: Catalogue, code: str, minutes: int, over: bool
) -> None:
    """An included error of six hours never goes to deployment."""
    assert over_limit(booklet.get(code), minutes) is over


@pytest.mark.parametrize(
    ("code", "minutes", "warned"),
    [
        ("usage", 179, False),
        ("usage", 180, True),
        ("usage", 240, True),
        ("usage", 241, False),
        ("etats", 240, False),
        ("erreurs", 200, False),
    ],
)
def test_the_technician_is_warned_from_three_hours_to_the_limit(
    booklet: Catalogue, code: str, minutes: int, warned: bool
) -> None:
    assert near_limit(booklet.get(code), minutes, warn_minutes=180) is warned


def test_an_unknown_line_is_refused_with_what_was_asked(booklet: Catalogue) -> None:
    with pytest.raises(UnknownItem) as refusal:
        booklet.get("usage'; --")
    assert refusal.value.value == "usage'; --"
    assert "usage'; --" not in booklet


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("RESEAU", "informatique_reseau"),
        ("réseaux", "informatique_reseau"),
        ("droits d'accès windows", "informatique_droits_windows"),
        ("droits d’accès Windows", "informatique_droits_windows"),
        ("mise a jour majeure", "mise_a_jour_majeure"),
        ("notre imprimante est en panne", "informatique_materiel"),
        ("exporter vers Excel", "parametrage_import_export"),
        ("macro", "usage_mcu"),
        ("c'est très lent", "informatique_lenteurs"),
        ("installer PMI sur un nouveau PC", "installation_postes"),
        ("sql server", "installation_sql_server"),
        ("la production est arrêtée", "erreurs_contournement"),
        ("Le logiciel plante quand je valide une commande", "erreurs"),
        ("J'ai un message d'erreur à l'ouverture de PMI", "erreurs"),
        ("bugg a la facturation", "erreurs"),
        ("ralentissemnt général depuis ce matin", "informatique_lenteurs"),
        ("la sauvgarde de cette nuit a échoué", "informatique_sauvegardes"),
        ("impossible de se conecter à la base", "informatique_connexion_base"),
        ("imprimente en panne", "informatique_materiel"),
        ("printer does not work", "informatique_materiel"),
        ("les douchettes ne lisent plus les codes-barres", "informatique_materiel"),
        ("notre wifi coupe sans arrêt", "informatique_reseau"),
        ("accès refusé au dossier partagé", "informatique_droits_windows"),
        ("formr une nouvelle personne à la saisie des OF", "formation"),
        ("où trouver le manuel utilisateur", "usage_documents"),
        ("le stock affiché est faux", "usage_analyse"),
        ("à quoi sert la case « gestion par lot » ?", "usage_explication"),
        ("changer le taux de TVA", "usage_parametrages"),
        ("importer nos tarifs fournisseurs", "parametrage_import_export"),
        ("une nouvelle requette pour les statistiques", "etats_generateur"),
        ("ajouter notre logo sur les factures", "etats_modeles_client"),
        ("notre développement spécifique ne fonctionne plus", "erreurs_specifique"),
        ("quelle version de Windows pour la prochaine version", "installation_prerequis"),
        ("mise a jours vers la derniere version", "mise_a_jour"),
        ("on change de serveur le mois prochain", "installation_serveur"),
        ("déployer le module qualité", "conseil_flux"),
        ("un consultant pour revoir notre production", "conseil"),
    ],
)
def test_the_client_s_own_words_find_the_line(booklet: Catalogue, words: str, first: str) -> None:
    assert first in [item.code for item in booklet.search(words)][:3]


@pytest.mark.parametrize("words", ["", "   ", "de la", "…", "zzzz", "\x00", "%", "'; DROP TABLE tickets; --x"])
def test_words_that_say_nothing_find_nothing_much(booklet: Catalogue, words: str) -> None:
    assert len(booklet.search(words)) <= 2


def test_a_search_of_any_length_is_cut(booklet: Catalogue) -> None:
    assert booklet.search("réseau " + "mot " * 100_000)[0].code == "informatique_reseau"


def test_a_condition_that_is_not_described_offers_nothing(booklet: Catalogue) -> None:
    assert booklet.instead("weather") == ()


def test_coverage_codes_are_those_of_the_api() -> None:
    assert [str(coverage) for coverage in Coverage] == ["maintenance", "tma", "excluded"]
