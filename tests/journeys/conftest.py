"""A demonstration of its own for the journeys: real web server, worker, clock, broker and browser.

The network is prepared once a run; the database is the one that DATABASE_URL names, else a SQLite file of its own.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = "/usr/bin/chromium"
READY_WITHIN = 300
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@dataclass
class Demonstration:
    """A running platform and where to find it."""

    address: str
    var: Path
    process: subprocess.Popen[bytes]
    log: Path

    def path(self, path: str) -> str:
        return f"{self.address}{path}"

    def worker_processes(self) -> list[int]:
        """The Celery worker's processes of this very demonstration."""
        import psutil  # noqa: PLC0415  only this journey needs it

        return [
            child.pid
            for child in psutil.Process(self.process.pid).children(recursive=True)
            if "worker" in child.cmdline() and "celery" in " ".join(child.cmdline())
        ]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    var = tmp_path_factory.mktemp("var")
    log = var / "demo.log"
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "QMS_VAR": str(var),
        "QMS_JOB_LEASE": "8",
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }
    environment.pop("BROKER_URL", None)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo"], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        wait_until_ready(process, log)
        yield Demonstration(f"http://127.0.0.1:{port}", var, process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if "Ctrl-C stops everything" in log.read_text(errors="replace"):
            return
        if process.poll() is not None:
            break
        time.sleep(0.3)
    pytest.fail(f"The demonstration did not start:\n{log.read_text(errors='replace')[-4000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


@dataclass
class Visitor:
    """One person at one screen."""

    page: Page
    demonstration: Demonstration
    errors: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        response = self.page.goto(self.demonstration.path(path))
        assert response is not None
        assert response.ok, f"{path} answered {response.status}"
        return self.page

    def sign_in(self, email: str, language: str = "pl") -> Page:
        """Through the demonstration's door, as one does with a click."""
        self.open(f"/{language}/demo/")
        self.page.locator(f'button[value="{email}"]').first.click()
        self.page.wait_for_load_state()
        return self.page

    def accessible(self) -> None:
        """No violation of WCAG 2.2 A and AA that axe can find on this page."""
        report = Axe().run(
            self.page,
            options={"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}},
        )
        found = [
            f"{violation['id']}: {violation['help']} – {node['target']}"
            for violation in report.response["violations"]
            for node in violation["nodes"]
        ]
        assert found == [], f"{self.page.url}\n" + "\n".join(found)


@pytest.fixture
def visitor(browser: Browser, demonstration: Demonstration) -> Iterator[Callable[..., Visitor]]:
    """Opens a screen for another person: visitor(), visitor(width=360), visitor(javascript=False)."""
    contexts: list[BrowserContext] = []
    people: list[Visitor] = []

    def arrive(*, width: int = 1280, javascript: bool = True, scheme: str = "light") -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            color_scheme=scheme,
            locale="pl-PL",
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        person = Visitor(context.new_page(), demonstration)
        person.page.on("pageerror", lambda error: person.errors.append(str(error)))
        people.append(person)
        return person

    yield arrive
    for context in contexts:
        context.close()
    assert [error for person in people for error in person.errors] == []
