"""300 assessors whose pages save every ten seconds for a minute, on PostgreSQL behind gunicorn; nothing may get lost.

Everything runs on this machine, over the loopback, and stops by itself. Each assessor writes one more thought before
each save. Some have the same sheet open in two windows, which save in the same moment: one of them must be told so.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from uuid import uuid4

from benchmarks.measure import Figure

ROOT = Path(__file__).resolve().parent.parent
ASSESSORS, GROUP = 300, 30
PERIOD, ROUNDS = 10, 6
TWO_WINDOWS = 20
SENT_TWICE = 5  # every so many saves the answer is thought lost and the same is sent again
THREADS = 30
TRIES = 6
NODES = ("1.1", "6.1")
TOKEN = "b" * 32


def autosave() -> Iterator[Figure]:
    """The figures, told by a process of its own: this one has its settings for another database."""
    from bin.postgres import cluster  # noqa: PLC0415  only here is PostgreSQL needed

    with cluster() as address:
        environment = {**os.environ, "DATABASE_URL": address, "QMS_HOSTS": "127.0.0.1"}
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.autosave"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            timeout=300,
            check=True,
        )
    yield from (Figure(**json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{"))


class Window:
    """One page that is open in a browser: what it shows, and from which version of each subcriterion."""

    def __init__(self, port: int, sheet: int, session: str, name: str, tally: Tally) -> None:
        self.port, self.sheet, self.name, self.tally = port, sheet, name, tally
        cookie = f"sessionid={session}; csrftoken={TOKEN}"
        self.headers = {"Cookie": cookie, "X-CSRFToken": TOKEN, "Content-Type": "application/json"}
        self.versions: dict[str, int] = {}
        self.entries: dict[str, list[dict]] = {node: [] for node in NODES}
        self.saves = 0

    def save(self) -> None:
        """One more thought, then what the script of the page does; after a conflict both windows' texts are kept."""
        self.saves += 1
        node = NODES[self.saves % len(NODES)]
        text = f"{self.name} thought {self.saves} of {node}"
        self.entries[node].append({"key": str(uuid4()), "kind": "strength", "text": text, "evidence": []})
        for _ in range(TRIES):
            status, answer = self._post(node)
            if status == 200:
                if self.saves % SENT_TWICE == 0:
                    self._again(node, answer["version"])
                self.versions[node] = answer["version"]
                self.tally.kept(self.sheet, node, self.entries[node])
                return
            if status != 409:
                break
            self.tally.count("conflicts")
            stored = answer["stored"]["entries"]
            known = {entry["key"] for entry in stored}
            self.entries[node] = stored + [entry for entry in self.entries[node] if entry["key"] not in known]
            self.versions[node] = answer["version"]
        self.tally.count("unanswered")

    def _again(self, node: str, version: int) -> None:
        status, answer = self._post(node)
        # A second window may have saved in between; otherwise the same answer comes, and nothing is written.
        if status == 200 and answer["version"] != version:
            self.tally.count("written twice")

    def _post(self, node: str) -> tuple[int, dict]:
        marks = dict.fromkeys(("plan", "do", "check", "act") if node == "1.1" else ("trend", "target"), "50")
        sent = {"version": self.versions.get(node, 0), "marks": marks, "entries": self.entries[node]}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        began = time.perf_counter()
        try:
            address = f"/en/assessments/sheets/{self.sheet}/{node}/save/"
            connection.request("POST", address, json.dumps(sent), self.headers)
            response = connection.getresponse()
            body = response.read()
            self.tally.took(time.perf_counter() - began)
            return response.status, json.loads(body)
        except (OSError, HTTPException, ValueError):
            return 0, {}
        finally:
            connection.close()


class Tally:
    """What all windows saw."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.counts: Counter[str] = Counter()
        self.times: list[float] = []
        self.texts: dict[tuple[int, str], set[str]] = {}

    def count(self, name: str) -> None:
        with self.lock:
            self.counts[name] += 1

    def took(self, seconds: float) -> None:
        with self.lock:
            self.times.append(seconds)

    def kept(self, sheet: int, node: str, entries: list[dict]) -> None:
        with self.lock:
            self.counts["kept"] += 1
            self.texts.setdefault((sheet, node), set()).update(entry["text"] for entry in entries)


def main() -> None:
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    with Path(os.devnull).open("w", encoding="utf-8") as silence:
        call_command("migrate", verbosity=0, stdout=silence)
        call_command("load_frameworks", stdout=silence)
    people = _people()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = _server(port)
    try:
        tally, seconds = _minute(people, port)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
    for figure in _figures(tally, seconds):
        figure.print()


def _people() -> list[tuple[int, str]]:
    """Each assessor's sheet and a session that is signed in."""
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    from benchmarks import crowd  # noqa: PLC0415
    from qms.assessments.models import Sheet  # noqa: PLC0415

    made = [crowd.group(GROUP, stage="individual", answered=False).pk for _ in range(ASSESSORS // GROUP)]
    people = []
    for sheet in Sheet.objects.select_related("member__user").filter(member__assessment__in=made).order_by("pk"):
        user, session = sheet.member.user, SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        people.append((sheet.pk, session.session_key))
    return people


def _server(port: int) -> subprocess.Popen[bytes]:
    gunicorn = Path(sys.executable).with_name("gunicorn")
    command = [str(gunicorn), "config.wsgi", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
    server = subprocess.Popen(
        [*command, "--workers", "3", "--threads", "4", "--log-level", "error"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(120):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/health/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.25)
        else:
            return server
    server.kill()
    raise SystemExit("gunicorn did not start.")


def _minute(people: list[tuple[int, str]], port: int) -> tuple[Tally, float]:
    """Every window saves once in each period, at its own moment of it; both windows of a sheet at the same one."""
    tally = Tally()
    plans: list[list[tuple[float, Window]]] = [[] for _ in range(THREADS)]
    for number, (sheet, session) in enumerate(people):
        moment = PERIOD * number / len(people)
        plans[number % THREADS].append((moment, Window(port, sheet, session, f"A{number}", tally)))
        if number < TWO_WINDOWS:
            other = Window(port, sheet, session, f"B{number}", tally)
            plans[(number + 1) % THREADS].append((moment, other))
    began = time.perf_counter()

    def walk(plan: list[tuple[float, Window]]) -> None:
        for turn in range(ROUNDS):
            for moment, window in sorted(plan, key=lambda each: each[0]):
                time.sleep(max(0.0, began + turn * PERIOD + moment - time.perf_counter()))
                window.save()

    threads = [threading.Thread(target=walk, args=(plan,), daemon=True) for plan in plans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, began + 3 * PERIOD * ROUNDS - time.perf_counter()))
    return tally, time.perf_counter() - began


def _figures(tally: Tally, seconds: float) -> Iterator[Figure]:
    from qms.assessments.models import Entry  # noqa: PLC0415

    written: Counter[tuple[int, str, str]] = Counter(Entry.objects.values_list("sheet_id", "node", "text"))
    told = {(sheet, node, text) for (sheet, node), texts in tally.texts.items() for text in texts}
    wanted = (ASSESSORS + TWO_WINDOWS) * ROUNDS
    lost, double = len(told - written.keys()), sum(times - 1 for times in written.values())
    kept, conflicts = tally.counts["kept"], tally.counts["conflicts"]
    times = sorted(tally.times)
    p95 = statistics.quantiles(times, n=20)[-1]
    name = f"autosave of {ASSESSORS} assessors"
    yield Figure(
        f"{name}, saves kept", kept, "saves", baseline=wanted, ratio=kept / wanted, limit=1, holds=kept == wanted
    )
    yield Figure(f"{name}, rate", round(kept / seconds, 1), "saves/s")
    yield Figure(f"{name}, requests", round(len(times) / seconds, 1), "requests/s")
    yield Figure(f"{name}, answered, median", round(statistics.median(times) * 1000, 1), "ms")
    yield Figure(f"{name}, answered, 95th percentile", round(p95 * 1000, 1), "ms")
    yield Figure(f"{name}, texts lost", lost, "texts", limit=0, holds=lost == 0)
    yield Figure(f"{name}, texts double", double, "texts", limit=0, holds=double == 0)
    twice = tally.counts["written twice"]
    yield Figure(f"{name}, sent again and written twice", twice, "saves", limit=0, holds=twice == 0)
    yield Figure(f"{name}, conflicts shown", conflicts, "conflicts", holds=conflicts > 0)
    yield Figure(
        f"{name}, saves without an answer",
        tally.counts["unanswered"],
        "saves",
        limit=0,
        holds=tally.counts["unanswered"] == 0,
    )


if __name__ == "__main__":
    main()
