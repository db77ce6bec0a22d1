"""The courses that tickets take, from a technician's first look to the client's last word."""

from datetime import datetime, timedelta

from sla.demo.telling import Call, Course, Effort, Taken, Telling, Until
from sla.desk.accept import accept, refuse
from sla.desk.answer import answer
from sla.desk.calls import call_back, hold_call, miss_call
from sla.desk.chase_publisher import announce_fix
from sla.desk.comment import comment
from sla.desk.note import note
from sla.desk.publisher_errors import error_behind
from sla.desk.qualify import qualify
from sla.desk.reopen import reopen
from sla.desk.report import report
from sla.desk.resolve import resolve
from sla.desk.wait import wait_for_client, wait_for_publisher
from sla.desk.work_around import work_around

READING = (4, 14)


def read(t: Telling) -> Effort:
    return Effort(t.chance.randint(*READING), logged=False)


def labour(t: Telling, share: float = 1.0) -> Effort:
    minutes = max(6, round(t.words.minutes * share * t.chance.uniform(0.5, 1.0)))
    return Effort(minutes, note=t.words.note or (t.say("note") if t.chance.random() < 0.3 else ""))


def plain(t: Telling) -> Course:
    """Answered, worked on, resolved."""
    yield read(t)
    t.support(answer, text=t.words.answer)
    if t.live.chase_at is not None:
        yield from neglected(t)
    elif t.words.note and t.chance.random() < 0.5:
        t.support(note, text=t.words.note)
    yield labour(t)
    yield from settled(t)


def neglected(t: Telling) -> Course:
    """The client asks where things stand, and nobody answers for long."""
    yield Until(t.live.chase_at or t.at)
    t.client(comment, text=t.say("chased"))
    yield Until(t.live.work_at or t.stage.minutes(t.chance.randint(300, 700)))
    yield read(t)
    t.support(answer, text=t.say("news"))


def asked(t: Telling) -> Course:
    """Support needs to know more first."""
    yield read(t)
    t.support(wait_for_client, text=t.words.question or t.say("question"))
    yield Until(t.live.answer_at) if t.live.answer_at else t.soon(20, 700)
    t.client(comment, text=t.words.reply or t.say("reply"))
    yield read(t)
    t.support(answer, text=t.words.answer)
    yield labour(t)
    yield from settled(t)


def published(t: Telling) -> Course:
    """An error that goes up to the publisher."""
    yield read(t)
    t.support(answer, text=t.words.answer)
    yield labour(t, 0.7)
    reference = t.live.reference or f"ED-{t.chance.randint(41000, 49999)}"
    t.support(wait_for_publisher, reference=reference, text=t.say("publisher"))
    yield Until(t.live.answer_at) if t.live.answer_at else Until(t.stage.hours.add_days(t.at, t.chance.randint(2, 6)))
    yield Effort(5, logged=False)
    behind = t.stage.see(t.cast.dispatcher, error_behind, t.number)
    if behind is not None:
        t.on_call(announce_fix, behind.id, version=t.say("publisher_version"), text=t.say("published"))
    yield labour(t, 0.4)
    yield from settled(t)


def worked_around(t: Telling) -> Course:
    """A blocking error: a workaround first."""
    yield read(t)
    t.support(answer, text=t.words.answer)
    yield labour(t, 0.3)
    t.support(work_around, text=t.words.workaround)
    if t.live.work_at is not None:
        yield Until(t.live.work_at)
    yield labour(t, 0.7)
    yield from settled(t)


def called(t: Telling) -> Course:
    """An agreed call before the work; sometimes a second one."""
    yield read(t)
    t.support(answer, text=t.words.answer)
    for last in (False, True):
        at = quarter(t, t.live.call_at or t.stage.minutes(t.chance.randint(60, 500)))
        booked = t.support(call_back, starts_at=at, note=t.say("call_note"))
        yield Call(at)
        if last or t.live.call_at is not None or t.chance.random() < 0.75:
            t.on_call(hold_call, booked.id, text=t.say("call_held"))
            break
        t.on_call(miss_call, booked.id, text=t.say("call_in_vain"))
    yield labour(t)
    yield from settled(t)


def quarter(t: Telling, at: datetime) -> datetime:
    """The first quarter-hour from then on at which the technician is there and has no other call."""
    worker = t.worker
    taken = {call for call, _ in worker.calls} if worker else set()
    while True:
        at = t.stage.hours.next_open(at + timedelta(seconds=-at.timestamp() % 900))
        if at not in taken and (worker is None or worker.hours.is_open(at)):
            return at
        at += timedelta(minutes=15)


def requalified(t: Telling) -> Course:
    """Taken for an error at first; the analysis says that it is usage."""
    yield read(t)
    t.support(answer, text=t.words.answer)
    yield labour(t)
    t.steer(qualify, reason=t.words.verdict, item="usage_analyse")
    yield from settled(t)


def networked(t: Telling) -> Course:
    """A diagnosis that ends on the network, out of contract."""
    yield read(t)
    t.support(answer, text=t.words.answer)
    yield labour(t)
    t.steer(qualify, reason=t.words.verdict, item="informatique_reseau")


def settled(t: Telling) -> Course:
    """Resolved, with the report that TMA owes; then the client's own trial of it."""
    t.support(resolve, text=t.words.resolution)
    if t.consumes:
        yield Effort(t.chance.randint(4, 9), logged=False)
        t.support(report, done=t.words.resolution, remaining=t.say("remaining"))
    yield from (tried_later(t) if t.live.decide_at else tried(t))


def tried(t: Telling) -> Course:
    """Accepted mostly; else left to be closed unanswered, accepted with reservations, refused, or reopened later."""
    fate = t.chance.random()
    if fate < 0.18:
        return
    yield t.soon(30, 900)
    if fate < 0.22:
        t.client(accept, text=t.say("reservations"), reservations=True)
    elif fate < 0.27:
        t.client(refuse, text=t.say("refused"))
    else:
        t.client(accept, text=t.say("accepted"))
        if fate < 0.94:
            return
        yield t.soon(900, 2400)
        t.client(reopen, text=t.say("reopened"))
    yield from once_more(t)


def tried_later(t: Telling) -> Course:
    """At the instant that is set: the problem has come back."""
    yield Until(t.live.decide_at or t.at)
    t.client(reopen, text=t.say("reopened"))
    yield from once_more(t)


def once_more(t: Telling) -> Course:
    """Back in the queue, and done again."""
    yield Taken()
    yield read(t)
    t.support(answer, text=t.say("again"))
    yield labour(t, 0.3)
    t.support(resolve, text=t.say("adjusted"))
    yield t.soon(60, 900)
    t.client(accept, text=t.say("accepted"))
