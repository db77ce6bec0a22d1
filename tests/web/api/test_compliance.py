"""Which promises were kept, for other software."""

from collections.abc import Callable

from tests.desk.test_compliance import missed_in_september
from tests.web.api.conftest import Caller
from tests.worlds import World

Of = Callable[[str], Caller]

KEPT = {"met": 0, "missed": 1, "changed": 0, "share": 0.0}


def test_a_month_is_told_by_contract_severity_and_technician_with_each_miss(world: World, caller: Of) -> None:
    number = missed_in_september(world)
    told = caller("marc").get("/compliance?month=2026-09", "2026-11-24 10:00").json
    assert told["month"] == "2026-09"
    assert told["whole"]["clocks"] == {"first_response": KEPT, "resolution": KEPT}
    assert [(each["month"], each["whole"]["missed"]) for each in told["months"]] == [("2026-09", 2)]
    assert [(each["company"], each["level"]) for each in told["contracts"]] == [("Acme", "maintenance")]
    assert [each["severity"] for each in told["severities"]] == ["major"]
    assert [each["technician"] for each in told["technicians"]] == ["Clara Fontaine"]
    assert [(each["ticket"], each["clock"], each["at"], each["open"]) for each in told["missed"]] == [
        (number, "resolution", "2026-09-02T15:00:00Z", False),
        (number, "first_response", "2026-09-01T09:00:00Z", False),
    ]


def test_a_month_that_can_not_be_is_a_problem_and_it_is_a_manager_s(world: World, caller: Of) -> None:
    refused = caller("marc").get("/compliance?month=2026-13", "2026-11-24 10:00")
    assert (refused.status_code, refused.json["type"]) == (422, "/api/problems/bad_instant")
    assert caller("diane").get("/compliance", "2026-11-24 10:00").status_code == 403
