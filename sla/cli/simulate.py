"""`simulate`: the desk played forward, as it is and as it might be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import click

from sla import wallclock
from sla.calendar import CalendarError
from sla.cli.opened import open_desk
from sla.cli.option_types import Closure, Percent
from sla.cli.simulated_words import BETTER, BROKEN, NOT_SURELY, Found, broken, comma, said, seeds_of, table
from sla.contract.targets import Target, Targets, read_targets
from sla.desk.actor import SYSTEM
from sla.desk.simulated_desk import simulated_desk
from sla.queue.rule import DEFAULT, ORDERS, Rule
from sla.simulation.campaign import PUSHES, Campaign, policy_of
from sla.simulation.chart import svg_bars, text_bars
from sla.simulation.desk_file import read_simulated_desk
from sla.simulation.fit import FIRST_CHECK, FIRST_SEED, checked, fit, toml_lines
from sla.simulation.policy import Policy
from sla.simulation.scenario import Scenario
from sla.simulation.scenario import Targets as Promised
from sla.simulation.simulated_desk import SimulatedDesk

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
BEFORE = 7
"""A closure is seen with so many days before it, with fewer where it would not be reached."""
MOST_TRIED = 200
"""About as many rules as a fit tries."""
AS_IT_IS, AS_IT_MIGHT_BE = "tel quel", "avec le changement"


@click.command()
@click.option("--desk", "file", type=FILE, help="un service écrit dans un fichier (bench/desks/) au lieu de la base")
@click.option(
    "--technicians", type=click.IntRange(-50, 50), default=0, help="techniciens polyvalents de plus, ou de moins"
)
@click.option("--closure", type=Closure(), help="fermeture, premier et dernier jour : 2026-12-24..2026-12-31")
@click.option("--tickets", type=Percent(), default=1.0, help="tickets de plus ou de moins : +30%")
@click.option("--targets", type=FILE, help="d’autres délais promis, à la forme de config/targets.toml")
@click.option("--rule", type=click.Choice([*ORDERS, *PUSHES]), help="une autre règle que celle du service")
@click.option("--seeds", type=click.IntRange(1, 1000), default=10, show_default=True, help="tirages")
@click.option("--days", type=click.IntRange(1, 250), default=20, show_default=True, help="jours ouvrés de chacun")
@click.option("--fit", "fitting", is_flag=True, help="cherche les nombres de la règle pour ce service ; n’écrit rien")
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), help="où dessiner les promesses rompues")
def simulate(
    file: Path | None,
    technicians: int,
    closure: tuple[date, date] | None,
    tickets: float,
    targets: Path | None,
    rule: str | None,
    seeds: int,
    days: int,
    fitting: bool,
    svg: Path | None,
) -> None:
    """Joue le service en avant, tel quel et avec un changement : promesses rompues, attentes, charge."""
    _refuse_together(file, targets, rule, fitting, svg)
    desk, kept = _read(file)
    first_day = _first_day(closure, days) or wallclock.now().astimezone(desk.calendar.zone).date()
    scenario = Scenario(technicians, tickets, closure, _promised(read_targets(targets)) if targets else None)
    other = _changed(desk, scenario)
    if fitting:
        _fit(other, replace(kept, order=rule or kept.order), Campaign(seeds, days, first_day, FIRST_SEED))
        return
    desks = {AS_IT_IS: (desk, kept.order)}
    if scenario != Scenario() or rule not in (None, kept.order):
        desks[AS_IT_MIGHT_BE] = (other, rule or kept.order)
    found = _played(desks, kept, Campaign(seeds, days, first_day))
    for line in [*table(found, seeds, days, first_day), "", BROKEN, *text_bars(broken(found))]:
        click.echo(line)
    if svg is not None:
        svg.write_text(svg_bars(BROKEN, broken(found)), "utf-8")
        click.echo(f"Dessin : {svg}")


def _refuse_together(
    file: Path | None, targets: Path | None, rule: str | None, fitting: bool, svg: Path | None
) -> None:
    """Said before anything is played, which takes a while."""
    if file is not None and targets is not None:
        raise click.UsageError("Les délais d’un service écrit dans un fichier sont dans ce fichier : sans --targets.")
    if fitting and rule in PUSHES:
        raise click.UsageError(f"« {rule} » n’a pas de nombres à chercher : sans --rule, ou {', '.join(ORDERS)}.")
    if svg is not None and not svg.absolute().parent.is_dir():
        raise click.UsageError(f"Le dossier « {svg.parent} » du dessin n’existe pas.")


def _changed(desk: SimulatedDesk, scenario: Scenario) -> SimulatedDesk:
    try:
        return scenario.of(desk)
    except CalendarError as error:
        raise click.ClickException(error.french) from error
    except ValueError as error:
        raise click.ClickException(f"Plus personne ne maîtriserait « {error} ».") from error


def _played(desks: dict[str, tuple[SimulatedDesk, str]], kept: Rule, campaign: Campaign) -> Found:
    """Each desk under the order that it keeps, by name."""
    with click.progressbar(length=campaign.seeds * len(desks), label="Simulation") as bar:
        return {name: campaign.play(each, _by_seed(order, kept), bar.update) for name, (each, order) in desks.items()}


def _by_seed(order: str, rule: Rule) -> Callable[[int], Policy]:
    """A policy of its own for each seed: a push remembers whose turn it is."""
    return lambda seed: policy_of(order, rule)


def _first_day(closure: tuple[date, date] | None, days: int) -> date | None:
    return closure[0] - timedelta(days=min(BEFORE, days // 2)) if closure else None


def _read(file: Path | None) -> tuple[SimulatedDesk, Rule]:
    if file is not None:
        return read_simulated_desk(file), DEFAULT
    desk = open_desk(keeps=False)
    found = desk.by(SYSTEM).see(simulated_desk)
    if not found.hands:
        raise click.ClickException("Aucun technicien de desk.toml n’a de compte : `sla add-person … --code CODE`.")
    return found, desk.settings.plan.rule


def _promised(targets: Targets) -> Promised:
    def of(code: str) -> Target | None:
        level, _, severity = code.partition(".")
        return targets.promise(level, severity)

    return of


def _fit(desk: SimulatedDesk, rule: Rule, campaign: Campaign) -> None:
    """Prints lines for desk.toml, with the seeds that they were fitted on and what they gave on others."""
    with click.progressbar(length=MOST_TRIED, label="Recherche", show_eta=False) as bar:
        found = fit(desk, rule, campaign, lambda tried, cost: bar.update(1))
    others = replace(campaign, first_seed=FIRST_CHECK)
    proof = checked(desk, rule, found.numbers, others)
    of_each = f"{campaign.days} jours ouvrés de chacune à partir du {campaign.first_day}"
    click.echo(f"\n# Ajusté sur {seeds_of(campaign)}, {of_each}.")
    click.echo("# Coût : promesses rompues, en % des tickets, et 0,02 par minute pondérée de retard.")
    click.echo(f"# Là : {comma(found.before)} avec la règle du service, {comma(found.cost)} avec celle-ci.")
    click.echo(f"# Sur {seeds_of(others)}, celle-ci moins celle du service, intervalle à 95 % :")
    click.echo(f"# coût {said(proof.cost, 2, sign=True)} ; promesses rompues, % : {said(proof.broken, 2, sign=True)} ;")
    click.echo(f"# retard pondéré par ticket, min : {said(proof.late, 2, sign=True)} ;")
    click.echo(f"# neuf réponses sur dix en, min : {said(proof.response, 1, sign=True)}.")
    click.echo(f"# {BETTER if proof.better else NOT_SURELY}")
    for line in toml_lines(found.numbers):
        click.echo(line)
