"""What a ticket's page says to its client, French → English."""

TICKET = {
    "Ce que vous aviez écrit": "What you had written",
    "Ce ticket est regroupé avec le nº %(number)s.": "This ticket was merged into No. %(number)s.",
    "C’est là qu’il est suivi, et là qu’il faut écrire.": "It is followed there, and that is where to write.",
    "Voir le ticket nº %(number)s": "See ticket No. %(number)s",
    "Nous reprenons %(at)s": "We go on %(at)s",
    "D’ici là, le délai de résolution est en pause ; il repart de lui-même.": (
        "Until then the time to resolve is paused; it starts again by itself."
    ),
    "Reprendre dès maintenant": "Go on now",
    "Temps estimatif : %(time)s": "Estimate: %(time)s",
    "Offre valable jusqu’au %(at)s.": "Offer valid until %(at)s.",
    "Solde de vos forfaits : %(left)s.": "Balance of your packs: %(left)s.",
    "Solde de vos forfaits : <b>%(left)s</b>.": "Balance of your packs: <b>%(left)s</b>.",
    "Solde de vos forfaits : <b>%(left)s</b> ; heures dues : %(owed)s.": (
        "Balance of your packs: <b>%(left)s</b>; hours owed: %(owed)s."
    ),
    "Accepter": "Accept",
    "Refuser": "Decline",
    "Poser une question": "Ask a question",
    "un valideur de votre société": "an approver of your company",
    "À décider par %(names)s. Les travaux commencent après cet accord.": (
        "To be decided by %(names)s. The work begins once it is accepted."
    ),
    "Travail à accepter": "Work to accept",
    "Essayez ce qui a été fait, puis dites ce qu’il en est avant <b>%(at)s</b> ; sans réponse, le ticket se clôt. Vous "
    "pourrez toujours le rouvrir.": (
        "Try what was done, then say how it is by <b>%(at)s</b>; without an answer the ticket closes. You can "
        "always reopen it."
    ),
    "Les ajustements après réserves sont décomptés de votre forfait, sauf s’ils relèvent d’une erreur du support.": (
        "Adjustments after reservations come off your pack, unless the error was support’s own."
    ),
    "J’accepte": "I accept",
    "J’accepte avec réserves": "I accept with reservations",
    "Je refuse": "I refuse",
    "Votre ticket est reçu": "Your ticket is received",
    "La première réponse est en retard": "The first answer is late",
    "Elle vous était promise pour %(at)s.": "It was promised for %(at)s.",
    "Échanges et actions": "Messages and actions",
    "Lire le rapport": "Read the report",
    "Écrire au support": "Write to support",
    "Envoyer au support": "Send to support",
    "Rouvrir le ticket": "Reopen the ticket",
    "Le problème réapparaît ? Rouvrez à tout moment, sans limite de temps.": (
        "The problem is back? Reopen at any time, without limit."
    ),
    "Un point nous a échappé ? Rouvrez en le précisant.": "Did we miss something? Reopen and tell us.",
    "Rouvrir": "Reopen",
    "Où en est la demande": "Where the request stands",
    "En pause jusqu’à la date que vous avez choisie": "Paused until the date that you chose",
    "À personne, jusqu’à cette date": "Nobody’s, until that date",
    "À votre société : %(names)s": "Your company’s: %(names)s",
    "Ce qui vous est promis": "What you are promised",
    "%(time)s de travail.": "%(time)s of work.",
    "%(time)s de travail, décompte de <b>%(taken)s</b>.": "%(time)s of work, <b>%(taken)s</b> taken.",
    "Vous n’êtes pas d’accord : un répartiteur décide et vous répond.": (
        "You disagree: a dispatcher decides and answers you."
    ),
    "Contester": "Disagree",
    "Prise en main réservée": "Remote session booked",
    "Rappel convenu": "Callback agreed",
    "avec %(name)s": "with %(name)s",
    "Manquée, toujours due": "Missed, still owed",
    "Manqué, toujours dû": "Missed, still owed",
    "Déplacer": "Move",
    "Déplacer le rappel": "Move the callback",
    "Déplacer la prise en main": "Move the remote session",
    "Entièrement aux heures d’ouverture. Pour y renoncer, écrivez-le au support.": (
        "Wholly within opening hours. To do without it, write to support."
    ),
    "Annuler": "Cancel",
    "Annuler le rappel": "Cancel the callback",
    "Être rappelé": "Be called back",
    "Convenir du rappel": "Agree on the callback",
    "Un temps estimatif est demandé : il arrivera ici et par courriel.": (
        "An estimate is asked for: it will come here and by e-mail."
    ),
    "Un rapport d’étape est demandé : il arrivera ici et par courriel.": (
        "An interim report is asked for: it will come here and by e-mail."
    ),
    "Demander un rapport d’étape": "Ask for an interim report",
    "Demander": "Ask",
    "Choisir une autre date de reprise": "Choose another date to go on",
    "Reprendre à une date que je choisis": "Go on at a date of my choice",
    "Convenir de la date": "Agree on the date",
    "Demander un temps estimatif": "Ask for an estimate",
    # clocks
    "Pourquoi cette échéance ?": "Why this deadline?",
    "Seules comptent les heures d’ouverture du support ; chaque période laissée de côté porte sa raison.": (
        "Only support’s opening hours count; each stretch that is left out bears its reason."
    ),
    "%(time)s, à tenir avant <b>%(at)s</b>": "%(time)s, due by <b>%(at)s</b>",
    "%(spent)s sur %(target)s, fin %(at)s": "%(spent)s out of %(target)s, ended %(at)s",
    "%(spent)s sur %(target)s, horloge arrêtée": "%(spent)s out of %(target)s, clock stopped",
    "Rien n’est encore compté.": "Nothing is counted yet.",
    "repart à votre réponse": "goes on when you answer",
    "repart à votre décision": "goes on when you decide",
    "repart dès qu’un forfait est ouvert": "goes on once a pack is opened",
    "attend l’éditeur": "waits for the publisher",
    "repart à la date choisie": "goes on at the date chosen",
    "en pause": "paused",
    # the thread
    "En attente de votre réponse": "Waiting for your answer",
    "Condition remplie : %(text)s": "Condition met: %(text)s",
    "Condition non remplie : %(text)s": "Condition not met: %(text)s",
    "Possible à la place : %(what)s.": "Possible instead: %(what)s.",
    "En attente de votre décision sur le temps estimatif": "Waiting for your decision on the estimate",
    "En attente de l’ouverture d’un forfait": "Waiting for a pack to be opened",
    "En pause jusqu’à la date choisie, reprise %(at)s": "Paused until the date chosen, goes on %(at)s",
    "périmètre non défini": "scope not defined",
    "%(what)s pour %(at)s": "%(what)s for %(at)s",
    "%(what)s : %(text)s": "%(what)s: %(text)s",
    "%(what)s, nº %(number)s": "%(what)s, No. %(number)s",
    "%(what)s, référence %(reference)s": "%(what)s, reference %(reference)s",
    "%(what)s par %(author)s": "%(what)s by %(author)s",
    "%(what)s par %(author)s : %(text)s": "%(what)s by %(author)s: %(text)s",
    # before an intervention
    "Avant l’intervention": "Before the intervention",
    "%(said)s sur %(all)s": "%(said)s of %(all)s",
    "réponse": "answer",
    "réponses": "answers",
    "Prise en main bloquée : %(missing)s.": "Remote session held up: %(missing)s.",
    "réponse manque": "answer is missing",
    "réponses manquent": "answers are missing",
    "Changer une réponse": "Change an answer",
    "Précision": "Detail",
    "Précision, ou ce qui manque": "Detail, or what is missing",
    "Ni code ni mot de passe : dites seulement qu’il est prêt.": "No code and no password: only say that it is ready.",
    "Enregistrer": "Save",
}
