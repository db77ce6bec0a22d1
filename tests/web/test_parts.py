"""The parts that pages share: a state is an icon and a word, a mistake leads to its field, nothing is styled inline."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from flask import Flask, flash
from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField, TextAreaField
from wtforms.validators import InputRequired

from sla.calendar import Stretch
from sla.web import filters

NOW = datetime(2026, 11, 24, 11, 41, tzinfo=UTC)
HEAD = """{% from "parts/state.html" import chip, clock, tile, tray_row with context %}
{% from "parts/forms.html" import field, error_summary with context %}
{% from "parts/promise.html" import promise_box with context %}
{% from "parts/forfait.html" import forfait_card with context %}
{% from "parts/timeline.html" import timeline with context %}
{% from "parts/bars.html" import load_bar, gauge with context %}
{% from "parts/history.html" import message with context %}"""


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def counted(start: datetime, end: datetime) -> Stretch:
    return Stretch(start, end, True, "open", "Ouvert")


@pytest.fixture
def app() -> Flask:
    app = Flask("sla.web")
    app.secret_key = "for this test only"
    filters.register(app.jinja_env)
    app.jinja_env.globals["csrf_token"] = lambda: "a-token"
    return app


def drawn(app: Flask, text: str, lang: str = "fr", **given: object) -> str:
    with app.test_request_context("/"):
        template = app.jinja_env.from_string(HEAD + text)
        return template.render(now=NOW, zone=ZoneInfo("Europe/Paris"), lang=lang, **given)


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("04 76 00 00 00", "tel:0476000000"),
        ("04.76.00.00.00 poste 12", "tel:0476000000;ext=12"),
        ("+44 20 7946 0000 ext. 7", "tel:+442079460000;ext=7"),
        ("+33 (0)4-76-00-00-00", "tel:+33476000000"),
        ("(04) 76/00/00/00 EXT12", "tel:0476000000;ext=12"),
    ],
)
def test_a_telephone_is_dialled_by_its_digits_and_its_extension_apart(app: Flask, phone: str, link: str) -> None:
    """RFC 3966 knows neither « poste » nor a slash; the (0) of an international number is not dialled."""
    assert drawn(app, "{{ phone | tel }}", phone=phone).strip() == link


def test_a_state_is_said_by_icon_and_word(app: Flask) -> None:
    html = drawn(app, "{{ chip('watch') }}")
    assert "icon-watch" in html
    assert "À surveiller" in html


def test_a_running_clock_says_what_is_left_then_until_when(app: Flask) -> None:
    row = SimpleNamespace(mark="on_time", goal="resolution", left=26_700, due=at(10, 45, 25), waiting=None)
    html = drawn(app, "{{ clock(row) }}", row=row)
    assert "<b>7\u00a0h\u00a025</b>" in html
    assert "Résolution avant" in html
    assert "mer. 25, 11\u00a0h\u00a045" in html


def test_a_paused_clock_says_who_is_awaited_and_never_an_instant(app: Flask) -> None:
    row = SimpleNamespace(mark="paused", goal="resolution", left=78_000, due=at(10), waiting="attente du client")
    html = drawn(app, "{{ clock(row) }}", row=row)
    assert "attente du client" in html
    assert "<time" not in html


def test_a_promise_without_enough_history_gives_the_guarantee_alone(app: Flask) -> None:
    promise = {"starts": at(12, 30), "low": None, "due": at(9, 30, 25), "target": 14_400}
    html = drawn(app, "{{ promise_box(p) }}", p=promise)
    assert "Réponse attendue" not in html
    assert "au plus tard mercredi 25 novembre à 10\u00a0h\u00a030" in html


def test_a_promise_shows_start_window_and_guarantee_in_that_order(app: Flask) -> None:
    stretches = [Stretch(at(11, 30), at(12, 30), False, "lunch", "Déjeuner"), counted(at(12, 30), at(16))]
    promise = {
        "starts": at(12, 30),
        "low": at(13, 10),
        "high": at(14, 5),
        "confidence": 0.8,
        "due": at(16),
        "stretches": stretches,
    }
    html = drawn(app, "{{ promise_box(p) }}", p=promise)
    said = [html.index(text) for text in ("<dt>L’horloge démarre", "<dt>Réponse attendue", "<dt>Réponse garantie")]
    assert said == sorted(said)
    assert "aujourd’hui entre 14\u00a0h\u00a010 et 15\u00a0h\u00a005</b>, 8\u00a0fois sur\u00a010" in html
    assert 'class="axis"' in html


def test_a_timeline_has_the_same_facts_as_a_table(app: Flask) -> None:
    told = [counted(at(8), at(11, 30)), Stretch(at(11, 30), at(12, 30), False, "lunch", "Déjeuner")]
    told.append(counted(at(12, 30), at(13)))
    html = drawn(app, "{{ timeline(told) }}", told=told)
    assert "mar. 24, 9\u00a0h\u00a000 – 12\u00a0h\u00a030" in html
    assert "<desc>Compté de mar. 24\u00a0novembre 9\u00a0h\u00a000 à 12\u00a0h\u00a030" in html
    assert 'id="hatch-t"' in html
    assert '<td class="soft">Déjeuner</td>' in html
    assert '<td class="figure-cell"><b>4\u00a0h\u00a000</b></td>' in html


def test_a_forfait_shows_its_balance_and_its_lines(app: Flask) -> None:
    lines = [{"day": date(2026, 11, 24), "number": 1476, "url": "/t", "real": 5_820, "taken": 7, "balance": 73}]
    forfait = {"left": 73, "total": 120, "valid_from": date(2026, 9, 1), "valid_until": date(2027, 8, 31)}
    html = drawn(app, "{{ forfait_card(f) }}", f={**forfait, "points": [(date(2026, 11, 24), 73)], "lines": lines})
    for said in ("Forfait 30\u00a0h", "18\u00a0h\u00a015", "jusqu’au 31 août 2027", "nº\u00a01476", "1\u00a0h\u00a045"):
        assert said in html


def test_a_load_turns_amber_from_95_percent(app: Flask) -> None:
    assert "bar-full" not in drawn(app, "{{ load_bar(23900, 25200) }}")
    assert "bar-full" in drawn(app, "{{ load_bar(23940, 25200) }}")


def test_what_the_client_cannot_see_says_so_where_it_stands(app: Flask) -> None:
    said = {"author": "Karim", "at": at(9), "text": "Une copie de 2023.", "internal": True, "from_desk": True}
    html = drawn(app, "{{ message(m) }}", m=said)
    assert "message-note" in html
    assert "Note interne, invisible du client" in html


class Words(Form):  # type: ignore[misc]  # wtforms has no types
    title = StringField("En une phrase", [InputRequired("Dites ce qui se passe.")])
    more = TextAreaField("Exemples", description="Ni code ni mot de passe.")


def test_a_mistake_is_told_at_the_top_and_at_its_field_and_what_was_typed_comes_back(app: Flask) -> None:
    form = Words(MultiDict({"more": "<b>état</b>"}))
    form.validate()
    html = drawn(app, "{{ error_summary(form) }}{{ field(form.title) }}{{ field(form.more) }}", form=form)
    assert '<a href="#title">En une phrase\u00a0: Dites ce qui se passe.</a>' in html
    assert 'aria-describedby="title-error"' in html
    assert 'aria-describedby="more-help"' in html
    assert "&lt;b&gt;état&lt;/b&gt;" in html
    assert "(facultatif)" in html


def test_the_frame_shows_the_desk_the_person_and_what_was_just_done(app: Flask) -> None:
    desk = {"open": False, "until": at(12, 30), "hours": "Du lundi au vendredi.", "closures": []}
    nav = [{"url": "/tickets", "text": "Tickets", "current": "page"}]
    given = {"now": NOW, "zone": ZoneInfo("Europe/Paris"), "lang": "fr", "desk": desk, "nav": nav}
    with app.test_request_context("/"):
        flash("Ticket envoyé.", "ok")
        html = app.jinja_env.get_template("problem.html").render(
            **given, user={"name": "Julie Perrin"}, status=404, title="Introuvable", detail="Ce ticket n’existe pas."
        )
    assert "Support fermé, reprise à 13\u00a0h\u00a030" in html
    assert "<b>Le support répond</b>\u00a0: du lundi au vendredi. Le portail reste" in html
    assert 'aria-current="page"' in html
    assert 'value="a-token"' in html
    assert "Ticket envoyé." in html
    assert " style=" not in html
    assert "<script" not in html
