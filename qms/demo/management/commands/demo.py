"""Start the demonstration: prepare what is missing, run everything, stop everything on Ctrl-C."""

import hashlib
import os
import socket
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser

from qms.demo.processes import House, broker, platform

PREPARED_FROM = ("qms", "templates", "config", "locale")
FIRST_ANSWER_WITHIN = 90


class Command(BaseCommand):
    help = "Run the demonstration network on one machine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.QMS_DEMO:
            raise CommandError(
                "The demonstration runs with its own settings: DJANGO_SETTINGS_MODULE=config.settings.demo"
            )
        began = time.monotonic()
        port = options["port"]
        refuse_taken(port)
        # Links in letters lead to this very demonstration, whatever its port.
        settings.WAGTAILADMIN_BASE_URL = os.environ.setdefault("QMS_ADDRESS", f"http://127.0.0.1:{port}")
        self.prepare()

        with tempfile.TemporaryDirectory(prefix="qms-") as folder:
            house = self.house(f"127.0.0.1:{port}", Path(folder))
            try:
                house.open()
                wait_for_answer(port, house)
                hand_out_waiting(house)
                self.greet(port, time.monotonic() - began)
                house.watch()
            except KeyboardInterrupt:
                pass
            finally:
                self.stdout.write("\nStopping …")
                house.close()
        self.stdout.write("Stopped.")

    def prepare(self) -> None:
        """Database, static files, frameworks, example network: only when something has changed."""
        stamp = Path(settings.VAR_DIR) / "prepared"
        fingerprint = fingerprint_of(settings.BASE_DIR)
        if stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint:
            return
        self.step("Database", "migrate", verbosity=0)
        self.step("Static files", "collectstatic", interactive=False, verbosity=0)
        self.step("Frameworks", "load_frameworks")
        self.step("Questionnaires of external feedback", "load_feedback_schemes")
        self.step("Demonstration network (about a minute the first time)", "load_demonstration")
        stamp.write_text(fingerprint, encoding="utf-8")

    def step(self, title: str, command: str, **options: Any) -> None:
        began = time.monotonic()
        self.stdout.write(f"  {title} …")
        self.stdout.flush()
        call_command(command, **options)
        self.stdout.write(f"  {title}: {time.monotonic() - began:.1f} s")

    def house(self, address: str, folder: Path) -> House:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
        children = []
        if not settings.BROKER_URL:
            child, addresses = broker(folder)
            children.append(child)
            environment |= addresses
        children += platform(address, folder / "beat")
        return House(children, environment, self.stderr.write)

    def greet(self, port: int, seconds: float) -> None:
        self.stdout.write(
            f"\n  QMS demonstration: http://127.0.0.1:{port}/   (ready in {seconds:.0f} s)\n"
            f"  Sign in as any role with one click: http://127.0.0.1:{port}/pl/demo/\n",
        )
        call_command("load_demonstration", logins=True, stdout=self.stdout)
        self.stdout.write("\n  Ctrl-C stops everything.")
        self.stdout.flush()


def refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(f"Port {port} is in use. Choose another one: make demo PORT=8001") from error


def wait_for_answer(port: int, house: House) -> None:
    """Until the web server answers; a server that cannot start is reported, not waited for."""
    deadline = time.monotonic() + FIRST_ANSWER_WITHIN
    while time.monotonic() < deadline:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/")
            if connection.getresponse().status < 500:
                return
        except OSError:
            pass
        if any(child.has_died() for child in house.children):
            sys.stderr.write("A part of the platform could not start; its own words stand above.\n")
            raise CommandError("The demonstration did not start.")
        time.sleep(0.2)
    raise CommandError(f"The web server did not answer within {FIRST_ANSWER_WITHIN} seconds.")


def hand_out_waiting(house: House) -> None:
    """What was left to the workers while there was no broker goes to them now, not at the clock's first round."""
    with current_app.connection_for_write(url=house.environment["BROKER_URL"]) as broker_connection:
        current_app.send_task("core.sweep_jobs", connection=broker_connection)


def fingerprint_of(base: Path) -> str:
    """Changes when a source file, the database or the settings change."""
    digest = hashlib.sha256()
    digest.update(os.environ.get("DATABASE_URL", "").encode())
    for name in PREPARED_FROM:
        for path in sorted((base / name).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                stat = path.stat()
                digest.update(f"{path.relative_to(base)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
