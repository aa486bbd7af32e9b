"""The report of a full assessment: the whole job against WeasyPrint alone on the same HTML."""

from __future__ import annotations

from collections.abc import Iterator

import weasyprint
from django.utils import timezone
from weasyprint.text.fonts import FontConfiguration

from benchmarks.measure import Figure, compared
from qms.assessments.documents import report_of
from qms.assessments.models import Snapshot
from qms.core import services
from qms.core.models import Job
from qms.pdf.engine import STYLES, VARIANT, OwnFiles
from qms.pdf.models import Rendering
from qms.pdf.services import html_of

ROUNDS = 3


def report() -> Iterator[Figure]:
    """Time of the job in ratio, pages and the peak memory of the process that made it."""
    snapshot = (
        Snapshot.objects.select_related("assessment__edition__framework", "assessment__office").order_by("pk").first()
    )
    assert snapshot is not None
    html = html_of(report_of(snapshot, language="pl"))

    def whole_job() -> None:
        Rendering.objects.all().delete()
        job = services.open_job(
            "assessments.report",
            title="Report",
            subject=snapshot.assessment,
            by=None,
            arguments={"language": "pl", "at": timezone.now()},
        )
        services.run_job(job.pk, carrier="benchmark")
        job.refresh_from_db()
        assert job.state == Job.State.DONE, job.reason

    def bare() -> None:
        fetcher, fonts = OwnFiles(), FontConfiguration()
        styles = [weasyprint.CSS(url=f"static:{name}", url_fetcher=fetcher, font_config=fonts) for name in STYLES]
        document = weasyprint.HTML(string=html, url_fetcher=fetcher)
        document.write_pdf(stylesheets=styles, font_config=fonts, pdf_variant=VARIANT)

    yield compared("report PDF, whole job", whole_job, bare, limit=1.15, rounds=ROUNDS, unit="s")
    rendering = Rendering.objects.order_by("-pk").first()
    assert rendering is not None
    yield Figure("report PDF, pages", rendering.pages, "pages")
    yield Figure("report PDF, peak memory of the worker", round(rendering.peak_kilobytes / 1024), "MB")
