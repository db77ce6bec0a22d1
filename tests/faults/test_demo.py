"""The demonstration as a newcomer starts it: seeded, then served by workers that are forked."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from functools import partial
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from sla.demo.links import ROLES
from tests.faults.probes import PATIENCE_S, eventually
from tests.faults.test_killed import LONG
from tests.notify.letters import free_port

SEEDING_S, ANSWER_S = 900, 300


@pytest.mark.skipif(not LONG, reason="three weeks are seeded: in the long run")
def test_a_document_is_made_at_the_first_start(tmp_path: Path) -> None:
    """Seeding makes PDFs too. A worker forked from the process that did would never answer."""
    environment = {**os.environ, "PORT": str(free_port()), "SLA_VAR": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    log = tmp_path / "demo.log"
    command = [str(Path(sys.executable).parent / "sla"), "demo"]
    with log.open("w") as out, subprocess.Popen(command, env=environment, stdout=out, stderr=out) as demo:
        try:
            link = _link(log, demo)
            assert [line for line in log.read_text().partition("Ctrl-C")[0].splitlines() if line.startswith("{")] == []
            assert eventually(partial(_answers, int(environment["PORT"])))
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
            base = link.partition("/sign-in/")[0]
            form = browser.open(link, timeout=ANSWER_S).read().decode()
            token = re.search(r'name="csrf_token" value="([^"]+)"', form)
            assert token is not None
            browser.open(link, data=f"csrf_token={token[1]}".encode(), timeout=ANSWER_S)
            assert browser.open(f"{base}/hours.pdf", timeout=ANSWER_S).read(5) == b"%PDF-"
        finally:
            demo.send_signal(signal.SIGTERM)
            demo.wait(PATIENCE_S)


def _answers(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def _link(log: Path, demo: subprocess.Popen[bytes]) -> str:
    """The account contact's way in, once all are told."""
    for _ in range(SEEDING_S * 2):
        if "Ctrl-C" in log.read_text():
            break
        assert demo.poll() is None, log.read_text()
        threading.Event().wait(0.5)
    found = re.search(rf"{ROLES['account']}\s.*?(http://\S+)", log.read_text())
    assert found is not None, log.read_text()
    return found[1]
