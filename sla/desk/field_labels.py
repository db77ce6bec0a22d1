"""The names of the fields that people fill in, and what each asks for when it is left empty."""

from collections.abc import Mapping

from sla.errors import Both, Missing

LABELS: Mapping[str, tuple[Both, Both]] = {
    field: (Both(french, english), Both(rule, rule_en))
    for field, french, english, rule, rule_en in (
        ("title", "En une phrase", "In one sentence", "dites en une phrase ce qui se passe", "say it in one sentence"),
        (
            "description",
            "Ce que vous faites, ce que vous voyez",
            "What you do, what you see",
            "décrivez ce que vous faites et ce que vous voyez",
            "describe what you do and what you see",
        ),
        ("item", "De quoi s’agit-il ?", "What is it about?", "choisissez une ligne de la liste", "choose a line"),
        ("severity", "Quelle gêne ?", "How bad is it?", "dites à quel point vous êtes gêné", "say how bad it is"),
        ("text", "Message", "Message", "écrivez un message", "write a message"),
        ("reason", "Raison", "Reason", "dites pourquoi", "say why"),
        (
            "perimeter",
            "Périmètre",
            "Scope",
            "décrivez ce que le temps estimatif couvre",
            "describe what the estimate covers",
        ),
        ("name", "Nom", "Name", "donnez un nom", "give a name"),
        ("email", "Adresse électronique", "E-mail address", "donnez une adresse", "give an address"),
        ("note", "Note", "Note", "écrivez une note", "write a note"),
        ("label", "Libellé", "Label", "donnez un libellé", "give a label"),
        ("day", "Date", "Date", "donnez une date", "give a date"),
        ("first_day", "Du", "From", "donnez une date", "give a date"),
        ("last_day", "Au", "To", "donnez une date", "give a date"),
        (
            "contest",
            "Pourquoi vous n’êtes pas d’accord",
            "Why you disagree",
            "dites pourquoi",
            "say why",
        ),
        ("url", "Adresse", "Address", "donnez une adresse", "give an address"),
        ("table", "Nature", "Kind", "dites de quoi il s’agit", "say what it is"),
        ("code", "Code", "Code", "donnez un code", "give a code"),
        (
            "minutes",
            "Durée réelle",
            "Real time",
            "donnez une durée, par exemple 1h45",
            "give a time, for instance 1h45",
        ),
        (
            "quarters",
            "Correction",
            "Correction",
            "écrivez une durée, par exemple 0h45",
            "write a duration, for instance 0h45",
        ),
        ("starts_at", "Début", "Start", "donnez une date et une heure", "give a date and a time"),
        ("ends_at", "Fin", "End", "donnez une date et une heure", "give a date and a time"),
        ("since", "Depuis", "Since", "donnez une date et une heure", "give a date and a time"),
        ("version", "Version qui corrige", "Fixed in version", "donnez la version", "give the version"),
        ("told", "Ce que les clients liront", "What clients read", "écrivez un message", "write a message"),
        ("technician", "Technicien", "Technician", "choisissez un technicien", "choose a technician"),
        ("level", "Qui paie", "Who pays", "choisissez une couverture", "choose a coverage"),
        ("condition", "Condition", "Condition", "choisissez une condition", "choose a condition"),
        ("done", "Ce qui a été fait", "What was done", "décrivez le travail fait", "describe the work done"),
        ("reference", "Référence chez l’éditeur", "Publisher’s reference", "donnez la référence", "give the reference"),
        ("role", "Rôle", "Role", "choisissez un rôle", "choose a role"),
        ("portal_role", "Rôle sur le portail", "Portal role", "choisissez un rôle", "choose a role"),
    )
}
FILL = Both("à remplir", "to be filled")


def label_of(field: str) -> str:
    """The name that a form shows for a field."""
    return label(field).fr


def label(field: str) -> Both:
    return LABELS[field][0] if field in LABELS else Both(field, field)


def missing(field: str) -> Missing:
    return Missing(field, label=label(field), rule=LABELS[field][1] if field in LABELS else FILL)
