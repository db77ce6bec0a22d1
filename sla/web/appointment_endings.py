"""How callbacks and remote sessions end on support's pages, each kind by verbs of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wtforms import Form

from sla.desk.calls import cancel_call, hold_call, miss_call, move_call
from sla.desk.sessions import cancel_session, hold_session, miss_session, move_session, start_session
from sla.web.appointment_forms import HoldCall, HoldSession, Miss, MoveAppointment, TakeBack
from sla.web.asked import typed
from sla.web.asked_number import whole_number
from sla.web.ticket_forms import Bare
from sla.web.time_acts import stopped_said
from sla.web.turn import turn


@dataclass(frozen=True, slots=True)
class Ending:
    """One way in which a kind of appointment ends. `title` opens its form, `button` sends it, `done` is said after;
    `anew`: what was missed can still end so."""

    verb: Callable[..., Any]
    form: type[Form]
    title: str
    button: str
    done: str
    anew: bool = True

    @property
    def name(self) -> str:
        return self.verb.__name__

    def do(self, number: int, form: Form) -> str:
        turn().do(self.verb, number, **{name: typed(form, name) for name in form.data if name != "sure"})
        return self.done


class Moving(Ending):
    """To another instant, to a colleague, or both."""

    def do(self, number: int, form: Form) -> str:
        facts = {name: typed(form, name) for name in ("starts_at", "reason")}
        turn().do(self.verb, number, technician=whole_number(typed(form, "technician")) or None, **facts)
        return self.done


class Beginning(Ending):
    """A session that begins: what the technician's timer ran on until then is told."""

    def do(self, number: int, form: Form) -> str:
        return stopped_said(turn().do(start_session, number, instead=True)) + self.done


TOLD = "\u00a0: le client et le technicien reçoivent l’invitation à jour."
ENDINGS: dict[str, tuple[Ending, ...]] = {
    "callback": (
        Ending(
            hold_call,
            HoldCall,
            "Rappel effectué",
            "Noter le rappel",
            "Rappel effectué\u00a0: il compte comme réponse.",
        ),
        Ending(
            miss_call,
            Miss,
            "Personne n’a répondu",
            "Noter le rappel manqué",
            "Rappel manqué\u00a0: il reste dû, le répartiteur est averti.",
            anew=False,
        ),
        Moving(move_call, MoveAppointment, "Déplacer", "Déplacer le rappel", f"Rappel déplacé{TOLD}"),
        Ending(cancel_call, TakeBack, "Annuler", "Annuler le rappel", "Rappel annulé. Le client en est averti."),
    ),
    "session": (
        Beginning(
            start_session,
            Bare,
            "Commencer la prise en main",
            "Commencer",
            "Prise en main commencée\u00a0: votre minuteur tourne.",
        ),
        Ending(
            hold_session,
            HoldSession,
            "Prise en main effectuée",
            "Noter la prise en main",
            "Prise en main effectuée\u00a0: elle compte comme réponse.",
        ),
        Ending(
            miss_session,
            Miss,
            "Elle n’a pas eu lieu",
            "Noter la prise en main manquée",
            "Prise en main manquée\u00a0: elle reste due, le répartiteur est averti.",
            anew=False,
        ),
        Moving(
            move_session,
            MoveAppointment,
            "Déplacer",
            "Déplacer la prise en main",
            f"Prise en main déplacée{TOLD}",
        ),
        Ending(
            cancel_session,
            TakeBack,
            "Annuler",
            "Annuler la prise en main",
            "Prise en main annulée. Le client en est averti.",
        ),
    ),
}
ENDING_OF = {ending.name: ending for endings in ENDINGS.values() for ending in endings}
