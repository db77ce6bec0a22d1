"""Instants that the calendar, a diary or the past does not allow."""

from sla.errors.refused import Refused


class SupportClosed(Refused):
    code = "support_closed"
    fr = "Le support est fermé {value} : choisissez un instant d’ouverture, par exemple {suggestion}."
    en = "Support is closed {value}: choose an opening instant, for instance {suggestion}."


class PastClosing(SupportClosed):
    """It begins while support is open, and would not have ended when it closes."""

    fr = "Commencé {value}, ce rendez-vous finirait à {until}, après la fermeture : choisissez {suggestion}."
    en = "Begun {value}, this appointment would end at {until}, after closing: choose {suggestion}."


class UnfitInstant(Refused):
    """Understood, and not what can be: an end before its beginning, a day that no month has, a date out of reach."""

    code = "unfit_instant"
    fr = "« {value} » ne convient pas : {rule}."
    en = "“{value}” won’t do: {rule}."


class InThePast(Refused):
    code = "in_the_past"
    fr = "« {value} » est déjà passé : choisissez un instant à venir."
    en = "“{value}” has passed already: choose an instant to come."


class StillAhead(Refused):
    code, status = "still_ahead", 409
    fr = "Ce rendez-vous est à venir, {at} : il ne peut pas être déjà manqué. Déplacez-le ou annulez-le."
    en = "This appointment is still to come, {at}: it can’t have been missed. Move it or cancel it."


class InTheFuture(Refused):
    code = "in_the_future"
    fr = "« {value} » n’est pas encore passé : on ne saisit que du temps travaillé."
    en = "“{value}” has not passed yet: only time worked can be typed."


class PastMidnight(Refused):
    code = "past_midnight"
    fr = "Ce temps passe minuit ({value}) : une intervention est d’un jour. Saisissez chaque jour ce qui est le sien."
    en = "This time goes past midnight ({value}): an intervention is of one day. Type for each day what is its own."


class BeforeDeposit(Refused):
    code = "before_deposit"
    fr = "« {value} » est d’un jour d’avant le dépôt du ticket ({deposited}) : vérifiez le ticket et la date."
    en = "“{value}” is of a day before the ticket was deposited ({deposited}): check the ticket and the date."


class Busy(Refused):
    """`first`: to support, whose appointment is in the way and who agreed on it."""

    code = "busy"
    fr = "{technician} a déjà un rendez-vous de {since} à {until}{first} : choisissez un autre instant."
    en = "{technician} already has an appointment from {since} to {until}{first}: choose another instant."


class Away(Refused):
    code = "away"
    fr = "{technician} n’est pas là à ce moment, et revient {back} : choisissez un autre instant."
    en = "{technician} is away then, and is back {back}: choose another instant."


class Overlap(Refused):
    code = "overlap"
    fr = (
        "{technician} a déjà du temps saisi de {since} à {until} sur le ticket nº {ticket} : corrigez "
        "l’heure de début ou la durée."
    )
    en = "{technician} already has time from {since} to {until} on ticket {ticket}: mend the start or the duration."
