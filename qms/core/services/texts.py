"""What is done with coordinators' own texts of letters."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from qms.core import audit
from qms.core.letters import Kind, check_body, check_subject
from qms.core.models import LetterText


@transaction.atomic
def change_text(kind: Kind, *, language: str, subject: str, body: str, by: Any) -> LetterText:
    """A coordinator's own words for this kind of letter in this language, from the next letter on."""
    subject, body = " ".join(subject.split()), body.replace("\r\n", "\n").strip()
    check_subject(kind, subject)
    check_body(kind, body)
    text, _new = LetterText.objects.update_or_create(
        kind=kind.code, language=language, defaults={"subject": subject, "body": body}
    )
    audit.record(text, "core.change_letter_text", by=by, kind=kind.code, language=language, heading=subject)
    return text


@transaction.atomic
def restore_text(kind: Kind, *, language: str, by: Any) -> None:
    """Let this kind of letter say in this language what its file says."""
    for text in LetterText.objects.select_for_update().filter(kind=kind.code, language=language):
        audit.record(text, "core.restore_letter_text", by=by, kind=kind.code, language=language, heading=text.subject)
        text.delete()
