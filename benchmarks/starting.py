"""Cold and warm start of the demonstration, and the weight of its first page in a browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.measure import Figure

ROOT = Path(__file__).resolve().parent.parent
FIRST_LOAD_LIMIT = 150
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def starts() -> Iterator[Figure]:
    """Seconds from the command to the printed address, twice over the same folder."""
    with tempfile.TemporaryDirectory(prefix="qms-bench-") as var:
        for name in ("cold", "warm"):
            process, port, seconds = _start(Path(var))
            try:
                yield Figure(f"make demo, {name} start", round(seconds, 1), "s")
                if name == "warm":
                    yield _weight(port)
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(60)


def _start(var: Path) -> tuple[subprocess.Popen[str], int, float]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "QMS_VAR": str(var),
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }
    for name in ("BROKER_URL", "CACHE_URL", "DATABASE_URL"):
        environment.pop(name, None)
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "Ctrl-C stops everything" in line:
            return process, port, time.perf_counter() - began
    raise SystemExit("The demonstration did not start.")


def _weight(port: int) -> Figure:
    """Bytes over the wire for the home page, everything that it loads included."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        page = chromium.new_page()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        received: list[float] = []
        session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        page.goto(f"http://127.0.0.1:{port}/pl/", wait_until="networkidle")
        chromium.close()
    kilobytes = sum(received) / 1024
    return Figure(
        "first page, first load",
        round(kilobytes, 1),
        "KB",
        limit=FIRST_LOAD_LIMIT,
        holds=kilobytes <= FIRST_LOAD_LIMIT,
    )
