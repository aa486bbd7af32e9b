"""The area "reading": a juror's own pages, and an application as a juror reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from qms.awards.models import Application
from qms.jury.models import Declaration, Exclusion, Juror
from tests.architecture.cases import Case, of, plain, thing
from tests.factories.awards import make_annex, make_submission
from tests.factories.jury import make_judged_category, make_received

if TYPE_CHECKING:
    from tests.architecture.cases import Pick

SEAT: dict[str, Pick] = {"seat": thing("juror")}
# Read by jurors alone; with one of the two the side's juror has a conflict.
OPEN: dict[str, Pick] = {"open_application": thing("received application")}
CONFLICT: dict[str, Pick] = {"application_in_conflict": thing("application in conflict")}

CASES: dict[str, list[Case]] = {
    "jury:home": plain("GET"),
    "jury:promise": of("GET POST", **SEAT),
    "jury:declare": of("GET POST", **SEAT),
    "jury:conflict": of("GET POST", **OPEN),
    "jury:reading": of("GET", **OPEN, **CONFLICT),
    "jury:annex": of("GET", annex=thing("annex to read"), annex_in_conflict=thing("annex in conflict")),
    "jury:dossier": of("GET POST", **OPEN, **CONFLICT),
    # Nobody has made a copy yet.
    "jury:juror-copy": of("GET", **OPEN),
}


def things_of(side: Any) -> dict[str, Any]:
    """An annex of the open application; another application, with which the juror has declared a conflict."""
    application = Application.objects.get(pk=side.things["received application"])
    annex = make_annex(application)
    make_submission(application, by=side.people["director"])
    juror = Juror.objects.get(pk=side.things["juror"])
    category = make_judged_category(juror.round)
    juror.categories.add(category)
    closed = make_received(side.office, category, started_by=side.people["lead"])
    closed_annex = make_annex(closed)
    make_submission(closed, by=side.people["director"])
    Declaration.objects.create(juror=juror, application=closed, made_at=timezone.now())
    Exclusion.objects.create(juror=juror, application=closed, kind="declared", reason="Family.", made_at=timezone.now())
    return {
        "annex to read": annex.pk,
        "application in conflict": closed.pk,
        "annex in conflict": closed_annex.pk,
    }
