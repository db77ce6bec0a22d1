"""The manager's forms. What they accept is for the verbs to say."""

import re

from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput

from sla import wording
from sla.contract.worked_time import parse_worked
from sla.desk.field_labels import missing
from sla.errors import BadDuration, Both, Missing
from sla.ticket.facts import Kind
from sla.web.asked import MUST, Asked

DAY = {"type": "date"}
LONGEST = 10**8
"""Minutes: what no correction is, is for the desk to say."""
NOTHING = re.compile(r"0+(?:h0*|[.,]0+)?")
UNREAD = Both(
    "« {value} » n’est pas une durée : écrivez-la sans signe, par exemple 0h45.",
    "“{value}” is not a duration: write it without a sign, for instance 0h45.",
)
UNEVEN = Both(
    "« {value} » ne tombe pas sur un quart d’heure, et les forfaits se comptent ainsi : écrivez par exemple 0h45, 1h.",
    "“{value}” is no whole number of quarter-hours, by which packs are counted: write for instance 0h45, 1h.",
)
WAYS = {"give": 1, "take": -1}
WAY = Both("Sens", "Direction"), Both("choisissez entre rendre et retirer", "choose between giving back and taking off")


class Ticked(SelectMultipleField):
    """Several of a list, each with a box to tick."""

    option_widget = CheckboxInput()


class AddCompany(Asked):
    name = StringField("Nom de la société", MUST, id="company-name")


class SignContract(Asked):
    level = RadioField(
        "Niveau de service",
        choices=[SelectChoice("maintenance", "maintenance"), SelectChoice("tma", "TMA")],
        default="maintenance",
    )
    first_day = StringField("Premier jour", id="contract-first", render_kw=DAY, description="Vide\u00a0: aujourd’hui.")
    last_day = StringField(
        "Dernier jour", id="contract-last", render_kw=DAY, description="Vide\u00a0: un an plus tard."
    )


class MoveContractEnd(Asked):
    last_day = StringField("Dernier jour", MUST, render_kw=DAY, description="Ce jour compris, aujourd’hui au plus tôt.")
    reason = StringField("Raison", MUST, description="Le client la lira.")


class CancelContract(Asked):
    reason = StringField("Raison", MUST, description="Le client la lira.")


class AddPerson(Asked):
    name = StringField("Nom", MUST, id="person-name")
    email = StringField("Adresse électronique", MUST, id="person-email", render_kw={"type": "email"})
    phone = StringField("Téléphone", id="person-phone", render_kw={"type": "tel"})
    portal_role = SelectField(
        "Rôle sur le portail",
        MUST,
        choices=[SelectChoice(code, wording.label("role", code)) for code in ("requester", "approver", "account")],
        validate_choice=False,
    )
    language = SelectField(
        "Langue du portail et des courriels",
        MUST,
        id="person-language",
        choices=[SelectChoice("fr", "Français"), SelectChoice("en", "Anglais")],
        validate_choice=False,
    )


class BuyHours(Asked):
    hours = SelectField("Forfait", MUST, validate_choice=False)
    first_day = StringField("Premier jour", id="pack-first", render_kw=DAY, description="Vide\u00a0: aujourd’hui.")


class CorrectHours(Asked):
    way = RadioField(
        "Sens",
        choices=[SelectChoice("give", "Rendre au client"), SelectChoice("take", "Retirer du forfait")],
        validate_choice=False,
    )
    quarters = StringField("Durée", MUST, description="Par quart d’heure\u00a0: 1h30, 0h45.")
    reason = StringField("Raison", MUST, description="Le client la lira sur son forfait.")


class DeclineHours(Asked):
    reason = StringField("Pourquoi non", MUST, id="decline-hours-reason", description="Le client la lira.")


class AddEndpoint(Asked):
    url = StringField(
        "Adresse", MUST, id="endpoint-url", render_kw={"type": "url", "placeholder": "https://exemple.fr/webhooks"}
    )
    label = StringField("Nom", id="endpoint-label", description="Vide\u00a0: le nom de la machine.")
    events = Ticked(
        "Événements",
        choices=[SelectChoice(kind.value, wording.label("event", kind)) for kind in Kind],
        validate_choice=False,
    )


class ReplaySince(Asked):
    since = StringField("Depuis", MUST, id="replay-since", render_kw={"type": "datetime-local"})


class Bare(Asked):
    """A verb that needs nothing typed."""


def typed_quarters(way: str, text: str) -> int:
    """Quarter-hours, below zero where they are taken off, from « 1h30 ». Missing or BadDuration unless whole quarters
    one way or the other: a duration alone would be a gift where a withdrawal was meant."""
    if way not in WAYS:
        raise Missing("way", label=WAY[0], rule=WAY[1])
    shown = text.strip()
    if not shown:
        raise missing("quarters")
    try:
        minutes = 0 if NOTHING.fullmatch(shown) else parse_worked(shown, LONGEST)
    except ValueError as error:
        raise BadDuration("quarters", rule=_said(UNREAD, shown)) from error
    if minutes % 15:
        raise BadDuration("quarters", rule=_said(UNEVEN, f"{shown} min" if shown.isdigit() else shown))
    return WAYS[way] * minutes // 15


def _said(rule: Both, shown: str) -> Both:
    return Both(*(each.format(value=shown[:60]) for each in rule))
