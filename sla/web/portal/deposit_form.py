"""The deposit form's fields, and the booklet's lines as its first one offers them."""

import secrets

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from sla import wording
from sla.contract.catalogue import Catalogue
from sla.contract.service_item import ServiceItem
from sla.contract.targets import Severity
from sla.desk.field_labels import label_of

UNCHOSEN = "Choisissez une ligne"
ANYTHING_ELSE = {"fr": "Autre demande\u00a0: ", "en": "Another request: "}
MOST_FOUND = 6


def own_key() -> str:
    """What a form is known by when it is sent twice."""
    return secrets.token_urlsafe(12)


class DepositForm(FlaskForm):
    """What the verb checks is not checked here; the choices of `item` are given by the page."""

    item = SelectField(label_of("item"), [InputRequired()], choices=[], validate_choice=False, default="")
    words = StringField("Cherchez avec vos mots")
    title = StringField(label_of("title"), [InputRequired()])
    description = TextAreaField(label_of("description"), [InputRequired()])
    severity = RadioField(
        label_of("severity"),
        [InputRequired()],
        choices=[SelectChoice(each.value, wording.label("severity", each)) for each in Severity],
        validate_choice=False,
    )
    contest = TextAreaField(label_of("contest"), description="Un répartiteur décide, et vous répond.")
    sure = HiddenField()
    once = HiddenField(default=own_key)


def offered_lines(catalogue: Catalogue, lang: str) -> list[SelectChoice]:
    """The lines by family, in the booklet's order; the summary line comes last, for what no detailed line names."""
    choices = [SelectChoice("", wording.translated(UNCHOSEN, lang))]

    def name(line: ServiceItem) -> str:
        return line.label_en if lang == "en" else line.label

    for family in catalogue.families():
        group = name(family.summary)
        details = [line for line in family.lines if not line.summary]
        choices += [SelectChoice(line.code, name(line), optgroup=group) for line in details]
        own = f"{ANYTHING_ELSE[lang]}{group}" if details else group
        choices.append(SelectChoice(family.summary.code, own, optgroup=group))
    return choices


def found_lines(catalogue: Catalogue, words: str, chosen: str) -> list[ServiceItem]:
    """The lines that a client's words find, best first, with the one already chosen before them; empty: none."""
    found = [line for line in catalogue.search(words)[:MOST_FOUND] if line.code != chosen]
    return [catalogue.get(chosen), *found] if found and chosen in catalogue else found
