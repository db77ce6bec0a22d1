"""What the portal's forms ask and what it answers to an act, and signing in, French → English."""

ACTS = {
    "Votre message": "Your message",
    "Ni code ni mot de passe.": "No code and no password.",
    "Un mot pour le support": "A word for support",
    "Nécessaire pour poser une question.": "Needed to ask a question.",
    "Vos réserves, ou ce qui ne va pas": "Your reservations, or what is wrong",
    "Nécessaire avec des réserves ou un refus.": "Needed with reservations or a refusal.",
    "Pourquoi vous n’êtes pas d’accord": "Why you disagree",
    "Ce qui réapparaît": "What is back",
    "Ce qui nous a échappé": "What we missed",
    "Le travail à estimer": "The work to estimate",
    "Ce que vous voulez y lire": "What you want to read in it",
    "Premiers créneaux libres": "First free slots",
    "Ou un autre instant": "Or another instant",
    "Entièrement aux heures d’ouverture.": "Within opening hours.",
    "À propos de quoi": "What about",
    "Nouvel instant": "New instant",
    "Pourquoi": "Why",
    "Pourquoi l’annuler": "Why cancel it",
    "Reprendre le": "Start again on",
    "après le délai promis": "after the promised deadline",
    "En une phrase": "In one sentence",
    "Ce que vous faites, ce que vous voyez": "What you do, what you see",
    "De quoi s’agit-il ?": "What is it about?",
    "Quelle gêne ?": "How bad is it?",
    "bloquant": "blocking",
    "majeur": "major",
    "mineur": "minor",
    "question": "question",
    # what was done
    "Votre ticket est reçu sous le nº %(number)s.": "Your ticket is received as No. %(number)s.",
    "Votre message est envoyé.": "Your message is sent.",
    "Travail accepté, le ticket est clos.": "Work accepted, the ticket is closed.",
    "Vos réserves sont transmises au support.": "Your reservations are handed to support.",
    "Le travail revient au support.": "The work goes back to support.",
    "Temps estimatif accepté.": "Estimate accepted.",
    "Temps estimatif refusé.": "Estimate declined.",
    "Votre question est envoyée.": "Your question is sent.",
    "Votre désaccord est transmis : un répartiteur décide et vous répond.": (
        "Your disagreement is handed on: a dispatcher decides and answers you."
    ),
    "Le ticket est rouvert.": "The ticket is reopened.",
    "Votre demande est envoyée.": "Your request is sent.",
    "Votre demande de rapport est envoyée.": "Your request for a report is sent.",
    "Le rappel est convenu : %(at)s.": "The callback is agreed: %(at)s.",
    "Vos réponses sont transmises au support.": "Your answers are handed to support.",
    "Le rappel est déplacé : %(at)s.": "The callback is moved: %(at)s.",
    "La prise en main est déplacée : %(at)s.": "The remote session is moved: %(at)s.",
    "Le rappel est annulé.": "The callback is cancelled.",
    "C’est noté : nous reprenons %(at)s.": "Noted: we resume on %(at)s.",
    "Votre demande reprend son cours.": "Your request goes on.",
    "J’accepte sans réserve, avec ce mot": "I accept without reservations, with this word",
    "Vous acceptez, et vous avez aussi écrit quelques mots. Sont-ce des réserves, qui font revenir le ticket, ou un "
    "simple mot pour le support ? Rien n’est encore enregistré : choisissez.": (
        "You accept, and you also wrote a few words. Are they reservations, which bring the ticket back, or a mere "
        "word for support? Nothing is recorded yet: choose."
    ),
    "Dites votre décision : choisissez l’un des boutons.": "Say what you decide: choose one of the buttons.",
    "Forfait de %(hours)s h demandé. Le support vous répond.": "Pack of %(hours)s h asked for. Support will answer.",
    "Demande de forfait retirée.": "Request for a pack taken back.",
    # refusals as pages
    "Demande à refaire": "Ask again",
    "Connexion nécessaire": "Sign in first",
    "Cette action n’est pas ouverte à votre rôle": "Your role does not allow this",
    "Introuvable": "Not found",
    "Adresse mal employée": "Address used wrongly",
    "Ce n’est plus possible": "No longer possible",
    "Envoi trop volumineux": "Too large",
    "Saisie à corriger": "Something to correct",
    "Trop d’essais": "Too many tries",
    "Un instant": "One moment",
    "Une erreur de notre côté": "An error on our side",
    "Le ticket nº %(ticket)s est « %(state)s » : « %(action)s » n’y est pas possible. Rechargez la page pour voir où "
    "il en est.": (
        "Ticket No. %(ticket)s is “%(state)s”: “%(action)s” is not possible there. Reload the page to see where it "
        "stands."
    ),
    "Demandez-la à un valideur ou au référent du compte de votre société.": (
        "Ask an approver or the account holder of your company for it."
    ),
    "Votre rôle, « %(role)s », ne permet pas cette action.": "Your role, “%(role)s”, does not allow this.",
    "Votre page était trop ancienne, ou votre connexion a pris fin : rien n’a été enregistré. Ouvrez la page à nouveau "
    "et envoyez ce que vous aviez écrit.": (
        "Your page was too old, or you are signed out: nothing was saved. Open the page again and send what you wrote."
    ),
    "Votre connexion a pris fin, et rien n’a été enregistré. Copiez ce que vous aviez écrit, connectez-vous et "
    "envoyez-le de nouveau.": (
        "You are signed out, and nothing was saved. Copy what you wrote, sign in and send it again."
    ),
    # signing in
    "Se connecter": "Sign in",
    "Adresse électronique": "E-mail address",
    "Mot de passe": "Password",
    "Recevoir un lien de connexion": "Get a sign-in link",
    "Avec un mot de passe": "With a password",
    "Confirmer la connexion": "Confirm signing in",
    "Ce lien ne sert qu’une fois. Continuez pour ouvrir votre session sur cet appareil.": (
        "This link works once. Continue to sign in on this device."
    ),
    "Continuer": "Continue",
    "Si cette adresse a un compte, un lien de connexion vient d’y être envoyé. Il vaut %(minutes)s minutes.": (
        "If this address has an account, a sign-in link has just been sent to it. It is valid for %(minutes)s minutes."
    ),
    "Ce lien a expiré, a déjà servi, ou n’est pas complet. Demandez-en un nouveau.": (
        "This link has expired, was used already, or is incomplete. Ask for a new one."
    ),
    "Vous êtes déconnecté.": "You are signed out.",
}
