"""What is promised: working minutes in the file, working seconds in the rules."""

from pathlib import Path

import pytest

from sla.contract.coverage import Coverage
from sla.contract.targets import Severity, Target, Targets, read_targets


@pytest.fixture(scope="module")
def targets() -> Targets:
    return read_targets(Path(__file__).parents[2] / "config" / "targets.toml")


def test_a_blocking_error_under_maintenance_is_answered_within_an_hour(targets: Targets) -> None:
    assert targets.for_(Coverage.MAINTENANCE, Severity.BLOCKING) == Target(
        first_response=60 * 60, next_response=120 * 60, resolution=480 * 60, workaround=240 * 60
    )


def test_only_a_blocking_error_is_owed_a_workaround(targets: Targets) -> None:
    for coverage in Coverage:
        owed = {severity for severity in Severity if targets.for_(coverage, severity).workaround is not None}
        assert owed == {Severity.BLOCKING}


def test_an_excluded_request_is_answered_as_fast_as_an_included_one(targets: Targets) -> None:
    for severity in Severity:
        assert targets.for_(Coverage.EXCLUDED, severity) == targets.for_(Coverage.MAINTENANCE, severity)


def test_what_hinders_more_is_promised_sooner(targets: Targets) -> None:
    for coverage in Coverage:
        promised = [targets.for_(coverage, severity) for severity in Severity]
        assert promised == sorted(promised, key=lambda target: (target.first_response, target.resolution))


def test_the_codes_of_a_history_find_the_same_target(targets: Targets) -> None:
    assert targets.promise("tma", "minor") == targets.for_(Coverage.TMA, Severity.MINOR)
    with pytest.raises(ValueError, match="gold"):
        targets.promise("gold", "minor")


def test_deployment_has_a_target_of_its_own_of_two_working_days(targets: Targets) -> None:
    assert targets.deployment == 2 * 7 * 3600
