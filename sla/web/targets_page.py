"""`/manage/targets`: what is promised, as config/targets.toml has it, each figure with its line; and what was."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template

from sla.contract.mistakes import KeyPath
from sla.contract.service_item import Coverage
from sla.contract.targets import Severity, Targets
from sla.desk.promised_targets import promised_targets
from sla.web.turn import turn

pages = Blueprint("targets", __name__)

CLOCKS = ("first_response", "next_response", "workaround", "resolution")
LEVELS = (Coverage.MAINTENANCE, Coverage.TMA)
DEPLOYMENT: KeyPath = ("deployment", "first_response")


@pages.get("/manage/targets")
def targets() -> str:
    seen = turn().see(promised_targets)
    return render_template(
        "manage/targets.html",
        seen=seen,
        clocks=CLOCKS,
        levels=[(level, _rows(seen.targets, level, seen.lines)) for level in LEVELS],
        deployment_line=seen.lines.get(DEPLOYMENT),
        shares_line=seen.lines.get(("warning", "shares")),
        versions=seen.versions[::-1] if len(seen.versions) > 1 else (),
    )


def _rows(targets: Targets, level: Coverage, lines: Mapping[KeyPath, int]) -> list[dict[str, Any]]:
    """A severity a row: each clock's seconds and the line that says them."""
    return [
        {
            "severity": severity,
            "always": targets.for_(level, severity).always,
            "cells": [
                (name, getattr(targets.for_(level, severity), name), lines.get((level.value, severity.value, name)))
                for name in CLOCKS
            ],
        }
        for severity in Severity
    ]
