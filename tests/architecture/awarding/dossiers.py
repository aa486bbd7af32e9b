"""The area "dossiers" of the awards: submissions, forms and archives on paper, and their verification."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from qms.awards.models import Round, Submission
from qms.awards.services.archives import archive_path
from tests.architecture.cases import Case, of, plain, thing
from tests.factories.dossiers import make_dossier

if TYPE_CHECKING:
    from tests.architecture.cases import Pick

DRAFT: dict[str, Pick] = {"award_draft": thing("award draft")}
RECEIVED: dict[str, Pick] = {"received_application": thing("received application")}
FORM: dict[str, Pick] = {"announced_category": thing("category with a form")}
CLOSED: dict[str, Pick] = {"closed_award_round": thing("closed award round")}
CODE: dict[str, dict[str, Pick]] = {"submission_code": {"code": thing("submission code")}}

CASES: dict[str, list[Case]] = {
    "awards:dossier": of("GET", **DRAFT, **RECEIVED),
    "awards:dossier-order": of("POST", **DRAFT, **RECEIVED),
    "awards:dossier-file": of("GET", dossier=thing("dossier")),
    "awards:blank-file": of("GET", **FORM),
    "awards:blank-order": of("POST", **FORM),
    "awards:archive-order": of("GET POST", **CLOSED),
    "awards:archive-file": of("GET", **CLOSED),
    "awards:verify-any": plain("GET"),
    "awards:verify": of("GET", **CODE),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses: what was received is set, and packed into an archive."""
    submission = Submission.objects.get(application=side.things["received application"])
    dossier = make_dossier(submission)
    closed = Round.objects.get(pk=side.things["closed award round"])
    default_storage.save(archive_path(closed, settings.LANGUAGE_CODE, [dossier]), ContentFile(b"PK"))
    return {"dossier": dossier.pk, "submission code": submission.code}
