"""What is not sold, not mastered."""

from sla.errors.refused import Refused


class NotOnSale(Refused):
    code = "not_on_sale"
    fr = "Aucun forfait de {value} h n’est en vente : choisissez parmi {choices} h."
    en = "No pack of {value} h is on sale: choose among {choices} h."


class NotMastered(Refused):
    code = "not_mastered"
    fr = "{technician} ne maîtrise pas {skill} : choisissez parmi {choices}."
    en = "{technician} does not master {skill}: choose among {choices}."
