"""What Procrastinate's workers run: looks. A job says « look » and nothing more; what is due stands in our own tables,
and the lock on its row decides who gets it. So a job that is lost, late or run twice loses and doubles nothing.
"""

from collections.abc import Callable, Mapping

import structlog
from procrastinate import App, JobContext, PsycopgConnector, SyncPsycopgConnector
from procrastinate.connector import BaseConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from sla.store.database import Database
from sla.store.engine_schema import SCHEMA

log = structlog.get_logger(__name__)

EVERY_30_S = "* * * * * */30"
EACH_MINUTE = "* * * * *"
RESCUE = "rescue"
SETTINGS = {"options": f"-c search_path={SCHEMA}", "connect_timeout": 10}


def engine(connector: BaseConnector, looks: Mapping[str, Callable[[], object]]) -> App:
    """One task a look, each half-minute whatever happens, at most once in the queue; and the rescue each minute."""
    app = App(connector=connector)
    for name, look in looks.items():
        _register(app, name, look)

    async def rescue(context: JobContext, timestamp: int) -> None:
        await _rescue(context.app)

    task = app.task(name=RESCUE, queue=RESCUE, queueing_lock=RESCUE, pass_context=True)(rescue)
    app.periodic(cron=EACH_MINUTE)(task)
    return app


def _register(app: App, name: str, look: Callable[[], object]) -> None:
    def run(timestamp: int) -> None:
        look()

    app.periodic(cron=EVERY_30_S)(app.task(name=name, queue=name, queueing_lock=name)(run))


async def _rescue(app: App) -> None:
    """The job of a worker that died is done again, or dropped where another such look already waits."""
    for job in await app.job_manager.get_stalled_jobs():
        log.warning("job of a worker that died", job=job.id, task=job.task_name, worker=job.worker_id)
        try:
            await app.job_manager.retry_job(job)
        except ConnectorException:
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)


def worker_connector(database: Database) -> PsycopgConnector:
    return PsycopgConnector(conninfo=_address(database), kwargs=SETTINGS, min_size=1, max_size=4, timeout=10)


def sender_connector(database: Database) -> SyncPsycopgConnector:
    return SyncPsycopgConnector(conninfo=_address(database), kwargs=SETTINGS, min_size=0, max_size=1, timeout=10)


def _address(database: Database) -> str:
    return database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
