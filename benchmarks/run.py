"""Measure everything: one JSON line for each figure; the exit code says whether all limits hold.

A demonstration of its own is built in a temporary folder (SQLite); nothing of an existing one is touched.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


PARTS = (
    "saving",
    "start",
    "assessments",
    "improvements",
    "practices",
    "report",
    "autosave",
    "exchange",
    "awards",
    "last-minute",
    "rush",
    "jury",
    "demo",
)


def main(names: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="qms-bench-") as var:
        os.environ |= {"QMS_VAR": var, "DJANGO_SETTINGS_MODULE": "config.settings.demo", "QMS_HOSTS": "testserver"}
        for name in ("BROKER_URL", "CACHE_URL", "DATABASE_URL"):
            os.environ.pop(name, None)
        figures = measure(names or list(PARTS))
    return 0 if all(figure.holds is not False for figure in figures) else 1


def measure(names: list[str]) -> list:
    # Django reads its settings from the folder made above, so nothing of it may be imported earlier.
    import django  # noqa: PLC0415

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from benchmarks import (  # noqa: PLC0415
        assessments,
        autosave,
        awards,
        exchange,
        improvements,
        jury,
        last_minute,
        pages,
        practices,
        report,
        rush,
        starting,
    )

    logging.disable(logging.WARNING)
    settings.TEMPLATES[0]["DIRS"].append(ROOT / "benchmarks" / "templates")
    with Path(os.devnull).open("w", encoding="utf-8") as silence:
        call_command("migrate", verbosity=0, stdout=silence)
        call_command("collectstatic", interactive=False, verbosity=0, stdout=silence)
        call_command("load_frameworks", stdout=silence)
        call_command("load_feedback_schemes", stdout=silence)
        call_command("load_demonstration", stdout=silence)
    works = {
        "saving": lambda: [pages.saving()],
        "start": lambda: [pages.start_page()],
        "assessments": assessments.assessments,
        "improvements": improvements.improvements,
        "practices": practices.practices,
        "report": report.report,
        "autosave": autosave.autosave,
        "exchange": exchange.exchange,
        "awards": awards.awards,
        "last-minute": last_minute.last_minute,
        "rush": rush.rush,
        "jury": jury.jury,
        "demo": starting.starts,
    }
    figures = []
    for name in names:
        for figure in works[name]():
            figure.print()
            figures.append(figure)
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
