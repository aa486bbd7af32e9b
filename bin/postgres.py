"""A PostgreSQL cluster for one run: made in a temporary folder, thrown away at the end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = (
    "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c max_connections=100 -c shared_buffers=128MB"
)


def programs() -> Path | None:
    """The folder of the newest server on this machine, or nothing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def as_server_user(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@contextmanager
def cluster() -> Iterator[str]:
    """The address of an empty database on a socket of its own."""
    folder = programs()
    if folder is None:
        raise SystemExit("PostgreSQL's server is not installed: run `make setup` or install the package postgresql.")
    # Not under /root or the checkout: the server's user must be able to enter.
    home = Path(tempfile.mkdtemp(prefix="qms-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    data = home / "data"

    def run(*command: str) -> None:
        subprocess.run(as_server_user(list(command)), check=True, stdout=subprocess.DEVNULL, cwd=home)

    run(str(folder / "initdb"), "-D", str(data), "-U", "qms", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
    control = [str(folder / "pg_ctl"), "-D", str(data), "-w", "-l", str(home / "log"), "-o", f"{SETTINGS} -k {home}"]
    run(*control, "start")
    try:
        run(str(folder / "createdb"), "-h", str(home), "-U", "qms", "qms")
        yield f"postgres://qms@/qms?host={home}"
    finally:
        subprocess.run(
            as_server_user([str(folder / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"]),
            check=False,
            stdout=subprocess.DEVNULL,
            cwd=home,
        )
        shutil.rmtree(home, ignore_errors=True)
