"""What is alive at the end, whatever the hour: tickets in every state, promises in danger, calls owed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sla.demo.cast import Firm
from sla.demo.plot import Plot
from sla.demo.telling import Live, Telling
from sla.demo.words import Request, phrases, requests
from sla.desk.actor import Actor, PortalRole
from sla.desk.assign import assign
from sla.desk.chase_publisher import chase_publisher
from sla.desk.endpoints import add_endpoint
from sla.desk.people import be_absent
from sla.desk.publisher_errors import publisher_errors
from sla.desk.requested_hours import ask_hours

NEVER = timedelta(days=60)
TROUBLING = "ED-48217"
"""The publisher's reference of an error that troubles two companies."""
HOOK = "https://suivi.vauclair.example.test/hooks"
BURST = (34, 27, 15, 9, 4)
"""Working minutes before the end at which the last deposits of an open hour arrive."""


class Alive:
    """Puts each scene on the stage at an instant counted back from the end, in working minutes."""

    def __init__(self, plot: Plot) -> None:
        self.plot, self.stage = plot, plot.stage
        self.never = self.stage.end + NEVER
        self.firms = {firm.name.split()[-1].removeprefix("l’"): firm for firm in plot.cast.firms}

    def before(self, minutes: float) -> datetime:
        return self.stage.hours.add(self.stage.end, -timedelta(minutes=minutes))

    def after(self, minutes: float) -> datetime:
        return self.stage.hours.add(self.stage.end, timedelta(minutes=minutes))

    def prepare(self) -> None:
        self._waits()
        self._follow_ups()
        self._dangers()
        self._ends()
        self._burst()

    def scene(self, at: datetime, firm: str, request: Request, story: str, live: Live) -> None:
        def ask() -> None:
            self.plot.ask(self.firms[firm], request, live, story)

        self.stage.later(at, ask)

    def _waits(self) -> None:
        never = self.never
        for ago, firm in ((1500, "Altenbach"), (1460, "Orvanne")):
            same = Live(answer_at=never, reference=TROUBLING)
            self.scene(self.before(ago), firm, of("erreurs_editeur"), "publisher", same)
        self.scene(self.before(700), "Vauclair", of("informatique_lenteurs"), "asked", Live(answer_at=never))
        self.scene(self.before(520), "Vauclair", of("etats"), "estimate", Live(decide_at=never))
        self.scene(self.before(300), "Tarvellier", of("usage_modeles"), "estimate", Live(decide_at=never))
        self.scene(self.before(380), "Orvanne", of("usage_questions_avancees"), "", Live())
        soon = Live(call_at=self.after(150))
        self.scene(self.before(330), "Vauclair", of("parametrage_import_export"), "session", soon)
        self.stage.later(self.before(24), self._asks_how_long)
        self.scene(self.before(260), "Altenbach", of("installation_postes"), "call", Live(call_at=self.after(50)))

    def _follow_ups(self) -> None:
        """The publisher was asked again about the error that two clients wait for; one client is short of hours; other
        software is told what happens, at an address where nobody will ever be."""
        self.stage.later(self.before(400), self._chase)
        account = self.firms["Brissac"].having(PortalRole.ACCOUNT)
        self.stage.later(self.before(150), partial(self._short_of_hours, account))
        self.stage.later(self.before(120), self._tell_other_software)

    def _short_of_hours(self, account: Actor) -> None:
        self.stage.do(account, ask_hours, hours=20)

    def _tell_other_software(self) -> None:
        kinds = ["answered", "deposited", "resolved"]
        self.stage.do(self.plot.cast.manager, add_endpoint, url=HOOK, label="Suivi de production", events=kinds)

    def _chase(self) -> None:
        dispatcher = self.plot.cast.dispatcher
        for each in self.stage.see(dispatcher, publisher_errors):
            if each.error.reference == TROUBLING:
                note, told = phrases("publisher_note")[0], phrases("publisher_told")[0]
                self.stage.do(dispatcher, chase_publisher, each.error.id, note=note, told=told, days=4)

    def _dangers(self) -> None:
        late = Live(work_at=self.never)
        self.scene(self.before(520), "Tarvellier", of("erreurs_contournement"), "workaround", late)
        for ago, chased, firm, code in ((600, 275, "Vauclair", "erreurs"), (560, 196, "Altenbach", "usage_analyse")):
            live = Live(chase_at=self.before(chased), work_at=self.never)
            self.scene(self.before(ago), firm, of(code, "major"), "", live)

    def _ends(self) -> None:
        """Tried by nobody yet, back again, and handed over."""
        soon = self.stage.end - timedelta(seconds=50)
        self.scene(self.before(800), "Vauclair", of("parametrage", "major"), "", Live(decide_at=soon))
        self.scene(self.before(500), "Vauclair", of("etats_modeles_client"), "", Live(decide_at=self.never))
        self.scene(self.before(330), "Brissac", of("usage_documents"), "", Live(decide_at=self.never))
        self.scene(self.before(640), "Altenbach", of("conseil_flux"), "over", Live())
        self.scene(self.before(1100), "Tarvellier", of("informatique_reseau"), "excluded", Live())

    def _burst(self) -> None:
        codes = ("erreurs_analyse", "usage_explication", "erreurs", "usage", "parametrage")
        firms = ("Vauclair", "Altenbach", "Orvanne", "Altenbach", "Vauclair")
        for minutes, firm, code in zip(BURST, firms, codes, strict=True):
            pin = code == "parametrage"
            act = self._pinned if pin else self._asked
            self.stage.later(self.before(minutes), act(self.firms[firm], of(code)))
        if not self.stage.hours.is_open(self.stage.end):
            self._while_closed()
        last = self.stage.end - timedelta(minutes=1)
        self.stage.later(last, self._asked(self.firms["Kerzonec"], of("installation_questions")))

    def _asks_how_long(self) -> None:
        """An estimate is asked for, and nobody has answered yet."""
        asked = self.plot.ask(self.firms["Vauclair"], of("parametrage_avance"), Live(decide_at=self.never), "")
        self.plot.how_long(asked)

    def _while_closed(self) -> None:
        """The portal takes tickets at any hour: they await the next opening."""
        closed = self.stage.end - self.stage.hours.prev_open(self.stage.end)
        for share, code in ((0.25, "mise_a_disposition_nouveautes"), (0.6, "usage_bonnes_pratiques")):
            self.stage.later(self.stage.end - closed * share, self._asked(self.firms["Tarvellier"], of(code)))

    def _asked(self, firm: Firm, request: Request) -> Callable[[], None]:
        def act() -> None:
            self.plot.ask(firm, request, Live(decide_at=self.never))

        return act

    def _pinned(self, firm: Firm, request: Request) -> Callable[[], None]:
        """Deposited under the eyes of the dispatcher, who gives it at once to the one who is busy the longest."""

        def act() -> None:
            able = ("clara", "sandrine", "yann")
            chosen = max(able, key=lambda code: self.plot.shifts[code].until)
            pin(self.plot, self.plot.ask(firm, request), chosen)

        return act


def pin(plot: Plot, telling: Telling, code: str) -> None:
    chosen = plot.cast.technicians[code].id or 0
    reason = telling.say("pinned")
    plot.stage.do(plot.cast.dispatcher, assign, telling.number, technician=chosen, reason=reason)


def of(code: str, severity: str | None = None) -> Request:
    """The first request of a line, and of a severity if it is said."""
    return next(each for each in requests() if each.item == code and severity in (None, each.severity))


def absences(plot: Plot, start: datetime) -> dict[str, tuple[datetime, datetime, str]]:
    """By technician: half a day in the weeks past, half a day in the days to come."""
    hours, stage = plot.stage.hours, plot.stage
    past = hours.hours_of(stage.day(hours.add_days(start, 1)))[-1]
    coming = hours.hours_of(stage.day(hours.add_days(stage.end, 1)))[-1]
    return {"yann": (*past, "Rendez-vous médical"), "mehdi": (*coming, "RTT")}


def announce(plot: Plot, start: datetime, away: dict[str, tuple[datetime, datetime, str]]) -> None:
    """Each absence is entered by the dispatcher a few days ahead of it."""
    for code, (begin, until, label) in away.items():
        facts = {"starts_at": begin, "ends_at": until, "label": label}
        enter = partial(_enter, plot, plot.cast.technicians[code].id or 0, facts)
        plot.stage.later(max(start, begin - timedelta(days=6)), enter)


def _enter(plot: Plot, technician: int, facts: dict[str, Any]) -> None:
    plot.stage.do(plot.cast.dispatcher, be_absent, technician, **facts)


def mishap(plot: Plot, away: tuple[datetime, datetime, str]) -> None:
    """A blocking error pinned to someone about to leave for half a day: nobody else may take it, so it is late."""

    def asked() -> None:
        pin(plot, plot.ask(plot.cast.firms[-1], of("informatique_connexion_base")), "yann")

    plot.stage.later(away[0] + timedelta(minutes=5), asked)
