"""The last minute of a call: 340 directors submit on PostgreSQL, a worker is killed, every dossier arrives once.

A platform of its own on loopback: web server, broker, two worker processes. `python benchmarks/run.py rush`.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import requests

from benchmarks.measure import Figure

ROOT = Path(__file__).resolve().parent.parent
OFFICES = 340
AT_ONCE = 8
WITHIN = 60
PATIENCE = 1800
KILL_AFTER = 20
TOKEN = "a" * 32

# A round that closes in an hour; every office has a director with a session and an application that lacks nothing.
PREPARED = f"""
import json
from datetime import timedelta
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from qms.accounts.models import User
from qms.awards.models import Application, Category, Paragraph, Programme, Question, Round, Section
from qms.offices.models import Membership, Office, Region
now = timezone.now()
said = "Co miesiąc kierownicy omawiają wnioski z badań klientów i zapisują, co zmienią do następnego spotkania. "
by = User.objects.filter(memberships__role="national_coordinator").first()
region = Region.objects.create(code="rush", name_pl="Rush")
programme = Programme.objects.create(titles={{"en": "Rush"}}, slug="rush", organiser="Benchmark")
rush = Round.objects.create(programme=programme, titles={{"en": "Rush"}}, year=2027, slug="rush", prefix="RUSH",
    opens_at=now - timedelta(days=9), closes_at=now + timedelta(hours=1), embargo_until=now + timedelta(days=99),
    state="published", made_by=by)
category = Category.objects.create(round=rush, titles={{"en": "Rush"}}, slug="rush")
sections = [Section.objects.create(category=category, titles={{"en": f"Chapter {{n}}"}}, code=f"s{{n}}", position=n)
    for n in range(1, 4)]
questions = [Question.objects.create(section=one, titles={{"en": "What do you do?"}}, code="q") for one in sections]
store = import_module(settings.SESSION_ENGINE).SessionStore
rows = []
for number in range({OFFICES}):
    office = Office.objects.create(kind="county_labour_office", name=f"Office {{number}}", short_name=f"O{{number}}",
        slug=f"rush-{{number}}", city="City", language="pl", region=region)
    user = User.objects.create(email=f"rush-{{number}}@example.org", first_name="Director", last_name=str(number),
        language="pl")
    user.set_unusable_password()
    user.save()
    Membership.objects.create(user=user, role="director", office=office)
    application = Application.objects.create(category=category, office=office, started_by=user)
    Paragraph.objects.bulk_create(Paragraph(application=application, question=question, text=said * 6, by=user,
        position=place) for question in questions for place in range(3))
    session = store()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.save()
    rows.append([application.pk, session.session_key])
print(json.dumps({{"rows": rows, "cookie": settings.SESSION_COOKIE_NAME, "csrf": settings.CSRF_COOKIE_NAME}}))
"""

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
    sys.path.insert(0, str(ROOT / "bin"))
    from postgres import cluster  # noqa: PLC0415 - lies among the project's commands

    from tests.journeys import stage  # noqa: PLC0415 - brings pytest, which no other measurement needs

    with cluster() as address, tempfile.TemporaryDirectory(prefix="qms-rush-") as var:
        os.environ["DATABASE_URL"] = address
        try:
            with stage.demonstration(Path(var)) as platform:
                yield from _measured(platform)
        finally:
            del os.environ["DATABASE_URL"]


def _measured(platform: Any) -> Iterator[Figure]:
    prepared = json.loads(platform.python(PREPARED))
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
    cookies = {prepared["cookie"]: session, prepared["csrf"]: TOKEN}
    answer = requests.post(
        f"{address}/pl/awards/applications/{application}/submit/",
        data={"confirmed": "on", "csrfmiddlewaretoken": TOKEN},
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
