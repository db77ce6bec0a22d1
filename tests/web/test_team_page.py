"""« Équipe »: what the plan believes of each technician is shown to all of support, and to no client."""

import pytest
from freezegun import freeze_time

from sla.desk.calls import call_back
from sla.desk.people import be_absent
from sla.desk.resolve import resolve
from sla.desk.take import take
from sla.desk.team_paces import TeamMember, team_paces
from sla.desk.work import work
from sla.errors import Forbidden
from tests.desk.kept import a_ticket
from tests.web.visitor import Visitor, site, text_of
from tests.worlds import World, paris


def members(world: World, at: str) -> dict[str, TeamMember]:
    return {each.name: each for each in world.see("clara", at, team_paces)}


def test_a_slowness_is_learned_from_resolved_work_and_shown_with_its_weight(world: World) -> None:
    """One ticket each, of 60 min and of 15: Mehdi takes twice the desk's mean, of which 1/11 is believed: 2^(1/11) by
    his 1.1^(10/11)."""
    for who, minutes in (("mehdi", 60), ("clara", 15)):
        number = a_ticket(world, "2026-06-01 09:00", severity="minor")
        world.do(who, "2026-06-01 09:30", take, number)
        world.do(who, "2026-06-01 11:00", work, number, minutes=minutes)
        world.do(who, "2026-06-01 11:00", resolve, number, text="Fait.")
    assert members(world, "2026-06-01 12:00")["Mehdi Haddad"].learned == []
    mehdi = members(world, "2026-06-02 09:00")["Mehdi Haddad"]
    (learned,) = mehdi.learned
    assert learned.pace.tickets == 1
    assert learned.pace.learned == pytest.approx(2 ** (1 / 11) * 1.1 ** (10 / 11))
    whole = world.desk.hours.between(paris("2026-05-05 00:00"), paris("2026-06-02 00:00"))
    assert mehdi.load == pytest.approx(3600 / whole.total_seconds())


def test_what_was_resolved_today_is_known_tomorrow_to_every_process(world: World) -> None:
    """Worked on the day before, resolved at 10:00: a process that first asks at noon knows what one knew at 9."""
    number = a_ticket(world, "2026-06-01 09:00", severity="minor")
    world.do("mehdi", "2026-06-01 09:30", take, number)
    world.do("mehdi", "2026-06-01 11:00", work, number, minutes=60)
    world.do("mehdi", "2026-06-02 10:00", resolve, number, text="Fait.")
    assert members(world, "2026-06-02 12:00")["Mehdi Haddad"].learned == []
    assert len(members(world, "2026-06-03 09:00")["Mehdi Haddad"].learned) == 1


def test_who_was_away_is_rated_by_the_time_they_were_there(world: World) -> None:
    """Nine days in the four weeks to 2 June, two absences that overlap; a day of the next year counts for nothing."""
    number = a_ticket(world, "2026-06-01 09:00")
    world.do("clara", "2026-06-01 09:30", take, number)
    world.do("clara", "2026-06-01 11:00", work, number, minutes=60)
    spells = ("2026-05-04", "2026-05-13"), ("2026-05-12", "2026-05-16"), ("2027-05-14", "2027-05-15")
    for first, last in spells:
        away = {"starts_at": f"{first}T00:00", "ends_at": f"{last}T00:00", "label": "Congés"}
        world.do("marc", "2026-05-01 09:00", be_absent, world.people["clara"].id, **away)
    there = world.desk.hours.between(paris("2026-05-16 00:00"), paris("2026-06-02 00:00"))
    found = members(world, "2026-06-02 09:00")
    assert found["Clara Fontaine"].load == pytest.approx(3600 / there.total_seconds())
    assert found["Mehdi Haddad"].load == 0


def test_who_was_away_all_along_has_no_load(world: World) -> None:
    away = {"starts_at": "2026-05-01T00:00", "ends_at": "2026-06-02T00:00", "label": "Maladie"}
    world.do("marc", "2026-05-01 09:00", be_absent, world.people["clara"].id, **away)
    assert members(world, "2026-06-02 09:00")["Clara Fontaine"].load == 0


def test_the_page_says_the_rule_and_each_skill(world: World) -> None:
    read = text_of(Visitor(site(world.desk), world, "clara").get("/team"))
    assert "Au suivant : le ticket qui pèse le plus" in read
    assert "Clara Fontaine" in read
    assert "l’utilisation courante" in read


def test_an_absence_is_entered_by_who_steers_with_the_appointments_that_it_breaks(world: World) -> None:
    """Another holds them: the absence alone moves nothing that was agreed."""
    number = a_ticket(world, "2026-06-01 09:00")
    clara = world.people["clara"].id
    world.do("diane", "2026-06-01 09:00", call_back, number, starts_at="2026-06-03T10:00", technician=clara)
    facts = {"technician": str(clara), "label": "Formation", "starts_at": "2026-06-03T09:00"}
    with freeze_time(paris("2026-06-01 10:00"), tz_offset=0):
        diane = Visitor(site(world.desk), world, "diane")
        wrong = diane.send("/team", "/team/be_absent", **facts, ends_at="2026-06-03T09:00")
        assert wrong.status_code == 422
        assert "la fin doit venir après le début" in text_of(wrong)
        assert 'value="Formation"' in wrong.text
        done = diane.send("/team", "/team/be_absent", **facts, ends_at="2026-06-03T17:00")
        read = text_of(diane.get(str(done.location)))
        assert "Absence enregistrée : le plan en tient compte dès maintenant." in read
        assert "Absence de mer. 3, 9 h 00 à mer. 3, 17 h 00 : Formation Rendez-vous à confier nº 1" in read
        assert "Annuler l’absence de Clara Fontaine à partir de mer. 3, 9 h 00" in read
        seen_by_clara = text_of(Visitor(site(world.desk), world, "clara").get("/team"))
        assert "Formation Rendez-vous à confier" in seen_by_clara
        assert "Entrer une absence" not in seen_by_clara
        assert "Annuler l’absence" not in seen_by_clara


def test_an_absence_is_taken_back_or_ended_by_its_button_and_a_second_press_is_told(world: World) -> None:
    for first, last in (("2026-06-01", "2026-06-02"), ("2026-06-03", "2026-06-04")):
        away = {"starts_at": f"{first}T08:00", "ends_at": f"{last}T17:00", "label": "Congés"}
        world.do("marc", "2026-05-29 09:00", be_absent, world.people["clara"].id, **away)
    with freeze_time(paris("2026-06-01 10:00"), tz_offset=0):
        diane = Visitor(site(world.desk), world, "diane")
        read = text_of(diane.get("/team"))
        assert "Terminer maintenant l’absence de Clara Fontaine à partir de 8 h 00" in read
        for number in ("1", "2"):
            done = diane.send("/team", f"/team/absences/{number}/cancel_absence")
            assert done.status_code == 302
        read = text_of(diane.get(str(done.location)))
        assert "Absence retirée : le plan n’en tient plus compte." in read
        assert "Absence de" not in read
        again = diane.send("/team", "/team/absences/1/cancel_absence")
        assert again.status_code == 409
        assert "cette absence est finie (aujourd’hui à 10 h 00), et ce qui est passé reste" in text_of(again)
        assert diane.send("/team", "/team/absences/2/cancel_absence").status_code == 404


def test_no_client_reads_it(world: World) -> None:
    with pytest.raises(Forbidden):
        world.see("julie", "2026-06-01 09:00", team_paces)
