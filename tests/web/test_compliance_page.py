"""What a manager reads of promises kept and missed."""

import re
from pathlib import Path

from freezegun import freeze_time

from sla import web
from sla.notify.outbox import TEXTS
from tests.desk.kept import a_ticket
from tests.desk.test_compliance import missed_in_september
from tests.web.visitor import Visitor, site, text_of
from tests.worlds import World, paris

TEMPLATES = Path(web.__file__ or "").parent / "templates"


@freeze_time(paris("2026-10-01 11:45"), tz_offset=0)
def test_a_manager_reads_a_month_and_what_was_missed_in_it(world: World) -> None:
    number, silent = missed_in_september(world), a_ticket(world, "2026-10-01 09:00")
    marc = Visitor(site(world.desk), world, "marc")
    october = text_of(marc.get("/manage/compliance"))
    assert "Promesses tenues en octobre 2026" in october
    assert f"nº {silent} Acme Écran figé 1re réponse Toujours due" in october
    september = text_of(marc.get("/manage/compliance?month=2026-09"))
    assert "0 % tenues 2 décidées 2 manquées" in september
    assert "Clara Fontaine 0 % 0 sur 1 0 % 0 sur 1 0 % 0 sur 2" in september
    assert f"mer. 2 sept., 17 h 00 nº {number} Acme Écran figé Résolution Clara Fontaine" in september
    assert "Aucune promesse n’a été décidée en août 2026" in text_of(marc.get("/manage/compliance?month=2026-08"))


def test_a_month_that_can_not_be_is_said_and_a_technician_has_no_such_page(world: World) -> None:
    app = site(world.desk)
    answer = Visitor(app, world, "marc").get("/manage/compliance?month=bientôt")
    assert answer.status_code == 422
    assert "un mois tel que 2026-09 est attendu" in text_of(answer)
    assert Visitor(app, world, "clara").get("/manage/compliance").status_code == 403


def test_one_rule_rounds_every_share() -> None:
    """Cut on one page and rounded on the next, the same share would read 66 % here and 67 % there."""
    for text in (*TEMPLATES.rglob("*.html"), *TEXTS.glob("*.txt")):
        assert not re.search(r"\| *round|%\.0f|(100 \*|\* 100\)) [^}]*\}\}[^<]?%", text.read_text()), text.name
