"""django-helpdesk's `escalate_tickets`, for `bench.jobs`, in a process of its own: its command over tickets that are
due, each with one mail to its submitter, which its cheapest mail backend swallows. Prints a row of Markdown.
"""

import logging
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path
from django.utils import timezone

from bench.jobs_workers import rates

ESCALATED = 500
urlpatterns = [path("", include("helpdesk.urls"))] if settings.configured else []  # its mails link to its pages
APPS = ["auth", "contenttypes", "sessions", "messages", "admin", "sites", "humanize"]


def configure(file: Path) -> None:
    """SQLite as the desk sets it."""
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    base = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": {"init_command": pragmas}}
    templates = {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
    settings.configure(
        DATABASES={"default": base},
        INSTALLED_APPS=[f"django.contrib.{app}" for app in APPS] + ["rest_framework", "helpdesk"],
        TEMPLATES=[templates],
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        ROOT_URLCONF="bench.jobs_helpdesk",
        SECRET_KEY=token_hex(),
        SITE_ID=1,
        USE_TZ=True,
    )
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("loaddata", "emailtemplate.json", verbosity=0)


def known(name: str) -> Any:
    """A model of its, known once Django is configured."""
    return apps.get_model("helpdesk", name)


def fill(queue: Any, count: int, created: datetime) -> None:
    ticket = known("Ticket")
    ticket.objects.bulk_create(
        ticket(queue=queue, title=f"OF {n}", submitter_email="julie@acme.example.test", priority=3)
        for n in range(count)
    )
    ticket.objects.update(created=created)


def main() -> None:
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        configure(Path(folder) / "helpdesk.sqlite3")
        queues, tickets, changes = (known(name).objects for name in ("Queue", "Ticket", "TicketChange"))
        queue = queues.create(title="Support", slug="support", escalate_days=1, email_address="s@example.test")
        fill(queue, ESCALATED, timezone.now() - timedelta(days=10))
        begun, busy = time.perf_counter(), time.process_time()
        call_command("escalate_tickets")
        spent = time.perf_counter() - begun, time.process_time() - busy
        if changes.count() != ESCALATED:
            raise RuntimeError(f"{changes.count()} were escalated, {tickets.filter(priority=2).count()}")
    print(f"| django-helpdesk's `escalate_tickets`, SQLite, a ticket escalated | {rates(ESCALATED, *spent)} |")


if __name__ == "__main__":
    main()
