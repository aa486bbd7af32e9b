"""Everything that a machine can say about the code without running it for people.

python bin/check.py           all checks
python bin/check.py ruff mypy only these
"""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "QMS_SECRET_KEY": secrets.token_urlsafe(48),
    "QMS_HOSTS": "qms.example",
    "DATABASE_URL": "sqlite:////tmp/qms-check.sqlite3",
    "BROKER_URL": "redis://127.0.0.1:6379/0",
    "CACHE_URL": "redis://127.0.0.1:6379/1",
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


def main(names: list[str]) -> int:
    failed = []
    for name in names or CHECKS:
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
    total = len(names or CHECKS)
    print(f"checks: {total - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
