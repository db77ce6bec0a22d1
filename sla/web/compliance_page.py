"""`/manage/compliance`: which promises were kept, month by month, and which were not."""

from flask import Blueprint, render_template, request

from sla.desk.compliance import compliance
from sla.web.turn import turn

pages = Blueprint("compliance", __name__)


@pages.get("/manage/compliance")
def page() -> str:
    """`?month=2026-09`; the running month without."""
    return render_template("manage/compliance.html", seen=turn().see(compliance, request.args.get("month", "")))
