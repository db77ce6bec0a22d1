"""The manager's page of the clock and the outbox, the same as JSON, and as figures for Prometheus."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select, update

from sla.desk.actor import SYSTEM
from sla.desk.deposit import deposit
from sla.desk.keys import issue_key, send_link
from sla.desk.measures import measures, quantile
from sla.jobs.fire import fire_due
from sla.store.tables import Message, Timer
from tests.notify.letters import deliver_all, empty_outbox
from tests.web.visitor import Visitor, site, text_of
from tests.worlds import World, paris

NOW = "2026-11-24 10:20"
FAULT = {"item": "erreurs", "severity": "major", "title": "Stock négatif", "description": "Le stock passe à -3."}


pytestmark = pytest.mark.usefixtures("clock")


def change(world: World, table: Any, **values: Any) -> list[int]:
    with world.desk.database.writing() as session:
        session.execute(update(table).values(**values))
        return list(session.scalars(select(table.id).order_by(table.id)))


@pytest.fixture
def call(world: World) -> Callable[..., Any]:
    """`call("marc", "GET", "/measures")`: the API's answer to someone's token."""
    app = site(world.desk)

    def ask(who: str, method: str, path: str, **body: Any) -> Any:
        token = world.do(who, NOW, issue_key, world.people[who].id, purpose="api", minutes=None)
        headers = {"Authorization": f"Bearer {token}"}
        json = body if method == "POST" else None
        return app.test_client().open(f"/api{path}", method=method, headers=headers, json=json)

    return ask


def test_what_failed_is_shown_with_its_error_and_tried_again(world: World, marc: Visitor) -> None:
    [timer, *_] = change(world, Timer, state="failed", error="OSError: disque plein", attempts=5)
    [message, *_] = change(world, Message, state="failed", error="550 boîte inconnue", attempts=5)
    read = text_of(marc.get("/manage/jobs"))
    assert "OSError: disque plein (5 essais)" in read
    assert "550 boîte inconnue (5 essais)" in read
    marc.send("/manage/jobs", f"/manage/timers/{timer}/retry")
    assert "L’échéance va être rejouée." in text_of(marc.get("/manage/jobs"))
    marc.send("/manage/jobs", f"/manage/messages/{message}/retry")
    assert "L’envoi va être retenté." in text_of(marc.get("/manage/jobs"))
    marc.send("/manage/jobs", f"/manage/messages/{message}/retry")
    assert "Rien n’a été changé : cet envoi n’est pas en échec." in text_of(marc.get("/manage/jobs"))


def test_what_is_late_says_when_it_is_looked_at_again(world: World, marc: Visitor) -> None:
    later = {"due_at": paris("2026-11-24 10:00"), "next_at": paris("2026-11-24 10:30"), "state": "pending"}
    change(world, Timer, **later, attempts=2, error="OSError: disque plein")
    assert "En retard OSError: disque plein (2 essais) nouvel essai 10 h 30" in text_of(marc.get("/manage/jobs"))
    change(world, Timer, **later, attempts=0, error=None)
    assert "attend l’ouverture : 10 h 30" in text_of(marc.get("/manage/jobs"))


def test_all_that_failed_is_tried_again_at_once(world: World, marc: Visitor) -> None:
    count = len(change(world, Message, state="failed", error="550 boîte inconnue", attempts=5))
    marc.send("/manage/jobs", "/manage/messages/retry_all")
    assert f"{count} envois vont être retentés." in text_of(marc.get("/manage/jobs"))
    assert "Envois en échec 0" in text_of(marc.get("/manage/jobs"))
    assert marc.send("/manage/jobs", "/manage/tickets/retry_all").status_code == 404


def test_the_oldest_delay_and_how_late_the_last_days_work_was_are_in_figures(world: World, marc: Visitor) -> None:
    change(world, Timer, state="cancelled")
    world.do("julie", "2026-11-24 09:00", deposit, **FAULT)
    with world.desk.database.writing() as session:
        reminder = session.scalars(select(Timer).where(Timer.state == "pending").order_by(Timer.due_at)).first()
        assert reminder is not None
        reminder.due_at = reminder.next_at = paris(NOW) - timedelta(minutes=12)
    assert "Plus ancien retard 12 min" in text_of(marc.get("/manage/jobs"))
    fire_due(world.desk, paris(NOW))
    read = text_of(marc.get("/manage/jobs"))
    assert "Plus ancien retard Aucun" in read
    shares = "moitié à moins de 12 min, 95 % à moins de 12 min, 99 % à moins de 12 min, au plus 12 min (sur 1)"
    assert f"Retard à agir {shares}" in read


def test_a_share_is_the_least_that_so_many_do_not_exceed() -> None:
    hundred = [float(number) for number in range(1, 101)]
    assert [quantile(hundred, share) for share in (50, 95, 99, 100)] == [50, 95, 99, 100]
    assert [quantile([7.0], share) for share in (50, 100)] == [7, 7]
    assert quantile([], 50) is None


def test_what_was_sent_can_be_read_again_and_a_link_can_not(world: World, marc: Visitor) -> None:
    empty_outbox(world)
    world.do("julie", "2026-11-24 10:10", deposit, **FAULT)
    world.do(SYSTEM, "2026-11-24 10:10", send_link, email="julie@acme.example.test")
    deliver_all(world.desk, paris("2026-11-24 10:10"))
    with world.desk.database.reading() as session:
        numbers = {row.kind: row.id for row in session.scalars(select(Message).where(Message.kind != ""))}
    receipt = text_of(marc.get(f"/manage/messages/{numbers['receipt']}"))
    assert "Parti aujourd’hui à 10 h 10" in receipt
    assert "Réponse garantie : au plus tard" in receipt
    link = marc.get(f"/manage/messages/{numbers['sign_in_link']}")
    assert "Ce message porte un lien de connexion : il n’est ni montré ni gardé." in text_of(link)
    assert "/sign-in/" not in link.text.replace("/sign-in/link", "")
    assert marc.get("/manage/messages/99999").status_code == 404


def test_a_link_that_waits_is_shown_to_nobody(world: World, marc: Visitor, call: Callable[..., Any]) -> None:
    """Not even to a manager: it opens the portal as somebody else."""
    world.do(SYSTEM, "2026-11-24 10:10", send_link, email="julie@acme.example.test")
    with world.desk.database.reading() as session:
        link = session.scalars(select(Message).where(Message.kind == "sign_in_link")).one()
    assert "/sign-in/" in link.body
    assert "/sign-in/" not in text_of(marc.get(f"/manage/messages/{link.id}"))
    [told] = [each for each in call("marc", "GET", "/messages").json["messages"] if each["id"] == link.id]
    assert (told["state"], told["body"]) == ("pending", "")


def test_these_pages_are_a_managers(world: World) -> None:
    for who in ("diane", "clara", "julie", "paul"):
        visitor = Visitor(site(world.desk), world, who)
        for page in ("/manage/jobs", "/manage/messages/1", "/manage/endpoints", "/manage/endpoints/1"):
            assert visitor.get(page).status_code == 403, (who, page)


def test_the_api_tells_the_figures_and_the_outbox_page_by_page(world: World, call: Callable[..., Any]) -> None:
    count = len(change(world, Message, state="failed", error="550 boîte inconnue"))
    seen = call("marc", "GET", "/measures").json
    assert (seen["at"], seen["outbox"]["mail"]["failed"]) == ("2026-11-24T09:20:00Z", count)
    first = call("marc", "GET", "/messages?state=failed&limit=1").json
    assert len(first["messages"]) == 1
    rest = call("marc", "GET", f"/messages?state=failed&before={first['following']}").json
    assert (len(rest["messages"]), rest["following"]) == (count - 1, None)
    assert first["messages"][0]["error"] == "550 boîte inconnue"
    for who in ("diane", "julie"):
        assert call(who, "GET", "/measures").status_code == 403
        assert call(who, "GET", "/messages").status_code == 403


def test_the_api_tries_again_one_and_all(world: World, call: Callable[..., Any]) -> None:
    numbers = change(world, Timer, state="failed", error="OSError", attempts=5)
    told = call("marc", "POST", f"/timers/{numbers[0]}/retry")
    assert told.json == {"id": numbers[0], "state": "pending", "attempts": 0}
    assert call("marc", "POST", f"/timers/{numbers[0]}/retry").status_code == 409
    assert call("marc", "POST", "/timers/retry_all").json == {"count": len(numbers) - 1}
    assert call("diane", "POST", "/timers/retry_all").status_code == 403
    assert call("marc", "POST", "/messages/99999/retry").status_code == 404


def metrics(world: World, who: str | None) -> Any:
    headers = {}
    if who is not None:
        token = world.do(who, NOW, issue_key, world.people[who].id, purpose="api", minutes=None)
        headers["Authorization"] = f"Bearer {token}"
    return site(world.desk).test_client().get("/metrics", headers=headers)


def test_metrics_are_read_by_prometheus_and_say_what_the_page_says(world: World) -> None:
    change(world, Timer, state="failed")
    change(world, Message, state="pending", due_at=paris(NOW) - timedelta(seconds=90))
    with world.desk.database.writing() as session:
        first, second = session.scalars(select(Timer).limit(2)).all()
        first.state, first.due_at = "pending", paris(NOW) - timedelta(seconds=30)
        second.state, second.due_at = "fired", paris(NOW) - timedelta(seconds=20)
        second.fired_at = paris(NOW) - timedelta(seconds=15)
    found = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(metrics(world, "marc").text)
        for sample in family.samples
    }
    seen = world.see("marc", NOW, measures)
    assert found["sla_timers_oldest_overdue_seconds",] == 30
    assert found["sla_timers", "late"] == 1
    assert found["sla_timers", "failed"] == seen.failed > 0
    assert found["sla_timer_lateness_seconds", "0.99"] == 5
    assert found["sla_timer_lateness_seconds_count",] == 1
    assert found["sla_outbox_pending", "mail"] == seen.stock["mail"].pending > 0
    assert found["sla_outbox_oldest_seconds", "mail"] == 90
    assert found["sla_endpoints", "disabled"] == 0


def test_metrics_are_for_who_may_see_them(world: World) -> None:
    assert metrics(world, None).status_code == 401
    assert metrics(world, "julie").status_code == 403
    assert metrics(world, "clara").status_code == 403
    bad = site(world.desk).test_client().get("/metrics", headers={"Authorization": "Bearer nothing"})
    assert bad.status_code == 401
    assert "sla_" not in bad.text
