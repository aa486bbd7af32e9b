"""An edition of 30 themes and 340 offices, built on PostgreSQL by real Celery workers: one, then two.

Everything runs on this machine and stops by itself. Each measure builds an edition of its own from the same
assessments and practices. Workers are started and warm before the jobs are sent; time runs from the first job that
begins to the last that ends, as the rows of the jobs tell it. Then the first edition is planned once more: nothing has
changed, so nothing may be written.
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random

from benchmarks.measure import Figure, seconds_of

ROOT = Path(__file__).resolve().parent.parent
THEMES, OFFICES, PRACTICES = 30, 340, 600
ROUNDS = 2
SCALING, QUICKER = 1.7, 10
PATIENCE = 240


def exchange() -> Iterator[Figure]:
    """The figures, told by a process of its own: this one has its settings for another database."""
    from bin.postgres import cluster  # noqa: PLC0415  only here is PostgreSQL needed
    from qms.demo.processes import broker  # noqa: PLC0415  after the settings

    with cluster() as address, tempfile.TemporaryDirectory(prefix="qms-bench-broker-") as folder:
        child, addresses = broker(Path(folder))
        running = subprocess.Popen(child.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.exchange"],
                cwd=ROOT,
                env={**os.environ, **addresses, "DATABASE_URL": address, "QMS_HOSTS": "127.0.0.1"},
                stdout=subprocess.PIPE,
                text=True,
                timeout=900,
                check=True,
            )
        finally:
            running.terminate()
            running.wait(30)
    yield from (Figure(**json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{"))


def main() -> None:
    import logging  # noqa: PLC0415

    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    logging.disable(logging.WARNING)
    with Path(os.devnull).open("w", encoding="utf-8") as silence:
        call_command("migrate", verbosity=0, stdout=silence)
        call_command("load_frameworks", stdout=silence)
    offices = _offices()
    rates: dict[int, list[float]] = {1: [], 2: []}
    firsts = []
    for turn in range(ROUNDS):
        for workers in (1, 2):
            edition = _edition(offices, f"bench-{turn}-{workers}")
            planned, built, pages = _build(edition, workers)
            rates[workers].append(pages / built)
            if workers == 1:
                firsts.append((edition, planned + built))
    for figure in _figures(rates, firsts):
        figure.print()


def _figures(rates: dict[int, list[float]], firsts: list[tuple[object, float]]) -> Iterator[Figure]:
    from django.utils import timezone  # noqa: PLC0415

    from qms.exchange.services import queueing  # noqa: PLC0415

    name = f"edition of {THEMES} themes and {OFFICES} offices"
    one, two = (statistics.median(rates[workers]) for workers in (1, 2))
    yield Figure(f"{name}, built by 1 worker", round(one, 1), "pages/s")
    ratio = two / one
    yield Figure(
        f"{name}, built by 2 workers",
        round(two, 1),
        "pages/s",
        baseline=round(one, 1),
        ratio=round(ratio, 2),
        limit=SCALING,
        holds=ratio >= SCALING,
    )
    edition, first = firsts[0]
    jobs: list[object] = []
    again = min(
        seconds_of(lambda: jobs.extend(queueing.queue_parts(edition, at=timezone.now())))  # type: ignore[arg-type]
        for _turn in range(3)
    )
    yield Figure(
        f"{name}, second run without changes",
        round(again, 2),
        "s",
        baseline=round(first, 2),
        ratio=round(first / again, 1),
        limit=QUICKER,
        holds=first / again >= QUICKER and not jobs,
    )
    yield Figure(f"{name}, pages written by the second run", len(jobs), "pages", limit=0, holds=not jobs)


def _build(edition: object, workers: int) -> tuple[float, float, int]:
    """Seconds of planning, seconds of building with so many workers, and how many pages that made."""
    from django.db.models import Max, Min  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from qms.core.models import Job  # noqa: PLC0415
    from qms.core.tasks import run_job  # noqa: PLC0415
    from qms.exchange.models import OfficePage, ThemePage  # noqa: PLC0415
    from qms.exchange.services import queueing  # noqa: PLC0415

    began = time.perf_counter()
    keys = [job.pk for job in queueing.queue_parts(edition, at=timezone.now())]  # type: ignore[arg-type]
    planned = time.perf_counter() - began
    mine = Job.objects.filter(pk__in=keys)
    with _workers(workers):
        for key in keys:
            run_job.delay(job_id=key)
        deadline = time.monotonic() + PATIENCE
        while mine.open().exists():
            if time.monotonic() > deadline:
                raise SystemExit("The workers did not finish.")
            time.sleep(0.5)
    if mine.exclude(state=Job.State.DONE).exists():
        raise SystemExit("A part could not be built.")
    span = mine.aggregate(first=Min("started_at"), last=Max("finished_at"))
    pages = [ThemePage.objects.live().filter(theme__edition=edition), OfficePage.objects.live().filter(edition=edition)]
    made = sum(each.count() for each in pages)
    if made != len(keys) or made < OFFICES:
        raise SystemExit(f"{made} pages were made of {len(keys)} parts.")
    return planned, (span["last"] - span["first"]).total_seconds(), made


@contextmanager
def _workers(count: int) -> Iterator[None]:
    """So many worker processes, warm: each has done a job of another kind of work before."""
    from celery import current_app  # noqa: PLC0415

    celery = [str(Path(sys.executable).with_name("celery")), "-A", "config", "worker", "-Q", "default"]
    flags = ["--pool", "solo", "-l", "error", "--without-gossip", "--without-mingle"]
    running = [
        subprocess.Popen(
            [*celery, *flags, "-n", f"bench{number}@%h"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for number in range(count)
    ]
    try:
        deadline = time.monotonic() + 90
        while len(current_app.control.ping(timeout=1) or ()) < count:
            if time.monotonic() > deadline:
                raise SystemExit("The workers did not start.")
        yield
    finally:
        for one in running:
            one.send_signal(signal.SIGTERM)
        for one in running:
            one.wait(60)


# --- What an edition is built from -----------------------------------------------------------------------------------


def _offices() -> list[object]:
    """Offices with an approved self-assessment each, and a library of practices under a home page."""
    from wagtail.models import Locale, Page  # noqa: PLC0415

    from benchmarks import crowd  # noqa: PLC0415
    from benchmarks.practices import _fill  # noqa: PLC0415
    from qms.goodpractices.services.founding import found_library  # noqa: PLC0415
    from qms.portal.models import HomePage  # noqa: PLC0415

    locale, _made = Locale.objects.get_or_create(language_code="en")
    Page.objects.get(depth=1).add_child(instance=HomePage(title="Home", slug="bench-home", locale=locale))
    (library,) = found_library()
    offices = crowd.offices(OFFICES)
    _fill(library, offices, PRACTICES)
    _assess(offices)
    return list(offices)


def _assess(offices: list) -> None:
    """An approved report for each office, with a score and a reason for every subcriterion."""
    from django.utils import timezone  # noqa: PLC0415

    from benchmarks import crowd  # noqa: PLC0415
    from qms.accounts.models import User  # noqa: PLC0415
    from qms.assessments.models import Assessment, NodeResult, Snapshot  # noqa: PLC0415

    luck, now, framework = Random(5), timezone.now(), crowd.caf()  # noqa: S311
    by = User.objects.create(email="bench@example.org", first_name="Bench", last_name="Person", language="en")
    consents = [Assessment.Consent.NOTHING, Assessment.Consent.ANONYMOUS, Assessment.Consent.NAMED]
    made = Assessment.objects.bulk_create(
        Assessment(
            office=office,
            edition=framework,
            panel=crowd.PANEL,
            title=f"Bench {office.pk}",
            year=2026,
            stage=Assessment.Stage.APPROVED,
            benchmark_consent=consents[place % 3],
            opened_by=by,
            started_at=now,
            approved_at=now - timedelta(days=place),
        )
        for place, office in enumerate(offices)
    )
    nodes = [node.identifier for node in framework.tree().scored]
    scores = {one.pk: {node: luck.randrange(10, 95) for node in nodes} for one in made}
    NodeResult.objects.bulk_create(
        NodeResult(assessment=one, node=node, score=score, lowest=max(score - 8, 0), highest=score + 5, count=6)
        for one in made
        for node, score in scores[one.pk].items()
    )
    reason = "Clients are asked once a year, and what they answer does not reach the desks."
    Snapshot.objects.bulk_create(
        Snapshot(
            assessment=one,
            content={"nodes": [{"id": node, "reason": reason} for node in nodes], "previous": None},
            sha256="0" * 64,
            approved_by=by,
            approved_at=now,
        )
        for one in made
    )


def _edition(offices: list, slug: str) -> object:
    from benchmarks import crowd  # noqa: PLC0415
    from qms.accounts.models import User  # noqa: PLC0415
    from qms.exchange.models import Edition, Theme  # noqa: PLC0415

    assert len(offices) == OFFICES
    framework = crowd.caf()
    edition = Edition.objects.create(
        titles={"en": slug},
        slug=slug,
        framework=framework,
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 12, 31),
        languages=["en"],
        state=Edition.State.OPEN,
        opened_by=User.objects.get(email="bench@example.org"),
    )
    nodes = [node.identifier for node in framework.tree().scored]
    Theme.objects.bulk_create(
        Theme(
            edition=edition,
            position=place,
            slug=f"theme-{place}",
            titles={"en": f"Theme {place}"},
            nodes=sorted({nodes[place % len(nodes)], nodes[(place * 7) % len(nodes)]}),
        )
        for place in range(1, THEMES + 1)
    )
    return edition


if __name__ == "__main__":
    main()
