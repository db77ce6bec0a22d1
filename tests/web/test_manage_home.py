"""« Gestion »: one place that leads a manager to all that is looked after, and says what ails."""

import re

import pytest
from flask import Flask
from sqlalchemy import update

from sla.store.tables import Message, Timer
from tests.web.visitor import Visitor, text_of
from tests.worlds import World

NOW = "2026-11-24 10:20"

pytestmark = pytest.mark.usefixtures("clock")


def test_every_page_that_a_manager_looks_after_is_reached_from_it(marc: Visitor) -> None:
    page = marc.get("/manage").text
    led = set(re.findall(r'href="(/[^"]+)"', page.partition("<main")[2].partition("</main>")[0]))
    assert {each for each in led if marc.get(each).status_code != 200} == set()
    assert {rule.rule for rule in marc.client.application.url_map.iter_rules() if _is_page(rule.rule)} <= led | {
        "/manage"
    }


def _is_page(rule: str) -> bool:
    """Of management, and whole by its address alone."""
    return rule.startswith("/manage") and "<" not in rule and rule.count("/") <= 2


def test_what_failed_is_said_there(world: World, marc: Visitor) -> None:
    assert "en échec" not in text_of(marc.get("/manage"))
    with world.desk.database.writing() as session:
        session.execute(update(Timer).values(state="failed"))
        session.execute(update(Message).values(state="failed"))
    assert re.search(r"\d+ échéances en échec \d+ envois en échec", text_of(marc.get("/manage")))


def test_the_menu_marks_the_place_from_which_a_page_is_reached(marc: Visitor) -> None:
    assert '<a href="/manage" aria-current="page">' in marc.get("/manage").text
    assert '<a href="/manage" aria-current="true">' in marc.get("/manage/users").text
    assert '<a href="/manage/companies" aria-current="true">' in marc.get("/manage/companies/1").text


@pytest.mark.parametrize("who", ["diane", "clara", "paul", "julie"])
def test_it_is_the_managers_alone(app: Flask, world: World, who: str) -> None:
    assert Visitor(app, world, who).get("/manage").status_code == 403
