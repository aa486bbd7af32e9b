"""The last minute of a call: 340 directors submit on PostgreSQL, a worker is killed, every dossier arrives once.

A platform of its own on loopback: web server, broker, two worker processes. `python benchmarks/run.py rush`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psutil
import requests

from benchmarks import loopback
from benchmarks.measure import Figure

OFFICES = 340
AT_ONCE = 8
WITHIN = 60
PATIENCE = 1800
KILL_AFTER = 20

COUNTED = """
import json
from collections import Counter
from qms.awards.models import Application, Dossier, Submission
from qms.core.models import Job
mine = Submission.objects.filter(application__category__slug="rush")
jobs = Job.objects.filter(kind="awards.dossier", subject_id__in=mine.values("pk"))
dossiers = Dossier.objects.filter(submission__in=mine)
print(json.dumps({
    "submitted": mine.count(),
    "numbers": sorted(mine.values_list("application__number", flat=True)),
    "jobs": Counter(jobs.values_list("state", flat=True)),
    "again": jobs.filter(attempt__gt=1).count(),
    "dossiers": dossiers.count(),
    "of": dossiers.values("submission").distinct().count(),
    "files": sum(one.file.storage.exists(one.file.name) for one in dossiers),
}))
"""


def rush() -> Iterator[Figure]:
    """How long the offices take to submit, how long the workers take to typeset, and what was lost: nothing."""
    with loopback.platform() as platform:
        yield from _measured(platform)


def _measured(platform: Any) -> Iterator[Figure]:
    prepared = json.loads(platform.python(loopback.prepared("rush", OFFICES)))
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = list(crowd.map(lambda row: _submit(platform.address, prepared, *row), prepared["rows"]))
    seconds = time.perf_counter() - began
    yield Figure("340 offices submit on PostgreSQL", round(seconds, 1), "s", limit=WITHIN, holds=seconds <= WITHIN)
    yield Figure("submissions answered otherwise than by the receipt", answers.count(False), "", holds=all(answers))
    _kill_workers(platform)
    counted = _settled(platform)
    yield Figure("340 dossiers typeset, from the first submission", round(time.perf_counter() - began), "s")
    numbers = [f"RUSH-{number:03d}" for number in range(1, OFFICES + 1)]
    yield Figure("numbers given in order, none twice", len(counted["numbers"]), "", holds=counted["numbers"] == numbers)
    yield Figure("jobs begun anew after SIGKILL", counted["again"], "", holds=counted["again"] >= 1)
    whole = [counted[name] for name in ("submitted", "dossiers", "of", "files")] == [OFFICES] * 4
    yield Figure("dossiers, one for each submission, each with its file", counted["dossiers"], "", holds=whole)


def _submit(address: str, prepared: dict[str, Any], application: int, session: str) -> bool:
    cookies = {prepared["cookie"]: session, prepared["csrf"]: loopback.TOKEN}
    answer = requests.post(
        f"{address}/pl/awards/applications/{application}/submit/",
        data={"confirmed": "on", "csrfmiddlewaretoken": loopback.TOKEN},
        cookies=cookies,
        headers={"Referer": address},
        allow_redirects=False,
        timeout=120,
    )
    return answer.status_code == 302 and answer.headers["Location"].endswith(f"/{application}/receipt/")


def _kill_workers(platform: Any) -> None:
    """SIGKILL to every process that works, in the middle: one of them at least holds a dossier."""
    while json.loads(platform.python(COUNTED))["dossiers"] < KILL_AFTER:
        time.sleep(0.5)
    _watcher, *children = platform.worker_processes()
    for child in children:
        psutil.Process(child.pid).kill()


def _settled(platform: Any) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        counted: dict[str, Any] = json.loads(platform.python(COUNTED))
        if counted["jobs"].get("done", 0) + counted["jobs"].get("failed", 0) == counted["submitted"]:
            return counted
        time.sleep(5)
    return counted
