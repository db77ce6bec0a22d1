"""The forms by which a dispatcher steers a ticket."""

from collections import Counter
from collections.abc import Sequence

from wtforms import BooleanField, Form, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from sla import wording
from sla.contract.catalogue import Catalogue
from sla.contract.service_item import Coverage
from sla.contract.targets import Severity
from sla.web.asked import MUST, Asked
from sla.web.warning import Warned

AS_IS = SelectChoice("", "Sans changement")


class Escalate(Warned):
    reason = TextAreaField("Pourquoi le déploiement", MUST, id="escalate-reason", description="Le client la lira.")


class Decline(Warned):
    reason = TextAreaField("Pourquoi ce n’est pas traité", MUST, id="decline-reason", description="Le client la lira.")


class Qualify(Warned):
    item = SelectField("Prestation", id="qualify-item", validate_choice=False)
    severity = SelectField("Gravité", id="qualify-severity", validate_choice=False)
    level = SelectField("Qui paie", id="qualify-level", validate_choice=False)
    reason = TextAreaField("Raison", MUST, id="qualify-reason", description="Le client la lira.")


class Uphold(Warned):
    reason = TextAreaField("Pourquoi elle reste ainsi", MUST, id="uphold-reason", description="Le client la lira.")


class Assign(Asked):
    technician = SelectField("Technicien", MUST, id="assign-technician", coerce=str, validate_choice=False)
    reason = StringField("Raison", id="assign-reason", description="Pour l’équipe\u00a0: elle reste dans l’historique.")
    pinned = BooleanField("Épingler\u00a0: le plan ne le déplacera plus", id="assign-pinned")
    seen_seq = HiddenField()


def offer_people(form: Form, people: Sequence[tuple[int, str]], own: int | None) -> None:
    """Who can be named, with whom to begin."""
    form.technician.choices = [SelectChoice(str(number), name) for number, name in people]
    if form.technician.data in (None, "None"):
        form.technician.data = str(own or "")


def fill_qualify(form: Form, catalogue: Catalogue) -> None:
    held = Counter(item.label for item in catalogue)
    lines = [
        SelectChoice(
            item.code,
            f"{item.label} ({item.section})" if held[item.label] > 1 else item.label,  # once chosen, no heading shows
            optgroup=item.section,
        )
        for item in catalogue
    ]
    form.item.choices = [AS_IS, *sorted(lines, key=lambda line: _first(line.optgroup, lines))]
    form.severity.choices = [AS_IS, *(SelectChoice(each.value, wording.label("severity", each)) for each in Severity)]
    form.level.choices = [AS_IS, *(SelectChoice(each.value, wording.label("level", each)) for each in Coverage)]


def _first(group: str | None, lines: Sequence[SelectChoice]) -> int:
    """Where a group first stands: its lines are kept together, in the booklet's order."""
    return next(index for index, line in enumerate(lines) if line.optgroup == group)
