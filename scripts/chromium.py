"""Finds the Chromium that the browser tests drive; as root on Debian, installs it when there is none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PACKAGES = ("chromium", "fonts-dejavu-core")
CURE = "no Chromium found: install it (Debian, Ubuntu: apt install chromium) or name its program in $CHROMIUM"


def find(environ: Mapping[str, str] = os.environ) -> str | None:
    """The path of a Chromium: $CHROMIUM when set, else the first usual name on the path."""
    if named := environ.get("CHROMIUM"):
        return shutil.which(named)
    return next(filter(None, map(shutil.which, NAMES)), None)


def needed(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether doing without a browser is a failure: on continuous integration, not on a laptop."""
    return environ.get("CI", "").lower() not in ("", "0", "false")


def install() -> None:
    """Debian's own package, when this process may install it; says nothing when it may not."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None or os.environ.get("CHROMIUM"):
        return
    print("installing Debian's chromium for the browser tests ...", file=sys.stderr, flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        subprocess.run(["apt-get", "-qq", *command], env=quiet, check=False, stdout=subprocess.DEVNULL)


def main() -> None:
    if find() is None:
        install()
    if find() is None:
        sys.exit(CURE) if needed() else print(CURE + " (browser tests are skipped)", file=sys.stderr)


if __name__ == "__main__":
    main()
