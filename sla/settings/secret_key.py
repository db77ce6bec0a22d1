"""The key that signs sessions and makes the secrets of webhooks: of the environment, or made once and kept beside the
database."""

import os
import secrets

from sla.settings.environment import Environment


def secret_key(environment: Environment) -> str:
    """`SECRET_KEY`, else the content of `<var>/secret_key`, made on first use and readable by its owner only."""
    if environment.secret_key:
        return environment.secret_key
    path = environment.sla_var / "secret_key"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(file, "w") as opened:
        opened.write(secrets.token_urlsafe(48))
    return path.read_text()
