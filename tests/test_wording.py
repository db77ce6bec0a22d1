"""How the desk speaks: every string is exact, typographic spaces included."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from sla import wording
from sla.contract.decision import Outcome
from sla.contract.service_item import Coverage
from sla.contract.targets import Severity
from sla.desk.actor import PortalRole, Role
from sla.desk.timers import TimerKind
from sla.errors import Both, IllegalMove, Unknown
from sla.ticket.clock import ClockName, Mark
from sla.ticket.facts import Kind
from sla.ticket.states import State

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 24, 9, 20, tzinfo=UTC)
"""Tuesday 24 November 2026, 10:20 in Paris."""


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PARIS).astimezone(UTC)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0\u00a0min"),
        (59, "<\u00a01\u00a0min"),
        (60, "1\u00a0min"),
        (2_400, "40\u00a0min"),
        (3_599, "59\u00a0min"),
        (3_600, "1\u00a0h\u00a000"),
        (11_100, "3\u00a0h\u00a005"),
        (99_600, "27\u00a0h\u00a040"),
        (-900, "15\u00a0min"),
        (-4_800, "1\u00a0h\u00a020"),
    ],
)
def test_a_duration_is_minutes_under_an_hour_then_hours_and_always_a_magnitude(seconds: int, said: str) -> None:
    assert wording.duration(seconds) == said


def test_time_in_columns_always_has_its_hours() -> None:
    assert wording.hours(2_700) == "0\u00a0h\u00a045"
    assert wording.hours(0) == "0\u00a0h\u00a000"
    assert wording.quarters(73) == "18\u00a0h\u00a015"
    assert wording.quarters(-3) == "\u22120\u00a0h\u00a045"


def test_a_target_or_a_pack_is_said_in_its_shortest_form() -> None:
    assert [wording.amount(s) for s in (0, 2_700, 14_400, 108_000, 9_000)] == [
        "0\u00a0h",
        "45\u00a0min",
        "4\u00a0h",
        "30\u00a0h",
        "2\u00a0h\u00a030",
    ]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "ouvrée"), (1, "ouvrée"), (2, "ouvrées"), (45, "ouvrées"), (60, "ouvrée"), (80, "ouvrées"), (120, "ouvrées")],
)
def test_a_participle_agrees_with_the_time_before_it(minutes: int, said: str) -> None:
    """« 1 h ouvrée », « 1 min ouvrée », « 1 h 20 ouvrées »: an hour and twenty minutes."""
    assert wording.agreed("ouvrée", minutes * 60 + 30) == said
    assert wording.say_of("working_hours", minutes * 60) == said
    assert wording.say_of("left_of", minutes * 60) == said.replace("ouvrée", "restante") + " sur"
    assert wording.say_of("left_of", minutes * 60, "en") == "left of"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Clara Fontaine", "de Clara Fontaine"),
        ("Olivier Tessandier", "d’Olivier Tessandier"),
        ("Émilie Sauvaget", "d’Émilie Sauvaget"),
        ("Hélène Castaing", "d’Hélène Castaing"),
        ("Yann Le Bihan", "de Yann Le Bihan"),
        ("Yves", "d’Yves"),
        ("Ateliers Brissac", "d’Ateliers Brissac"),
        ("3M", "de 3M"),
    ],
)
def test_of_loses_its_e_before_a_vowel(name: str, said: str) -> None:
    assert wording.of(name) == said


def test_a_confidence_is_never_overstated() -> None:
    assert wording.times_in_ten(0.8) == "8\u00a0fois sur\u00a010"
    assert wording.times_in_ten(0.89) == "8\u00a0fois sur\u00a010"
    assert wording.times_in_ten(0.7, "en") == "7\u00a0times out of\u00a010"


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "0\u00a0%"),
        (0.0004, "1\u00a0%"),
        (0.285, "29\u00a0%"),
        (0.5, "50\u00a0%"),
        (2 / 3, "67\u00a0%"),
        (0.994, "99\u00a0%"),
        (0.9999, "99\u00a0%"),
        (1.0, "100\u00a0%"),
        (1.001, "101\u00a0%"),
        (1.274, "127\u00a0%"),
    ],
)
def test_a_share_is_the_nearest_per_cent_and_never_nothing_nor_all_where_it_is_not(share: float, said: str) -> None:
    assert wording.percent(share) == said
    assert wording.percent(share, "en") == said.replace("\u00a0", "")


def test_zero_is_singular_in_french_and_plural_in_english() -> None:
    assert [wording.plural(n, "ticket", "tickets") for n in (0, 1, 2)] == [
        "0\u00a0ticket",
        "1\u00a0ticket",
        "2\u00a0tickets",
    ]
    assert wording.plural(0, "ticket", "tickets", "en") == "0\u00a0tickets"


def test_a_time_of_day_is_said_in_the_zone_of_the_desk() -> None:
    assert wording.clock_time(datetime(2026, 11, 24, 9, 50, tzinfo=UTC), PARIS) == "10\u00a0h\u00a050"
    assert wording.clock_time(datetime(2026, 7, 24, 7, 5, tzinfo=UTC), PARIS) == "9\u00a0h\u00a005"
    assert wording.clock_time(datetime(2026, 7, 24, 7, 5, tzinfo=UTC), PARIS, "en") == "09:05"


def test_days_say_first_of_the_month_as_french_does_and_the_year_when_it_is_another() -> None:
    assert wording.day(date(2026, 11, 24)) == "mar. 24 nov."
    assert wording.day(date(2027, 1, 1)) == "ven. 1er janv."
    assert wording.day(date(2027, 1, 1), this_year=2026) == "ven. 1er janv. 2027"
    assert wording.day(date(2027, 1, 1), "en") == "Fri 1 Jan"
    assert wording.long_day(date(2026, 11, 24)) == "mardi 24 novembre"
    assert wording.full_date(date(2026, 9, 1)) == "1er septembre 2026"
    assert wording.full_date(date(2027, 8, 31)) == "31 août 2027"


def test_a_forecast_is_said_to_a_third_of_a_month() -> None:
    days = (date(2027, 4, 10), date(2027, 3, 11), date(2027, 5, 21))
    assert [wording.part_of_month(d) for d in days] == ["début avril 2027", "mi-mars 2027", "fin mai 2027"]


@pytest.mark.parametrize(
    ("when", "said", "short"),
    [
        (at(24, 13, 30), "aujourd’hui à 13\u00a0h\u00a030", "13\u00a0h\u00a030"),
        (at(25, 9), "demain à 9\u00a0h\u00a000", "mer. 25, 9\u00a0h\u00a000"),
        (at(23, 16, 48), "hier à 16\u00a0h\u00a048", "lun. 23, 16\u00a0h\u00a048"),
        (at(26, 11, 45), "jeu. 26, 11\u00a0h\u00a045", "jeu. 26, 11\u00a0h\u00a045"),
        (at(30, 11), "lun. 30, 11\u00a0h\u00a000", "lun. 30, 11\u00a0h\u00a000"),
        (at(1, 9, month=12), "mar. 1er déc., 9\u00a0h\u00a000", "mar. 1er déc., 9\u00a0h\u00a000"),
        (at(2, 9), "lun. 2 nov., 9\u00a0h\u00a000", "lun. 2 nov., 9\u00a0h\u00a000"),
        (at(25, 11, 45, year=2027), "jeu. 25 nov. 2027, 11\u00a0h\u00a045", "jeu. 25 nov. 2027, 11\u00a0h\u00a045"),
    ],
)
def test_an_instant_says_only_what_one_does_not_know_yet(when: datetime, said: str, short: str) -> None:
    assert wording.instant(when, PARIS, NOW) == said
    assert wording.brief(when, PARIS, NOW) == short


def test_today_is_the_desk_s_day_not_that_of_greenwich() -> None:
    """At 00:30 in Paris it is still yesterday in UTC."""
    night = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert wording.instant(at(25, 9), PARIS, night) == "aujourd’hui à 9\u00a0h\u00a000"


def test_a_promise_names_its_day_in_full() -> None:
    assert wording.promise(at(25, 10, 30), PARIS, NOW) == "mercredi 25 novembre à 10\u00a0h\u00a030"
    assert wording.promise(at(1, 9, month=1, year=2027), PARIS, NOW) == "vendredi 1er janvier 2027 à 9\u00a0h\u00a000"
    assert wording.promise(at(25, 10, 30), PARIS, NOW, "en") == "Wednesday 25 November at 10:30"


def test_a_window_says_its_day_once() -> None:
    said = wording.window(at(24, 14, 10), at(24, 15, 5), PARIS, NOW)
    assert said == "aujourd’hui entre 14\u00a0h\u00a010 et 15\u00a0h\u00a005"
    said = wording.window(at(26, 9, 15), at(26, 10), PARIS, NOW)
    assert said == "jeudi 26 novembre entre 9\u00a0h\u00a015 et 10\u00a0h\u00a000"
    assert wording.window(at(25, 9), at(25, 10), PARIS, NOW, "en") == "tomorrow between 09:00 and 10:00"


def test_a_window_over_two_days_says_both() -> None:
    said = wording.window(at(24, 16, 40), at(25, 9, 20), PARIS, NOW)
    assert said == "entre aujourd’hui à 16\u00a0h\u00a040 et demain à 9\u00a0h\u00a020"
    said = wording.window(at(26, 16, 40), at(27, 9, 20), PARIS, NOW)
    assert said == "entre jeudi 26 novembre à 16\u00a0h\u00a040 et vendredi 27 novembre à 9\u00a0h\u00a020"


def test_the_desk_says_when_it_closes_or_comes_back() -> None:
    assert wording.desk_line(True, at(24, 12, 30), PARIS, NOW) == "Support ouvert, ferme à 12\u00a0h\u00a030"
    assert wording.desk_line(False, at(24, 13, 30), PARIS, NOW) == "Support fermé, reprise à 13\u00a0h\u00a030"
    assert wording.desk_line(False, at(25, 10), PARIS, NOW) == "Support fermé, reprise demain à 10\u00a0h\u00a000"
    assert wording.desk_line(False, at(30, 9), PARIS, NOW) == "Support fermé, reprise lun. 30, 9\u00a0h\u00a000"
    assert wording.desk_line(True, at(24, 12, 30), PARIS, NOW, "en") == "Support open, closes at 12:30"


def test_names_are_those_of_the_booklet() -> None:
    assert wording.label("coverage", Coverage.MAINTENANCE) == "Inclus dans votre contrat"
    assert wording.label("coverage", "tma") == "TMA\u00a0: décompté de votre forfait, par quart d’heure entamé"
    assert wording.label("coverage", "EXCLUDED") == "Non traité"
    assert wording.label("clock", "first_response") == "1re réponse"
    assert wording.label("mark", "on_time") == "dans les temps"
    assert wording.label("severity_help", "minor") == "on peut contourner"
    assert wording.label("turn", State.RESOLVED) == "À votre tour"
    assert wording.label("event", Kind.ANSWERED, "en") == "Answer to the client"


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("state", State),
        ("client_state", State),
        ("turn", State),
        ("severity", Severity),
        ("severity_help", Severity),
        ("coverage", Coverage),
        ("level", Coverage),
        ("clock", ClockName),
        ("mark", Mark),
        ("outcome", Outcome),
        ("event", Kind),
        ("role", Role),
        ("role", PortalRole),
        ("timer", TimerKind),
    ],
)
def test_every_code_of_the_desk_has_a_name(kind: str, codes: type[State]) -> None:
    assert {code.value for code in codes} - wording.known(kind) == set()


def test_a_code_without_a_name_shows_itself() -> None:
    assert wording.label("event", "made_up_thing") == "made up thing"
    with pytest.raises(KeyError):
        wording.label("no such kind", "new")


def test_a_refusal_s_signs_never_part_from_their_words() -> None:
    refusal = Unknown("item", label=Both("De quoi s’agit-il ?", "What is it about?"), value="a : b", choices="usage")
    assert refusal.sentence() == (
        "Le champ «\u00a0De quoi s’agit-il\u202f?\u00a0» ne peut pas être «\u00a0a : b\u00a0»\u00a0: choisissez parmi "
        "usage."
    )
    assert IllegalMove(ticket=3, state="closed", action="taken").sentence().startswith("Le ticket nº\u00a03 est")


def test_the_hours_of_a_day_are_said_as_any_time_is() -> None:
    assert (
        wording.open_hours(["09:00-12:30", "13:30-24:00"])
        == "9\u00a0h\u00a000 – 12\u00a0h\u00a030 et 13\u00a0h\u00a030 – 24\u00a0h\u00a000"
    )
    assert wording.open_hours([]) == "fermé"
