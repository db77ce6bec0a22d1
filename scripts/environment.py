"""Makes `.venv` from the hash-pinned locks, or finds it made: `environment.py runtime|cluster|dev|bench|lock`.

Runs on the machine's own python3 before anything is installed: standard library only, and a syntax that an old
Python can still read, so that it can say what is missing.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

OLDEST = (3, 11)
NEWER_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UNFINISHED = VENV / ".unfinished"

# Each set holds the ones it names before it, so a richer environment also serves a poorer need.
LOCKS = {
    "runtime": ["runtime"],
    "cluster": ["runtime", "cluster"],
    "dev": ["dev"],
    "bench": ["dev", "bench"],
    "lock": ["lock"],
}
RICHER = {
    "runtime": ["cluster", "dev", "bench"],
    "cluster": ["dev", "bench"],
    "dev": ["bench"],
    "bench": [],
    "lock": [],
}


def main(need):
    use_a_new_enough_python()
    require_venv_module()
    with one_at_a_time():
        if VENV.exists() and (UNFINISHED.exists() or not works()):
            say("the environment in .venv was left half-made or no longer runs: making it anew")
            shutil.rmtree(str(VENV))
        if any(stamp(name).is_file() and stamp(name).read_text() == digest(name) for name in [need] + RICHER[need]):
            return
        try:
            make(need)
        except (subprocess.CalledProcessError, KeyboardInterrupt):
            shutil.rmtree(str(VENV))
            stop("the environment could not be made (see above); .venv was removed, `make` again starts afresh")


def use_a_new_enough_python():
    """Goes on in a newer Python of another name, where python3 itself is too old."""
    if sys.version_info >= OLDEST:
        return
    newer = next(filter(runs, filter(None, map(shutil.which, NEWER_NAMES))), None)
    if newer is None:
        stop("python3 is %d.%d here and must be 3.11 or newer (Debian 12+: apt install python3)" % sys.version_info[:2])
    os.execv(newer, [newer] + sys.argv)


def require_venv_module():
    """Debian ships it apart from python3; without ensurepip, venv leaves half an environment behind."""
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        stop("Python's venv module is missing (Debian, Ubuntu: apt install python3-venv)")


@contextmanager
def one_at_a_time():
    """Two makes at once take turns; the lock goes with the process, so nothing is left to clean."""
    folder = os.open(str(ROOT / "requirements"), os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(folder)


def make(need):
    say("preparing .venv (%s), a minute or less ..." % need)
    VENV.mkdir(exist_ok=True)
    UNFINISHED.touch()
    if not PYTHON.exists():
        run(base_python(), "-m", "venv", VENV)
    pip("--require-hashes", *locks(need))
    if need != "lock":
        # --no-deps: this wheel is wanted for the htmx in it, not for Django.
        pip("--require-hashes", "--no-deps", "-r", ROOT / "requirements" / "assets.lock")
        pip("--no-deps", "--no-build-isolation", "--editable", ROOT)
    stamp(need).write_text(digest(need))
    UNFINISHED.unlink()


def locks(need):
    """As constraints too: an older pip (23.2, which Python 3.11 brings) takes the « pydantic[email] » that a package
    asks for to be another than pydantic, and would fetch the newest, which no lock has."""
    return [part for name in LOCKS[need] for way in ("-r", "-c") for part in (way, lock(name))]


def lock(name):
    return ROOT / "requirements" / (name + ".lock")


def pip(*arguments):
    run(PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *arguments)


def run(*command):
    subprocess.run([str(part) for part in command], check=True)


def base_python():
    """The Python that an activated environment was made from, or this one."""
    return getattr(sys, "_base_executable", None) or sys.executable


def works():
    """Whether .venv's Python runs, here and now: not after its Python was removed or the folder was moved."""
    pip = VENV / "bin" / "pip"
    return pip.is_file() and str(VENV) in pip.read_text() and runs(PYTHON)


def runs(python):
    """Whether this Python starts and is new enough; a version manager's placeholder does not."""
    probe = [str(python), "-c", "import sys; sys.exit(sys.version_info < %r)" % (OLDEST,)]
    return subprocess.run(probe, stderr=subprocess.DEVNULL, check=False).returncode == 0


def stamp(need):
    return VENV / (".made-" + need)


def digest(need):
    """Changes when what was installed would be another: the locks, the project's own metadata."""
    names = ["requirements/%s.lock" % name for name in LOCKS[need] + ["assets"]] + ["pyproject.toml"]
    content = hashlib.sha256()
    for name in names:
        content.update((ROOT / name).read_bytes())
    return content.hexdigest()


def say(sentence):
    print(sentence, file=sys.stderr, flush=True)


def stop(sentence):
    sys.exit("make: " + sentence)


if __name__ == "__main__":
    main(sys.argv[1])
