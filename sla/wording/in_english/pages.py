"""What the portal's home, lists, forfaits, reports and sign-in say, French → English."""

PAGES = {
    # home and deposit
    "Accueil": "Home",
    "travail à accepter avant %(at)s": "work to accept by %(at)s",
    "temps estimatif %(time)s, à accepter avant %(at)s": "estimate of %(time)s, to accept by %(at)s",
    "par un valideur de votre société": "by an approver of your company",
    "attend l’ouverture d’un forfait d’heures": "waits for a pack of hours",
    "une question vous est posée": "you are asked a question",
    "Voir le travail": "See the work",
    "Voir l’estimatif": "See the estimate",
    "Voir la demande": "See the request",
    "Répondre": "Answer",
    "du ticket %(number)s": "of ticket %(number)s",
    "Déposer un ticket": "Submit a ticket",
    "Cherchez avec vos mots": "Search in your own words",
    "imprimante, clôture d’OF, mise à jour…": "printer, closing an order, update…",
    "Chercher": "Search",
    "Choisissez une ligne": "Choose a line",
    "Rien qui convienne ? Effacez la recherche : toutes les lignes du livret reviennent.": (
        "Nothing fits? Clear the search: every line of the booklet comes back."
    ),
    "Aucune ligne du livret ne répond à ces mots : choisissez-la dans la liste.": (
        "No line of the booklet answers to these words: choose it from the list."
    ),
    "Un répartiteur décide, et vous répond.": "A dispatcher decides, and answers you.",
    "Pas d’accord avec qui paie ?": "You disagree with who pays?",
    "Envoyer le ticket": "Send the ticket",
    "Voir le délai avant d’envoyer": "See the deadline before sending",
    "Ne mettez ni code ni mot de passe.": "Give no code and no password.",
    "Avant l’envoi": "Before you send",
    "Dites de quoi il s’agit et quelle est la gêne : qui paie, quand l’horloge démarre et pour quand une réponse est "
    "promise s’affichent ici.": (
        "Say what it is about and how bad it is: who pays, when the clock starts and by when an answer is promised "
        "are shown here."
    ),
    "à la reprise du support": "when support opens again",
    "Qui paie": "Who pays",
    "Forfaits en vente : %(list)s h. Rien n’est perdu : votre demande est gardée, et reprend d’elle-même dès "
    "qu’un forfait est ouvert.": (
        "Packs on sale: %(list)s h. Nothing is lost: your request is kept, and goes on by itself as soon as a "
        "pack is opened."
    ),
    "Forfait d’heures": "Prepaid hours",
    "Aucun forfait en cours de validité : les demandes de TMA attendent l’ouverture d’un forfait.": (
        "No pack is running: TMA requests wait for one."
    ),
    "Forfait de %(hours)s demandé par %(author)s.": "Pack of %(hours)s asked for by %(author)s.",
    "Tous les forfaits": "All packs",
    "Demander un forfait": "Ask for a pack",
    "Vos tickets": "Your tickets",
    "Les suivants": "More",
    "Ce que vous déposez ci-dessus apparaît ici.": "What you submit above appears here.",
    # lists
    "Tickets": "Tickets",
    "En cours": "Open",
    "Clos": "Closed",
    "Chercher un ticket": "Search for a ticket",
    "Un mot, un numéro": "A word, a number",
    "%(found)s pour « %(text)s ».": "%(found)s for “%(text)s”.",
    "ticket trouvé": "ticket found",
    "tickets trouvés": "tickets found",
    "Tout voir": "See all",
    "Voir les tickets en cours": "See the open tickets",
    "Voir les tickets clos": "See the closed tickets",
    "Liste": "List",
    "Aucun ticket clos": "No closed ticket",
    "Aucun ticket en cours": "No open ticket",
    "Aucun ticket clos ne répond à ces mots": "No closed ticket matches these words",
    "Aucun ticket en cours ne répond à ces mots": "No open ticket matches these words",
    "Précédents": "Previous",
    "Suivants": "Next",
    "Page %(page)s sur %(pages)s": "Page %(page)s of %(pages)s",
    "État": "State",
    "À qui le tour": "Whose turn",
    "Prochaine échéance": "Next deadline",
    "À accepter avant %(at)s, sinon clos sans réponse": "To accept by %(at)s, or closed without an answer",
    "Offre valable jusqu’au %(at)s": "Offer valid until %(at)s",
    "Reprend dès qu’un forfait est ouvert": "Goes on once a pack is opened",
    "Reprend le %(at)s": "Goes on %(at)s",
    "Reprend à votre réponse": "Goes on when you answer",
    "Suivi dans le ticket nº %(number)s": "Followed in ticket No. %(number)s",
    "%(clock)s promise pour %(at)s, en retard": "%(clock)s promised for %(at)s, late",
    "%(clock)s garantie avant %(at)s": "%(clock)s guaranteed by %(at)s",
    "Suivi régulier jusqu’à la réponse de l’éditeur": "Followed up until the publisher answers",
    "Résolu le %(at)s": "Resolved %(at)s",
    "Accepter, avec réserves, refuser": "Accept, with reservations, refuse",
    "Temps estimatif %(time)s à décider": "Estimate of %(time)s to decide on",
    "Un forfait d’heures est nécessaire": "Prepaid hours are needed",
    "À personne, jusqu’à votre date": "Nobody’s, until your date",
    "Une question vous est posée": "You are asked a question",
    "Temps estimatif à accepter": "Estimate to accept",
    "En attente d’un forfait": "Waiting for a pack",
    "En pause, à votre demande": "Paused, as you asked",
    # forfaits
    "Forfaits": "Packs",
    "Forfaits d’heures": "Prepaid hours",
    "solde utilisable aujourd’hui : <b>%(left)s</b>": "balance to use today: <b>%(left)s</b>",
    "Relevé en PDF": "Statement as PDF",
    "Heures rendues : %(hours)s": "Hours given back: %(hours)s",
    "Leur forfait était terminé : elles s’ajouteront au prochain.": (
        "Their pack had ended: they will be added to the next one."
    ),
    "Heures dues : %(hours)s": "Hours owed: %(hours)s",
    "Travaillées au-delà des forfaits, elles seront prises en premier sur le prochain.": (
        "Worked beyond the packs, they will come first off the next one."
    ),
    "Renouveler": "Renew",
    "Ouvrir un forfait": "Open a pack",
    "Forfait %(hours)s": "Pack of %(hours)s",
    "du %(first)s au %(last)s": "%(first)s to %(last)s",
    ", à venir": ", to come",
    ", terminé": ", ended",
    "Mouvements du forfait": "Movements of the pack",
    "Mouvement": "Movement",
    "Intervention": "Intervention",
    "Intervention de %(technician)s": "Intervention by %(technician)s",
    "Les mouvements sont visibles du valideur et du référent du compte.": (
        "Movements are shown to the approver and the account holder."
    ),
    "Tout quart d’heure entamé est décompté, une fois par technicien, ticket et jour : deux lignes du même jour "
    "s’arrondissent ensemble.": (
        "Each started quarter-hour is taken, once a technician, ticket and day: two lines of one day are rounded "
        "together."
    ),
    "Aucun forfait": "No pack",
    "Vos demandes comprises dans le contrat de maintenance ne consomment aucune heure.": (
        "Requests included in your maintenance contract consume no hour."
    ),
    "Le support reçoit votre demande et ouvre le forfait. Les demandes en attente reprennent alors d’elles-mêmes.": (
        "Support gets your request and opens the pack. Requests that wait then go on by themselves."
    ),
    "Demander %(hours)s h": "Ask for %(hours)s h",
    "Le valideur ou le référent du compte de votre société peut demander un forfait de %(list)s h.": (
        "The approver or the account holder of your company can ask for a pack of %(list)s h."
    ),
    "Forfait de %(hours)s demandé": "Pack of %(hours)s asked for",
    "par %(author)s, %(at)s. Le support doit encore répondre.": "by %(author)s, %(at)s. Support has yet to answer.",
    "Retirer la demande": "Take the request back",
    "À ce rythme": "At this pace",
    "Il est trop tôt pour prévoir : il faut deux semaines de demandes.": (
        "It is too early to forecast: two weeks of requests are needed."
    ),
    "Il ne reste rien à prévoir.": "Nothing is left to forecast.",
    "Épuisé vers le <b>%(day)s</b>": "Used up around <b>%(day)s</b>",
    ", entre le %(low)s et le %(high)s": ", between %(low)s and %(high)s",
    ", 8 fois sur 10": ", 8 times out of 10",
    ", pas avant le %(low)s": ", not before %(low)s",
    ", 9 fois sur 10": ", 9 times out of 10",
    "Les heures tiendront sans doute jusqu’au terme ; au plus tôt, elles seraient épuisées le %(low)s.": (
        "The hours will probably last; at the earliest they would be used up on %(low)s."
    ),
    "Les heures tiendront jusqu’au terme.": "The hours will last.",
    "Au terme, il resterait <b>%(hours)s</b> sans usage": "Unused at the end: <b>%(hours)s</b>",
    ", entre %(low)s et %(high)s": ", between %(low)s and %(high)s",
    "Sur moins de huit semaines, ce n’est qu’une indication.": "From less than eight weeks it is only an indication.",
    "%(time)s par semaine, d’après %(days)s jours ouvrés depuis le %(since)s.": (
        "%(time)s a week, from %(days)s working days since %(since)s."
    ),
    "Contrat": "Contract",
    "Contrats": "Contracts",
    "Maintenance": "Maintenance",
    "Tierce maintenance applicative": "Third-party application maintenance (TMA)",
    "jusqu’au %(day)s, ce jour compris": "until %(day)s, that day included",
    "Fin proche": "Ends soon",
    "Aucun contrat de maintenance en cours.": "No maintenance contract is running.",
    "Vos demandes sont gardées ; un répartiteur décide de chacune.": "Your requests are kept; a dispatcher decides.",
    # reports
    "Rapport d’intervention": "Intervention report",
    "Rapport d’intervention d’étape": "Interim intervention report",
    "Rapport d’étape.": "Interim report.",
    "Le travail se poursuit.": "The work goes on.",
    "Ce qui a été fait": "What was done",
    "Périmètre": "Scope",
    "Ce qui reste à faire": "What is left to do",
    "Rien.": "Nothing.",
    "Temps passé": "Time spent",
    "Jour": "Day",
    "Technicien": "Technician",
    "Périodes": "Stretches",
    "<b>%(time)s</b> de travail, décompte de <b>%(taken)s</b>.": "<b>%(time)s</b> of work, <b>%(taken)s</b> taken.",
    "Il restait <b>%(left)s</b> sur vos forfaits.": "Left on your packs: <b>%(left)s</b>.",
    "Il restait <b>%(left)s</b> sur vos forfaits ; heures dues : <b>%(owed)s</b>.": (
        "Left on your packs: <b>%(left)s</b>; hours owed: <b>%(owed)s</b>."
    ),
    "Forfait %(hours)s, jusqu’au %(last)s : <b>%(left)s</b>": "Pack of %(hours)s, until %(last)s: <b>%(left)s</b>",
    "Aucun temps n’a été saisi.": "No time was logged.",
    "%(day)s : %(time)s à la charge du support, qui corrige son erreur, sans décompte.": (
        "%(day)s: %(time)s borne by support, which puts its own error right; no hours are taken."
    ),
    "Temps de travail encore à confirmer, qui n’y figure pas : %(time)s.": (
        "Time still to be confirmed, not included here: %(time)s."
    ),
}
