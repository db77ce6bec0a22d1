"""`sla …`: the desk's command line. A command is read from its module only when it is called, so that each starts
fast."""

import sys
from importlib import import_module

import click

from sla.contract.mistakes import ConfigError
from sla.errors import Refused

COMMANDS = {
    "check": "sla.cli.config:check",
    "due": "sla.cli.config:due",
    "run": "sla.cli.serve:run",
    "web": "sla.cli.serve:web",
    "jobs": "sla.cli.serve:jobs",
    "demo": "sla.cli.demo:demo",
    "import": "sla.cli.history:import_",
    "why": "sla.cli.why:why",
    "migrate": "sla.cli.database:migrate",
    "backup": "sla.cli.database:backup",
    "verify": "sla.cli.database:verify",
    "simulate": "sla.cli.simulate:simulate",
    "add-company": "sla.cli.verbs:add_company",
    "sign-contract": "sla.cli.verbs:sign_contract",
    "add-person": "sla.cli.verbs:add_person",
    "be-absent": "sla.cli.verbs:be_absent",
    "cancel-absence": "sla.cli.verbs:cancel_absence",
    "buy-hours": "sla.cli.verbs:buy_hours",
    "correct-hours": "sla.cli.verbs:correct_hours",
    "add-closure": "sla.cli.calendar:add_closure",
    "issue-key": "sla.cli.verbs:issue_key",
    "set-password": "sla.cli.verbs:set_password",
    "add-endpoint": "sla.cli.endpoints:add_endpoint",
    "rotate-endpoint": "sla.cli.endpoints:rotate_endpoint",
    "replay-since": "sla.cli.endpoints:replay_since",
    "retry": "sla.cli.endpoints:retry",
    "shell": "sla.cli.shell:shell",
}


class Commands(click.Group):
    """Looks each command up by name, and says refusals and mistakes as sentences rather than as a crash."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        found: click.Command = getattr(import_module(module), name)
        return found

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            lines = [
                f"La configuration ne peut pas servir, {len(error.mistakes)} à corriger :",
                *map(str, error.mistakes),
            ]
            click.echo("\n  ".join(lines), err=True)
        except Refused as refused:
            click.echo(refused.sentence("fr"), err=True)
        sys.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sla")
def main() -> None:
    """Le support, ses échéances et ses heures : `sla COMMANDE --help` détaille chacune."""
