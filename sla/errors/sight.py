"""Who may not, and what is not there for them."""

from sla.errors.refused import Refused


class SignInNeeded(Refused):
    code, status = "sign_in_needed", 401
    fr = "Connectez-vous pour continuer."
    en = "Sign in to continue."


class Forbidden(Refused):
    code, status = "forbidden", 403
    fr = "Votre rôle ({role}) ne permet pas cette action ({action})."
    en = "Your role ({role}) does not allow this action ({action})."


class NotFound(Refused):
    code, status = "not_found", 404
    fr = "Rien ne porte la référence « {value} » parmi ce que vous pouvez voir."
    en = "Nothing that you can see bears the reference “{value}”."


class BadCredentials(Refused):
    code, status = "bad_credentials", 401
    fr = "Adresse ou mot de passe inconnus, ou lien expiré. Vérifiez la saisie ou demandez un nouveau lien."
    en = "Unknown address or password, or expired link. Check what you typed or ask for a new link."
