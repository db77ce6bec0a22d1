"""No access code is ever kept: what seems to give one is told from what merely speaks of one."""

import pytest

from sla.desk.secret_words import gives_code, gives_secret, seems_code


@pytest.mark.parametrize(
    "text",
    [
        "mot de passe : Azerty12",
        "MDP=x",
        "le code SUPERVISEUR est 4321",
        "password is x",
        "Le mot de passe c’est toto",
        "mdp toto123",
        "code superviseur 4821",
        "Mot de passe TeamViewer : abc",
        "le code d’accès est « Bleu »",
        "pwd: bleu",
        "Le mot de passe est : toto",
        "mdp azerty",
        "code superviseur azerty",
        "Mot de passe Windows azerty, à ne pas perdre",
        "code d’accès « Bleu »",
        "mdp (azerty)",
        "MDP – azerty",
        "le code est PMIPMI",
        "Le code est « azerty »",
        "Voici : code = 4711",
    ],
)
def test_a_code_that_is_given_is_seen(text: str) -> None:
    assert gives_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        "Le mot de passe est refusé depuis ce matin",
        "le mot de passe est expiré.",
        "Mon mot de passe ne marche plus",
        "Le code SUPERVISEUR est prêt",
        "The password is wrong",
        "Il demande un mot de passe à l’ouverture",
        "code article 4321",
        "Erreur 1205, code retour : 12",
        "Réinitialiser le mot de passe Windows",
        "Le mot de passe n’est plus accepté, puis l’écran se fige",
        "Le mot de passe, expiré, sera changé",
        "Mot de passe (oublié) demandé à Julie",
        "The password does not work any more",
        "Politique de mots de passe de la société",
        "L’article dont le code est VIS12 ne sort pas",
        "Code : VIS12, désignation : vis de 12",
        "Pour l’erreur 1205 le code est XPTO",
        "Le code TVA est TVA20",
        "Le code est refusé",
        "Le code est grisé",
        "le code est celui de l’an dernier",
    ],
)
def test_speaking_of_one_gives_none(text: str) -> None:
    assert not gives_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        "4321",
        "c’est Sup3rv",
        "P@ssword",
        "admin / Bleu#",
        "SUPERVISEUR 12345",
        "le code est PMIPMI",
        "code : azerty",
        "azerty",
        "« azerty »",
        "c’est azerty",
        "code azerty",
        "superviseur : azerty",
    ],
)
def test_beside_an_access_whatever_could_be_a_code_is_one(text: str) -> None:
    assert seems_code(text)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("le code est bleu", True),
        ("Le code est PMIPMI", True),
        ("code : bleu", True),
        ("OF 1234, le code est bleu", False),
        ("Article VIS12", False),
        ("le code est changé chaque mois", False),
        ("TeamViewer installé, poste 2", False),
    ],
)
def test_in_a_note_of_the_checklist_a_code_that_is_said_is_one(text: str, *, given: bool) -> None:
    assert gives_code(text) == given


@pytest.mark.parametrize(
    "text",
    [
        "Saisi par le client",
        "Prêt !",
        "prêt!",
        "Noté par Julie à 14h30",
        "prêt le 24/11",
        "poste 2",
        "Le code est prêt",
        "",
        "Oublié",
        "Absent",
        "Code perdu",
        "Julie est en congés",
        "Indisponible.",
        "Superviseur absent",
        "Julie le demande",
    ],
)
def test_beside_an_access_plain_words_and_times_are_not(text: str) -> None:
    assert not seems_code(text)
