"""A demonstration of its own for tests: real web server, worker, clock and broker, and people at its screens.

The network is prepared once a run; the database is the one that DATABASE_URL names, else a SQLite file of its own.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response, expect

from qms.demo.domain import material

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
READY_WITHIN = 400
PATIENCE = 30_000  # milliseconds: a limit for a machine that is busy, not a measure
LEASE = "12"
AXE = Axe()
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}

T = TypeVar("T")


# --- The platform ----------------------------------------------------------------------------------------------------


@dataclass
class Demonstration:
    """A running platform and where to find it."""

    address: str
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None
    log: Path | None

    def path(self, path: str) -> str:
        return path if path.startswith("http") else f"{self.address}{path}"

    def worker_processes(self) -> list[psutil.Process]:
        """The Celery worker's processes of this very demonstration, the one that watches the others first."""
        assert self.process is not None
        found = [one for one in psutil.Process(self.process.pid).children(recursive=True) if _is_worker(one)]
        return sorted(found, key=lambda one: one.create_time())

    def python(self, code: str) -> str:
        """What a few lines print that run beside the platform, on its database."""
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.strip()


def _is_worker(process: psutil.Process) -> bool:
    try:
        command = process.cmdline()
    except psutil.Error:
        return False
    return "worker" in command and any(part.endswith("celery") for part in command)


@contextmanager
def demonstration(var: Path) -> Iterator[Demonstration]:
    """A platform that is started here and stopped at the end."""
    log = var / "demo.log"
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "QMS_VAR": str(var),
        "QMS_JOB_LEASE": LEASE,
        "QMS_ADDRESS": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }
    environment.pop("BROKER_URL", None)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo"], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        _wait_until_ready(process, log)
        yield Demonstration(environment["QMS_ADDRESS"], environment, process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if "Ctrl-C stops everything" in log.read_text(errors="replace"):
            return
        if process.poll() is not None:
            break
        time.sleep(0.3)
    pytest.fail(f"The demonstration did not start:\n{log.read_text(errors='replace')[-4000:]}")


def eventually(ask: Callable[[], T], *, within: float = 120, pause: float = 0.3) -> T:
    """What `ask` answers as soon as it is true; the limit is generous, for a machine that is busy."""
    deadline = time.monotonic() + within
    while not (answer := ask()):
        assert time.monotonic() < deadline, f"This did not happen within {within} seconds."
        time.sleep(pause)
    return answer


# --- People ----------------------------------------------------------------------------------------------------------


def who(office: str, key: str) -> material.Person:
    """A role account of the demonstration; office "" for those of the platform."""
    return next(person for person in material.people() if (person.office, person.key) == (office, key))


@dataclass
class Visitor:
    """One person at one screen."""

    page: Page
    demonstration: Demonstration
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.errors.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._hear)
        self.page.on("response", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        # What could not be loaded is told by its answer, below, with its address.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.errors.append(f"{self.page.url}: {message.text}")

    def _see(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type not in ("document", "fetch", "xhr"):
            self.errors.append(f"{self.page.url}: {response.url} answered {response.status}")

    def open(self, path: str, *, status: int = 200) -> Page:
        response = self.page.goto(self.demonstration.path(path))
        assert response is not None
        assert response.status == status, f"{path} answered {response.status}"
        return self.page

    def enter(self, office: str, key: str, language: str = "en") -> Page:
        """Through the demonstration's door, as one does with a click."""
        person = who(office, key)
        self.open(f"/{language}/demo/")
        button = self.page.locator("button", has_text=f"{person.first_name} {person.last_name}")
        fold = self.page.locator("details", has=button)
        if fold.count():
            fold.locator("summary").click()
        button.first.click()
        expect(self.page.locator(".me")).to_contain_text(person.first_name)
        return self.page

    def sign_in(self, email: str, password: str, language: str = "en") -> Page:
        """With e-mail and password."""
        page = self.open(f"/{language}/accounts/login/")
        page.locator("[name=login]").fill(email)
        page.locator("[name=password]").fill(password)
        page.locator("main form button").click()
        expect(page.locator(".me")).to_be_visible()
        return page

    def text_of(self, path: str) -> str:
        """What one reads on a page, or nothing when it may not be opened."""
        response = self.page.goto(self.demonstration.path(path))
        return self.page.locator("body").inner_text() if response and response.ok else ""

    def barriers(self) -> list[str]:
        """What violates WCAG 2.2 A and AA on this page, as far as axe can tell."""
        report: Any = AXE.run(self.page, options=RULES)
        return [
            f"{violation['id']}: {violation['help']} – {node['target']}"
            for violation in report.response["violations"]
            for node in violation["nodes"]
        ]

    def accessible(self) -> None:
        found = self.barriers()
        assert found == [], f"{self.page.url}\n" + "\n".join(found)


@contextmanager
def visitors(browser: Any, platform: Demonstration) -> Iterator[Callable[..., Visitor]]:
    """Opens a screen for another person; at the end nobody's browser may have complained."""
    contexts: list[BrowserContext] = []
    people: list[Visitor] = []

    def arrive(*, width: int = 1280, javascript: bool = True, scheme: str = "light") -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            color_scheme=scheme,
            locale="pl-PL",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        people.append(Visitor(context.new_page(), platform))
        return people[-1]

    yield arrive
    for context in contexts:
        context.close()
    errors = [error for person in people for error in person.errors]
    assert errors == [], "\n".join(errors)


def number_in(pattern: str, text: str) -> int:
    """The number in a text, such as the one in an address."""
    found = re.search(pattern, text)
    assert found, f"{pattern} is not in {text}"
    return int(found[1])
