"""The courses of work that is announced first or prepared with the client, and of what support hands to deployment."""

from sla.demo.courses import labour, quarter, read, settled
from sla.demo.telling import Call, Course, Effort, Telling, Until
from sla.desk.answer import answer
from sla.desk.estimate_decision import accept_estimate, decline_estimate
from sla.desk.estimates import offer_estimate
from sla.desk.readiness import set_readiness
from sla.desk.resolve import resolve
from sla.desk.sessions import book_session, hold_session

UNDONE = "Temps estimatif non retenu : rien n’a été modifié chez vous."


def estimated(t: Telling) -> Course:
    """A time offered, and the work once it is accepted."""
    yield read(t)
    t.support(answer, text=t.words.answer)
    minutes = -(-t.words.minutes * 11 // 150) * 15
    t.support(offer_estimate, perimeter=t.words.perimeter, minutes=minutes)
    yield Until(t.live.decide_at) if t.live.decide_at else t.soon(30, 900)
    if t.chance.random() < 0.13:
        t.stage.do(t.firm.approver, decline_estimate, t.number, text=t.say("estimate_declined"))
        yield Effort(4, logged=False)
        t.support(resolve, text=UNDONE)
        return
    t.stage.do(t.firm.approver, accept_estimate, t.number, text=t.say("estimate_accepted"))
    yield labour(t)
    yield from settled(t)


def beyond(t: Telling) -> Course:
    """The estimate passes the four hours."""
    yield read(t)
    t.support(answer, text=t.words.answer)
    t.support(offer_estimate, perimeter=t.words.perimeter, minutes=t.chance.randrange(300, 600, 30))
    yield from deployed(t)


def overrun(t: Telling) -> Course:
    """The time logged passes them."""
    yield read(t)
    t.support(answer, text=t.words.answer)
    yield Effort(t.words.minutes, note=t.words.note)
    yield from deployed(t)


def deployed(t: Telling) -> Course:
    """The deployment desk makes contact, a working day or so later."""
    yield t.soon(200, 700)
    t.stage.do(t.cast.deployment, answer, t.number, text=t.words.deployment)


def excluded(t: Telling) -> Course:
    """Answered at the deposit with the reason."""
    yield from ()


def visited(t: Telling) -> Course:
    """A remote session, its conditions answered as they become known: the last ones when it begins."""
    yield read(t)
    t.support(answer, text=t.words.answer)
    at = quarter(t, t.live.call_at or t.stage.minutes(t.chance.randint(150, 500)))
    booked = t.support(book_session, starts_at=at, minutes=45, note="Reprise sur un poste, puis essai ensemble")
    known = {"workstation": ("ready", "Poste de l’atelier, TeamViewer"), "server": ("not_applicable", "")}
    t.support(set_readiness, answers=known)
    yield t.soon(15, 40)
    t.client(set_readiness, answers={"examples": ("ready", "Trois lignes rejetées"), "supervisor": ("ready", "")})
    yield Call(at)
    t.support(set_readiness, answers={"person": ("ready", "")})
    t.on_call(hold_session, booked.id, text=t.say("call_held"))
    yield labour(t)
    yield from settled(t)
