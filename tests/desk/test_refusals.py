"""What is typed wrong is refused for what is wrong with it: the value, the rule and what to do, each in its words."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sla.desk.accept import accept, refuse
from sla.desk.calls import call_back, cancel_call, hold_call
from sla.desk.chase_publisher import FollowUpFar, chase_publisher
from sla.desk.close_error import NotTheSame, close_error
from sla.desk.estimate_decision import accept_estimate, decline_estimate
from sla.desk.estimates import offer_estimate
from sla.desk.people import be_absent, sign_contract
from sla.desk.resolve import resolve
from sla.desk.wait import wait_for_publisher, wait_until
from sla.desk.work import work
from sla.errors import AlreadyDone, BadInstant, Missing, Refused, SupportClosed, UnfitInstant
from tests.desk.kept import USAGE, a_ticket, in_hand, refused
from tests.worlds import NewWorld, World, paris

AT = "2026-06-01 10:00"
DATE = "écrivez une date, par exemple 2026-11-24"
DATE_AND_TIME = "écrivez une date et une heure, par exemple 2026-11-24T14:00"


def said(refusal: Refused) -> str:
    return refusal.sentence().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture(scope="module")
def desk(on_sqlite: NewWorld) -> Iterator[World]:
    """One for all that is refused: it leaves nothing behind. Ticket 1 is clara's, error 1 is behind ticket 2."""
    with on_sqlite() as world:
        in_hand(world)
        world.do("clara", AT, wait_for_publisher, in_hand(world, "2026-06-01 09:40"), reference="CEG-4711")
        yield world


DAYS = [
    ("2026-02-31", UnfitInstant, "« 2026-02-31 » ne convient pas : cette date n’existe pas."),
    ("31/02/2026", BadInstant, f"« 31/02/2026 » n’est pas compris : {DATE}."),
    ("20260610", BadInstant, f"« 20260610 » n’est pas compris : {DATE}."),
    ("2026-W24-1", BadInstant, f"« 2026-W24-1 » n’est pas compris : {DATE}."),
    ("٢٠٢٦-٠٦-١٠", BadInstant, f"« ٢٠٢٦-٠٦-١٠ » n’est pas compris : {DATE}."),
    ("0001-01-01", UnfitInstant, "« 0001-01-01 » ne convient pas : c’est à plus de dix ans d’ici."),
    ("9999-12-31", UnfitInstant, "« 9999-12-31 » ne convient pas : c’est à plus de dix ans d’ici."),
    ("", Missing, "Le champ « Date » est vide : donnez une date."),
]


@pytest.mark.parametrize(("day", "error", "sentence"), DAYS)
def test_a_day(desk: World, day: str, error: type[Refused], sentence: str) -> None:
    met = refused(desk, error, "julie", AT, wait_until, 1, day=day)
    assert (met.field, said(met)) == ("day", sentence)


def test_a_day_that_is_not_to_come(desk: World) -> None:
    """Another year's bears it: « ven. 1er juin » alone would be a day of this one."""
    for day, shown in (("2026-06-01", "lun. 1er juin"), ("2029-06-01", "ven. 1er juin 2029")):
        met = refused(desk, UnfitInstant, "julie", AT, wait_until, 1, day=day)
        assert said(met) == f"« {shown} » ne convient pas : choisissez un jour après aujourd’hui, d’ici un an."


INSTANTS = [
    ("2026-02-31T10:00", UnfitInstant, "« 2026-02-31T10:00 » ne convient pas : cette date n’existe pas."),
    (
        "2026-06-10T25:00",
        UnfitInstant,
        "« 2026-06-10T25:00 » ne convient pas : cette heure n’existe pas, elles vont de 00:00 à 23:59.",
    ),
    ("0001-01-01T00:00", UnfitInstant, "« 0001-01-01 » ne convient pas : c’est à plus de dix ans d’ici."),
    ("9999-12-31T23:59", UnfitInstant, "« 9999-12-31 » ne convient pas : c’est à plus de dix ans d’ici."),
    ("2026-06-10", BadInstant, f"« 2026-06-10 » n’est pas compris : {DATE_AND_TIME}."),
    ("24/11/2026 14:00", BadInstant, f"« 24/11/2026 14:00 » n’est pas compris : {DATE_AND_TIME}."),
    (" ", Missing, "Le champ « Début » est vide : donnez une date et une heure."),
    (
        "2026-06-10T22:00",
        SupportClosed,
        "Le support est fermé mer. 10 juin, 22 h 00 : choisissez un instant d’ouverture, par exemple jeu. 11 juin, "
        "9 h 00.",
    ),
]


@pytest.mark.parametrize(("at", "error", "sentence"), INSTANTS)
def test_an_instant(desk: World, at: str, error: type[Refused], sentence: str) -> None:
    met = refused(desk, error, "clara", AT, call_back, 1, starts_at=at)
    assert (met.field, said(met)) == ("starts_at", sentence)


def test_an_end_before_its_beginning(desk: World) -> None:
    """Both were understood."""
    met = refused(desk, UnfitInstant, "marc", AT, sign_contract, 1, first_day="2026-06-10", last_day="2026-06-09")
    assert (met.field, said(met)) == (
        "last_day",
        "« mar. 9 juin » ne convient pas : la fin doit venir après le début.",
    )
    away = {"starts_at": "2026-06-10T10:00", "ends_at": "2026-06-10T09:00", "label": "Congés"}
    met = refused(desk, UnfitInstant, "diane", AT, be_absent, desk.clara.id, **away)
    french = "« mer. 10 juin, 9 h 00 » ne convient pas : la fin doit venir après le début."
    assert (met.field, said(met)) == ("ends_at", french)
    assert met.sentence("en").replace("\u00a0", " ") == (
        "“Wed 10 Jun, 09:00” won’t do: the end must come after the start."
    )


@pytest.mark.parametrize("days", ["-3", "0", "61", "2,5", "٣", "trois", "99999", -3, 0])
def test_a_follow_up_comes_in_a_whole_number_of_days(desk: World, days: Any) -> None:
    met = refused(desk, FollowUpFar, "clara", AT, chase_publisher, 1, note="Relancé", days=days)
    french = f"« {days} » jours ouvrés ne conviennent pas à la prochaine relance : écrivez un nombre entier"
    assert (met.field, said(met)) == ("days", f"{french}, de 1 à 60.")


def test_an_error_is_named_by_its_reference(desk: World) -> None:
    met = refused(desk, NotTheSame, "diane", AT, close_error, 1, reason="La même", into=1)
    french = (
        "L’erreur CEG-4711 ne peut pas rejoindre celle-là : c’est la même. Choisissez-en une autre, encore ouverte."
    )
    assert (met.field, said(met)) == ("into", french)


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        ("-99h", "« -99h » n’est pas une durée supérieure à zéro."),
        ("0", "« 0 » n’est pas une durée supérieure à zéro."),
        ("99h", "« 99h » dépasse 24 heures, le plus qu’une saisie puisse contenir."),
    ],
)
def test_a_time(desk: World, minutes: str, sentence: str) -> None:
    with pytest.raises(Refused) as met:
        desk.do("clara", AT, work, 1, minutes=minutes)
    assert (met.value.field, said(met.value)) == ("minutes", sentence)


class TestWhoeverComesSecondIsToldWhoWasFirst:
    """Two of one company read the same page; each decides."""

    def second(self, world: World, who: str, verb: Callable[..., Any], number: int, **typed: Any) -> str:
        return said(refused(world, AlreadyDone, who, "2026-06-02 10:00", verb, number, **typed))

    def test_on_the_work(self, world: World) -> None:
        number = in_hand(world)
        world.do("clara", AT, resolve, number, text="Fait.")
        world.do("alain", "2026-06-02 09:30", accept, number)
        first = "Rien n’a été changé : recette acceptée par Alain, aujourd’hui à 9 h 30."
        assert self.second(world, "julie", refuse, number, text="Non.") == first
        assert self.second(world, "julie", accept, number) == first

    def test_on_an_estimate(self, world: World) -> None:
        number = in_hand(world, item=USAGE)
        world.do("clara", AT, offer_estimate, number, perimeter="Les gammes", minutes=60)
        world.do("alain", "2026-06-02 09:30", accept_estimate, number)
        first = "Rien n’a été changé : temps estimatif accepté par Alain, aujourd’hui à 9 h 30."
        assert self.second(world, "agnes", decline_estimate, number) == first

    def test_on_a_call(self, world: World) -> None:
        number = a_ticket(world)
        call = world.do("julie", AT, call_back, number, starts_at=paris("2026-06-02 09:15"))
        world.do("clara", "2026-06-02 09:30", hold_call, call.id, text="Vu.")
        first = "Rien n’a été changé : rappel effectué par Clara Fontaine, aujourd’hui à 9 h 30."
        assert self.second(world, "julie", cancel_call, call.id, reason="Plus la peine") == first
