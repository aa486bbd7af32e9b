"""The area "deciding": lists of decisions and their protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from qms.awards.models import Round
from qms.core.models import type_of
from qms.jury.models import DecisionList
from qms.jury.services.protocols import write_protocol
from qms.pdf.models import Rendering
from tests.architecture.cases import Case, of, plain, thing
from tests.factories.jury import make_judged_category

if TYPE_CHECKING:
    from tests.architecture.cases import Pick

CATEGORY: dict[str, Pick] = {"judged_category": thing("judged category")}
PROTOCOL: dict[str, Pick] = {"protocol": thing("protocol")}
CODE: dict[str, dict[str, Pick]] = {"protocol_code": {"code": thing("protocol code")}}

CASES: dict[str, list[Case]] = {
    "jury:visits-decide": of("GET POST", **CATEGORY),
    "jury:prizes-decide": of("GET POST", **CATEGORY),
    "jury:protocol": of("GET", **PROTOCOL),
    "jury:protocol-order": of("POST", **PROTOCOL),
    "jury:protocol-file": of("GET", **PROTOCOL),
    "jury:protocol-verify-any": plain("GET"),
    "jury:protocol-verify": of("GET", **CODE),
}


def things_of(side: Any) -> dict[str, Any]:
    """A second category of the round, decided, with its protocol set on paper."""
    lead, now = side.people["lead"], timezone.now()
    category = make_judged_category(Round.objects.get(pk=side.things["round in judging"]))
    found = DecisionList.objects.create(category=category, stage="visit", closed_at=now, closed_by=lead)
    protocol = write_protocol(found, by=lead, at=now)
    Rendering.objects.create(
        name="Protocol",
        language=settings.LANGUAGE_CODE,
        content_hash="1" * 64,
        file=ContentFile(b"%PDF-1.7 a protocol", "protocol.pdf"),
        page=ContentFile(b"<p>A protocol</p>", "protocol.html"),
        sha256="2" * 64,
        size=19,
        pages=1,
        seconds=0,
        peak_kilobytes=0,
        subject_type=type_of(protocol),
        subject_id=protocol.pk,
    )
    return {"protocol": protocol.pk, "protocol code": protocol.code}
