"""`run`, `web`, `jobs`: the service's processes. `run` is all of it in one."""

import gc
import signal
import socket
import threading
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from wsgiref.types import WSGIApplication

import click
from gunicorn.app.base import BaseApplication

from sla.cli.opened import open_desk
from sla.desk.office import Desk
from sla.jobs.alarm import Alarm
from sla.settings import Environment, of_this_machine
from sla.web.app import create_app

THREADS = 8
NO_ENGINE = (
    "Sur PostgreSQL, l’échéancier demande l’extra « cluster » : python3 scripts/environment.py cluster, "
    "ou pip install 'sla[cluster]'."
)


class Server(BaseApplication):
    """gunicorn with threads, made in the worker so that a restarted one has its own database and alarm."""

    def __init__(self, build: Callable[[], WSGIApplication], bind: str, workers: int) -> None:
        self.build, self.bind, self.workers = build, bind, workers
        self.endings: list[Callable[[], None]] = []
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": self.bind,
            "workers": self.workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": 60,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "proc_name": "sla",
        }.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIApplication:
        application = self.build()
        keep_loaded()
        return application

    def run(self) -> None:
        """Until told to stop; a worker that ends lets its alarm or hint end their batches first."""
        self.cfg.set("worker_exit", lambda _arbiter, _worker: self.at_exit())
        super().run()

    def at_exit(self) -> None:
        while self.endings:
            self.endings.pop()()


def keep_loaded() -> None:
    """What is loaded stays as long as the process: no collection of garbage looks through it any more, as one would
    amid a request and for a tenth of a second."""
    gc.collect()
    gc.freeze()


def check_port(environment: Environment) -> None:
    """Said before anything is done: a server that finds its port taken would say it last, and in English."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((environment.host, environment.port))
        except OSError as error:
            why = f"Impossible d’écouter sur {environment.host}:{environment.port} ({error.strerror})."
            raise click.ClickException(
                f"{why} Choisissez un autre port, par exemple PORT={environment.port + 1}."
            ) from error


def serve(*, with_jobs: bool, workers: int = 1) -> None:
    """Serve until told to stop. With jobs there is one worker, and the alarm runs beside its threads."""
    check_port(of_this_machine())
    desk = open_desk()
    environment = desk.settings.environment
    desk.close()  # workers are forks: each opens its own

    def build() -> WSGIApplication:
        desk = open_desk(migrated=False)
        if with_jobs:
            alarm = Alarm(desk)
            alarm.start()
            server.endings.append(alarm.stop)
            return create_app(desk, lambda: alarm.heartbeat)
        if desk.database.shared and has_engine():
            hint = cluster_module("hint").Hint(desk)
            hint.start()
            server.endings.append(hint.stop)
        return create_app(desk)

    server = Server(build, f"{environment.host}:{environment.port}", workers)
    server.run()


@click.command()
def run() -> None:
    """Tout le service en un processus : les pages, l’API, l’échéancier et les envois."""
    serve(with_jobs=True)


@click.command()
@click.option("--workers", default=2, show_default=True, help="processus")
def web(workers: int) -> None:
    """Les pages et l’API seules."""
    serve(with_jobs=False, workers=workers)


@click.command()
def jobs() -> None:
    """L’échéancier et les envois seuls ; sur PostgreSQL, autant qu’on veut."""
    desk: Desk = open_desk()
    if not desk.database.shared:
        _alone(desk)
        return
    if not has_engine():
        desk.close()
        raise click.ClickException(NO_ENGINE)
    cluster = cluster_module("cluster").Cluster(desk)
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: cluster.stop())
    click.echo("L’échéancier tourne, avec ceux des autres machines. Ctrl-C l’arrête.")
    cluster.run()


def _alone(desk: Desk) -> None:
    stopped = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopped.set())
    alarm = Alarm(desk)
    alarm.start()
    click.echo("L’échéancier tourne. Ctrl-C l’arrête.")
    stopped.wait()
    alarm.stop()


def has_engine() -> bool:
    return find_spec("procrastinate") is not None


def cluster_module(name: str) -> Any:
    """Read only where it is needed: it asks for the extra `cluster`."""
    return import_module(f"sla.jobs.{name}")
