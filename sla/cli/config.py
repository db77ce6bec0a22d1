"""`check` and `due`: what the configuration says, and a deadline with its explanation."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import click

from sla import settings, wallclock, wording
from sla.calendar import BusinessCalendar, CalendarError, Stretch, as_text
from sla.calendar.words import length
from sla.contract.worked_time import BadDuration, parse_worked

AHEAD_DAYS = 120
SHOWN = 8
LONGEST = 100_000


@click.command()
def check() -> None:
    """Vérifie config/ et montre les prochains jours fermés."""
    found = settings.load()
    hours, now = found.calendar, wallclock.now()
    today = now.astimezone(hours.zone).date()
    click.echo(f"config/ est bonne : {len(found.catalogue)} prestations, {len(found.technicians)} techniciens.")
    opens = hours.next_open(now)
    state = "ouvert" if hours.is_open(now) else f"fermé, reprise {wording.promise(opens, hours.zone, now)}"
    click.echo(f"Fuseau {hours.zone.key} ; le support est {state}.")
    click.echo("Prochains jours fermés :")
    for day, why in hours.closed_days(today, AHEAD_DAYS)[:SHOWN]:
        click.echo(f"  {wording.long_day(day, this_year=today.year)} : {why}")


@click.command()
@click.argument("at")
@click.argument("amount")
def due(at: str, amount: str) -> None:
    """L’échéance de AT plus AMOUNT de temps ouvré, expliquée.

    AT est un instant avec son décalage (2026-12-24T16:00+01:00) ; AMOUNT une durée (4h, 1h30, 90) ou des jours ouvrés
    (5j).
    """
    hours = settings.load().calendar
    start = _instant(at, hours.zone)
    try:
        deadline, stretches = _deadline(hours, start, amount)
    except (CalendarError, BadDuration) as error:
        raise click.BadParameter(error.french) from error
    click.echo(
        f"Échéance : {wording.promise(deadline, hours.zone, start)} ({deadline.astimezone(hours.zone).isoformat()})"
    )
    for line in as_text(stretches, hours.zone):
        click.echo(line)
    counted = sum(stretch.seconds for stretch in stretches if stretch.counted)
    click.echo(f"Total compté : {length(counted)}")


def _instant(text: str, zone: ZoneInfo) -> datetime:
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"« {text} » n’est pas un instant : écrivez 2026-12-24T16:00+01:00.") from error
    if read.tzinfo is None:
        example = read.replace(tzinfo=zone).isoformat(timespec="minutes")
        raise click.BadParameter(f"« {text} » n’a pas de décalage : écrivez par exemple {example}.")
    return read.astimezone(UTC)


def _deadline(hours: BusinessCalendar, start: datetime, amount: str) -> tuple[datetime, list[Stretch]]:
    days = re.fullmatch(r"(\d{1,4})\s*[jd]", amount.strip())
    if days:
        deadline = hours.add_days(start, int(days[1]))
        return deadline, hours.explain(start, deadline)
    spent = timedelta(minutes=parse_worked(amount, LONGEST))
    return hours.add(start, spent), hours.explain_due(start, spent)
