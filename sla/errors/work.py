"""Time, estimates and readiness: what can't begin, be counted or be decided as asked."""

from sla.errors.refused import Refused


class TimerRuns(Refused):
    """One timer runs a technician."""

    code, status = "timer_runs", 409
    fr = "Votre minuteur tourne déjà sur le ticket nº {ticket} depuis {since} : arrêtez-le d’abord."
    en = "Your timer already runs on ticket {ticket} since {since}: stop it first."


class NoTimer(Refused):
    code, status = "no_timer", 409
    fr = "Aucun minuteur ne tourne pour vous sur le ticket nº {ticket}. S’il s’est arrêté, confirmez son temps."
    en = "No timer of yours runs on ticket {ticket}. If it has stopped, confirm its time."


class NotYourTime(Refused):
    code, status = "not_your_time", 403
    fr = "Ce temps appartient à {technician} : seul son technicien, ou un responsable, peut le corriger."
    en = "This time is {technician}’s: only its technician, or a manager, can put it right."


class NotYoursToConfirm(Refused):
    code, status = "not_yours_to_confirm", 403
    fr = "Ce temps appartient à {technician} : un autre technicien ne peut ni le confirmer ni l’écarter."
    en = "This time is {technician}’s: another technician can neither confirm it nor set it aside."


class UnconfirmedTime(Refused):
    code, status = "unconfirmed_time", 409
    fr = (
        "Du temps reste à confirmer sur le ticket nº {ticket} : {technician}, de {since} à {until}, {time}. Confirmez-"
        "le ou écartez-le d’abord ; un rapport d’étape, lui, peut partir."
    )
    en = (
        "Time is still to be confirmed on ticket {ticket}: {technician}, {since} to {until}, {time}. Confirm it or set "
        "it aside first; an interim report can be sent."
    )


class OtherDay(Refused):
    code = "other_day"
    fr = (
        "Une correction reste dans la journée du travail ({day}) : pour un autre jour, retirez ce temps et saisissez-"
        "le à sa date."
    )
    en = "A correction stays within the day of the work ({day}): for another day, take this time back and log it anew."


class CorrectedSince(Refused):
    code, status = "corrected_since", 409
    fr = "Ce temps a déjà été corrigé ({value}) : rechargez la page, et corrigez ce qui en tient lieu."
    en = "This time has been corrected already ({value}): reload the page, and correct what stands in its place."


class NothingToAdjust(Refused):
    code = "nothing_to_adjust"
    fr = (
        "Une erreur du support se marque sur l’ajustement d’un travail rendu : le ticket nº {ticket} n’est pas revenu "
        "de la recette."
    )
    en = (
        "Support’s own error is marked on adjustments to work that was delivered: ticket {ticket} has not come back "
        "from acceptance."
    )


class EstimateNeeded(Refused):
    code, status = "estimate_needed", 409
    fr = "Au-delà de {size}, un travail de TMA commence après l’accord du client sur un temps estimatif : {what}."
    en = "Beyond {size}, TMA work begins once the client has accepted an estimate: {what}."


class EstimateBelowWork(Refused):
    code = "estimate_below_work"
    fr = (
        "{value}, c’est moins que le travail déjà fait ({worked}) : un temps estimatif vaut pour tout le ticket, ce "
        "qui est fait compris."
    )
    en = "{value} is less than the work done already ({worked}): an estimate is for the whole ticket, that included."


class HoursNeeded(Refused):
    code, status = "hours_needed", 409
    fr = (
        "Ce ticket attend un forfait d’heures : le travail commence quand le client en a un. Ce qui est déjà fait se "
        "saisit, et reste à devoir."
    )
    en = (
        "This ticket waits for prepaid hours: work begins once the client has some. What is done already can be "
        "logged, and is owed."
    )


class OverFourHours(Refused):
    """Asked first, so that nobody hands a request over by a slip of the finger."""

    code, status = "over_four_hours", 409
    fr = "{value} dépasse ce que la TMA prend ({limit}) : revoyez le périmètre, ou transmettez au service déploiement."
    en = "{value} is beyond what TMA takes ({limit}): review the scope, or hand it to the deployment desk."


class AskApprover(Refused):
    code, status = "ask_approver", 403
    fr = "Cette décision engage les heures de votre société : demandez-la à {names}."
    en = "This decision spends your company’s hours: ask {names} for it."


class Unready(Refused):
    code, status = "unready", 409
    fr = "Avant toute prise en main, il reste à répondre à « {items} », sous « Avant l’intervention »."
    en = "Before any remote session “{items}” is still to be answered, under “Before the intervention”."
