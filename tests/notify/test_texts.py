"""Every message that the desk leaves has a French and an English text, whole and without internal matters."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from werkzeug.routing import Map

from sla import desk as desk_package
from sla.contract.coverage import read_catalogue
from sla.contract.forecast import Range
from sla.desk.altered_hours import Altered
from sla.desk.impact import Moved
from sla.desk.outlook import Outlook
from sla.desk.readiness import readiness_of
from sla.desk.report import Stretch, Worked
from sla.notify.digest import FOLDED, Line
from sla.notify.outbox import TEXTS, written
from sla.queue.expect.reliability import Drift
from sla.settings import Environment, Settings, load
from sla.store.tables import (
    Appointment,
    Company,
    Contract,
    Endpoint,
    Estimate,
    Event,
    Forfait,
    HoursRequest,
    Person,
    Prediction,
    PublisherError,
    Ticket,
)
from sla.ticket.facts import Kind
from tests.web.visitor import site
from tests.worlds import World

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
NAMES = sorted({path.name.partition(".")[0] for path in TEXTS.glob("*.txt")} - {"letter"})
TO_SUPPORT = {
    *("no_contract", "transferred", "client_wrote", "assigned", "near_limit", "call_missed", "estimate_asked"),
    *("date_come", "absorbed", "call_handed_over"),
    *("estimate_decided", "acceptance", "reopened", "sla_level", "timer_failed", "publisher_follow_up", "report_due"),
    *("contested", "digest", "endpoint_disabled", "work_to_confirm", "readiness", "report_asked", "hours_asked"),
    *("reliability_drift", "publisher_open", "hours_awaited", "report_awaited"),
    *("work_unconfirmed", "work_settled", "estimate_passed"),
    *("reliability_drift", "publisher_open"),
}
TO_CLIENTS = set(NAMES) - TO_SUPPORT


BOOKLET = read_catalogue(Path(__file__).parents[2] / "config" / "coverage.toml")


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load(Environment(public_url="https://support.example.test"))


@pytest.fixture(scope="module")
def addresses(furnished: World) -> Map:
    """Every page of the service."""
    return site(furnished.desk).url_map


def person(role: str = "client", language: str = "fr") -> Person:
    found = Person(id=7, name="Nadia Benali", email="nadia@exemple.test", role=role, language=language)
    found.phone, found.active = "04 76 00 00 00", True
    return found


def ticket(**columns: Any) -> Ticket:
    found = Ticket(id=1284, company_id=3, requester_id=7, title="Erreur à la validation d’un OF", description="…")
    found.item, found.level, found.severity, found.state = "erreur_validation", "tma", "major", "assigned"
    found.deposited_at, found.due_at, found.due_clock = NOW, NOW + timedelta(hours=2), "first_response"
    found.accept_until = NOW + timedelta(days=7)
    for name, value in columns.items():
        setattr(found, name, value)
    return found


def facts() -> dict[str, Any]:
    """Everything that any text names, as the verbs would give it."""
    call = Appointment(id=1, kind="callback", starts_at=NOW + timedelta(hours=3), minutes=15, note="Avant midi svp")
    pack = Forfait(id=1, company_id=3, hours=20, first_day=date(2026, 3, 1), last_day=date(2027, 2, 28))
    pack.balance_quarters = 19
    estimate = Estimate(id=1, minutes=150, perimeter="Un état des OF en retard", valid_until=NOW + timedelta(days=7))
    prediction = Prediction(low_at=NOW + timedelta(minutes=20), high_at=NOW + timedelta(minutes=75), confidence=0.8)
    worked = Worked("Clara Fontaine", date(2026, 11, 24), (Stretch(NOW, NOW + timedelta(minutes=97), 97, "x"),), 97, 7)
    said = {"workstation": {"readiness": "not_ready", "note": "Poste en panne"}}
    answered = Event(kind=Kind.READINESS_SET, data={"answers": said}, author="Nadia Benali", at=NOW)
    technician = Person(id=9, name="Clara Fontaine", email="clara@exemple.test", role="technician")
    return {
        "call": call,
        "pack": pack,
        "estimate": estimate,
        "prediction": prediction,
        "worked": [worked],
        "who": technician,
        "technician": technician,
        "requester": person(),
        "author": "Clara Fontaine",
        "company": Company(id=3, name="Société Éclair"),
        "ticket": ticket(),
        "starts_at": NOW,
        "old": NOW - timedelta(hours=1),
        "over": False,
        "dropped": False,
        "limit": 240,
        "beyond": 120,
        "exclusive": False,
        "until": NOW + timedelta(days=8),
        "into": ticket(id=1290),
        "merged": ticket(id=1291),
        "taken_by": technician,
        "started_at": NOW - timedelta(minutes=40),
        "ended_at": NOW,
        "names": "Alain Roux / Agnès Petit",
        "answers": readiness_of([answered]),
        "outcome": "accepted",
        "contested": False,
        "moved": 3,
        "condition": BOOKLET.conditions["trained"],
        "offers": BOOKLET.offered_instead("trained"),
        "reason": "Inclus dans votre contrat.",
        "reason_en": "Included.",
        "text": "Une ligne.\nUne autre.",
        "decision": Kind.ACCEPTED,
        "possible": True,
        "minutes": 185,
        "reference": "PMI-4711",
        "since": NOW - timedelta(days=7),
        "days": 30,
        "share": 25,
        "left": 4,
        "done": "Requête corrigée.",
        "interim": False,
        "version": "2026.2",
        "ahead": Outlook(date(2027, 1, 8), date(2026, 12, 20), None, 0.9, Range(0, 0, 4), 55, date(2026, 9, 1), 60),
        "contract": Contract(id=4, company_id=3, level="tma", first_day=date(2026, 7, 8), last_day=date(2027, 1, 8)),
        "was": date(2027, 7, 7),
        "cancelled": False,
        "others": [ticket()],
        "tickets": [ticket()],
        "followed": PublisherError(id=2, reference="PMI-4711"),
        "amount": 3,
        "hours": 20,
        "news": "declined",
        "day": date(2026, 11, 24),
        "owed": 5,
        "settled": 3,
        "returned": 2,
        "today": date(2026, 2, 24),
        "elsewhere": 8,
        "follows": None,
        "request": HoursRequest(id=1, company_id=3, hours=20, author="Agnès", asked_at=NOW),
        "remaining": "Rien.",
        "clock": "first_response",
        "due_at": NOW,
        "kind": "expiry",
        "subject": 4,
        "attempts": 5,
        "error": "ValueError: non",
        "reached_at": NOW,
        "link": "https://x",
        "endpoint": Endpoint(id=2, url="https://exemple.test/h", label="Facturation", failing_since=NOW),
        "gone": False,
        "altered": [Altered(NOW + timedelta(days=1), NOW + timedelta(days=1, hours=7), opens=False, whole=True)],
        "why": "Déménagement des bureaux",
        "lines": [(ticket(), Moved(1284, "Société Éclair", 7, "resolution", NOW, NOW + timedelta(days=1)))],
        "drift": Drift(0.66, 200, 0.8),
        "late": [Line("[Ticket nº\u00a01284] Rapport à rendre", NOW - timedelta(days=3), 259_200, 1284)],
    }


def render(settings: Settings, name: str, reader: Person, **changed: Any) -> tuple[str, str]:
    return written(settings, reader, name, NOW, {**facts(), **changed})


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_each_text_is_whole_in_both_languages(settings: Settings, name: str, language: str) -> None:
    """Nothing undefined, a subject of less than 200 characters, no line longer than a mail may carry (998)."""
    reader = person("technician" if name in TO_SUPPORT else "client", language)
    subject, body = render(settings, name, reader)
    assert 0 < len(subject) < 200
    assert body.startswith("Bonjour Nadia Benali,\n\n" if language == "fr" else "Hello Nadia Benali,\n\n")
    assert max(len(line) for line in body.splitlines()) <= 998
    assert "\n\n\n" not in body
    assert not [mark for mark in ("None", "{{", "{%", "Undefined", "<") if mark in subject + body]


@pytest.mark.parametrize("text", sorted(TEXTS.glob("*.txt")), ids=lambda path: path.name)
def test_instants_and_names_are_said_in_the_texts_own_language(text: Path) -> None:
    """Each asks for it by name: French is what the wording says unasked."""
    asked = re.findall(
        r"w\.(?:instant|brief|promise|full_date|day|long_day|label|clock_time|window)\([^{}]*", text.read_text()
    )
    english = [call for call in asked if re.search("[\"']en[\"']", call)]
    assert english == (asked if ".en." in text.name else [])


@pytest.mark.parametrize("name", NAMES)
def test_french_is_set_in_french_type(settings: Settings, name: str) -> None:
    """A no-break space before : ; ! ? and within « », the typographic apostrophe."""
    subject, body = render(settings, name, person("technician" if name in TO_SUPPORT else "client"))
    text = subject + "\n" + body
    assert not [mark for mark in (" ;", " !", " ?", " :", "« ", " »", "'") if mark in text]


def test_de_elides_before_a_company_that_begins_with_a_vowel(settings: Settings) -> None:
    firm = Company(id=3, name="Ateliers Brissac")
    told = [render(settings, name, person(role), company=firm)[1] for name in NAMES for role in ("manager", "client")]
    assert [body for body in told if "d’Ateliers Brissac" in body]
    assert not [body for body in told if "de Ateliers Brissac" in body]


@pytest.mark.parametrize("name", NAMES)
def test_each_is_written_for_who_reads_it(settings: Settings, name: str) -> None:
    """Support is not told of « votre forfait »; English has its own apostrophe, and no perimeter where a scope is."""
    for language in ("fr", "en"):
        subject, body = render(settings, name, person("technician" if name in TO_SUPPORT else "client", language))
        text = subject + body
        if name in TO_SUPPORT:
            assert not re.search("votre (forfait|contrat de)|your (pack|prepaid)", text)
        if language == "en":
            assert "'" not in text
            assert "erimeter" not in text


@pytest.mark.parametrize("name", sorted(FOLDED))
def test_a_subject_that_a_digest_may_list_days_later_names_its_day(settings: Settings, name: str) -> None:
    for language, near in (("fr", "aujourd’hui|demain|hier"), ("en", "today|tomorrow|yesterday")):
        assert not re.search(near, render(settings, name, person("technician", language))[0])


def test_who_is_to_be_called_is_asked_for_the_number_that_is_not_known(settings: Settings) -> None:
    unknown = person()
    unknown.phone = ""
    for name in ("call_booked", "call_reminder"):
        _, body = render(settings, name, person(), requester=unknown)
        assert "Nous n’avons pas votre numéro\u00a0: écrivez-le sur la page du ticket." in body
        _, body = render(settings, name, person("technician", "en"), requester=unknown)
        assert "No number on record: ask for it before the call." in body


@pytest.mark.parametrize("name", sorted(TO_CLIENTS - {"sign_in_link"}))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_client_is_told_nothing_internal(settings: Settings, name: str, language: str) -> None:
    """Not even its own company's name: a text to a client has no use for one, so it can't carry another's."""
    subject, body = render(settings, name, person("client", language))
    assert "Société Éclair" not in subject + body


@pytest.mark.parametrize("role", ["client", "manager"])
@pytest.mark.parametrize("name", NAMES)
def test_each_link_leads_to_a_page(addresses: Map, settings: Settings, name: str, role: str) -> None:
    """The reader's own: a manager has no « Forfaits » page of a contact."""
    _, body = render(settings, name, person(role))
    pages = addresses.bind("support.example.test")
    for path in re.findall(r"https://support\.example\.test(/\S+)", body):
        assert pages.match(path)[0] != ("portal.hours" if role == "manager" else "manage.company")


def posted() -> Iterator[str]:
    """The texts that the desk's verbs name, read from the code: the argument after whom it tells."""
    for module in Path(desk_package.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in ("tell", "tell_client") and isinstance(node.args[2], ast.Constant):
                yield str(node.args[2].value)


def test_no_verb_names_a_text_that_does_not_exist() -> None:
    assert set(posted()) <= set(NAMES)
    assert {f"{name}.{language}.txt" for name in (*NAMES, "letter") for language in ("fr", "en")} == {
        path.name for path in TEXTS.iterdir()
    }


def test_the_receipt_of_a_closed_desk_says_when_the_clock_starts(settings: Settings) -> None:
    opening = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    later = ticket(due_at=opening + timedelta(hours=2))
    _, body = render(settings, "receipt", person(), ticket=later, starts_at=opening, prediction=None)
    assert "Le support est fermé\u00a0: l’horloge démarre à la prochaine ouverture, demain à 9\u00a0h\u00a000." in body
    assert "Réponse garantie\u00a0: au plus tard mercredi 25 novembre à 11\u00a0h\u00a000." in body
    assert "Réponse attendue" not in body


def test_the_receipt_gives_the_window_with_its_confidence_and_the_promise(settings: Settings) -> None:
    _, body = render(settings, "receipt", person())
    assert "aujourd’hui entre 10\u00a0h\u00a050 et 11\u00a0h\u00a045, 8\u00a0fois sur\u00a010." in body
    assert "au plus tard mardi 24 novembre à 12\u00a0h\u00a030." in body
    assert "TMA\u00a0: décompté de votre forfait, par quart d’heure entamé." in body


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("waits_forfait", "la demande reste en attente d’un forfait d’heures"),
        ("waits_dispatcher", "un répartiteur du support décide de la suite"),
        ("to_deployment", "le service de déploiement a reçu votre demande"),
        ("excluded", "Rien n’attend de votre part"),
    ],
)
def test_the_receipt_says_what_waits(settings: Settings, outcome: str, said: str) -> None:
    assert said in render(settings, "receipt", person(), outcome=outcome, prediction=None)[1]


def test_the_receipt_of_a_contested_deposit_says_who_decides(settings: Settings) -> None:
    said = "Vous n’êtes pas d’accord\u00a0: un répartiteur du support décide et vous répond."
    for contested in (True, False):
        assert (said in render(settings, "receipt", person(), contested=contested)[1]) is contested


@pytest.mark.parametrize(
    ("left", "said"), [(19, "Aucun autre ne commence ensuite"), (0, "attendront un nouveau forfait")]
)
def test_what_follows_a_pack_that_runs_low_is_said_and_where_one_is_asked_for(
    settings: Settings, left: int, said: str
) -> None:
    pack = Forfait(id=1, company_id=3, hours=20, last_day=date(2027, 2, 28), balance_quarters=left)
    for role in ("client", "manager"):
        _, body = render(settings, "hours_low", person(role), pack=pack, elsewhere=0)
        assert said in body
        assert ("se demande sur le portail" in body) is (role == "client")
        assert "\n\n\n" not in body


def test_what_becomes_of_requests_without_a_maintenance_contract_is_said_before_its_end(settings: Settings) -> None:
    for level, told in (("maintenance", True), ("tma", False)):
        contract = Contract(id=4, company_id=3, level=level, last_day=date(2027, 1, 8))
        _, body = render(settings, "contract_ending", person(), contract=contract)
        assert ("attend qu’un répartiteur du support décide de sa suite" in body) is told


def test_a_contract_that_is_cancelled_is_not_said_to_end(settings: Settings) -> None:
    for role in ("client", "manager"):
        subject, body = render(settings, "contract_changed", person(role), cancelled=True)
        assert subject.endswith("annulé")
        assert "prévu du 8 juillet 2026 au 8 janvier 2027, est annulé.\n\nRaison" in body
    subject, body = render(settings, "contract_changed", person())
    assert subject.endswith("nouvelle fin le 8 janvier 2027")
    assert "ce jour compris, au lieu du 7 juillet 2027." in body


@pytest.mark.parametrize("name", ["call_booked", "call_missed", "call_cancelled", "call_reminder"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_remote_session_is_not_called_a_callback(settings: Settings, name: str, language: str) -> None:
    session = Appointment(id=2, kind="session", starts_at=NOW + timedelta(hours=3), minutes=60, note="")
    for role in ("client", "technician"):
        subject, body = render(settings, name, person(role, language), call=session)
        assert "\n\n\n" not in body
        assert ("session" if language == "en" else "Prise en main") in subject + body
        assert not [word for word in ("Rappel", "rappelle ", "allback", " call") if word in subject + body]


def test_a_client_reads_what_a_session_needs_answered_before_it(settings: Settings) -> None:
    said = "si chacun des cinq points est prêt\u00a0: la prise en main ne commence pas tant qu’une réponse manque."
    for kind in ("session", "callback"):
        call = Appointment(id=2, kind=kind, starts_at=NOW + timedelta(hours=3), minutes=60, note="")
        for name, role in product(("call_booked", "call_reminder"), ("client", "technician")):
            body = render(settings, name, person(role), call=call)[1]
            assert (said in body) is ((kind, role) == ("session", "client"))


def test_who_moved_an_appointment_is_said_to_the_other(settings: Settings) -> None:
    """Not to who did it; hours that changed are said to have moved it by themselves."""
    for author, altered, said in (("Alain Roux", [], True), ("Nadia Benali", [], False), ("Alain Roux", None, False)):
        changed: dict[str, Any] = {"author": author} | ({} if altered is None else {"altered": altered})
        assert ("Déplacé par Alain Roux." in render(settings, "call_moved", person(), **changed)[1]) is said


@pytest.mark.parametrize(
    ("waits", "said"),
    [
        ("date", "État\u00a0: En pause jusqu’au mercredi 2 décembre à 10\u00a0h\u00a030\n"),
        ("forfait", "État\u00a0: En attente d’un forfait d’heures\n"),
        ("estimate", "État\u00a0: Temps estimatif à accepter\n"),
        ("question", "État\u00a0: Votre réponse est attendue\n"),
    ],
)
def test_a_requalified_ticket_that_waits_says_for_what(settings: Settings, waits: str, said: str) -> None:
    """As its page does: a date that the client chose is no question to it."""
    until = NOW + timedelta(days=8)
    waiting = ticket(state="waiting_client", waiting_for=waits, waiting_until=until)
    assert said in render(settings, "requalified", person(), ticket=waiting)[1]


def test_a_long_title_is_cut_in_the_subject_and_whole_in_the_body(settings: Settings) -> None:
    title = "Impossible de valider " * 9
    subject, body = render(settings, "answered", person(), ticket=ticket(title=title.strip()))
    assert len(subject) < 200
    assert title.strip() in body
