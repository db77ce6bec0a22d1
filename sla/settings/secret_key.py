"""The key that signs sessions and makes the secrets of webhooks: of the environment, or made once and kept beside the
database."""

import fcntl
import os
import secrets

from sla.settings.environment import Environment


def secret_key(environment: Environment) -> str:
    """`SECRET_KEY`, else the content of `<var>/secret_key`, made on first use and readable by its owner only."""
    if environment.secret_key:
        return environment.secret_key
    path = environment.sla_var / "secret_key"
    if path.exists() and (kept := path.read_text()):
        return kept
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # two processes that start at once have the same
        kept = file.read()
        if not kept:
            kept = secrets.token_urlsafe(48)
            file.write(kept)
    return kept
