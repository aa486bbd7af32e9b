"""What the list in a round's archive contains."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qms.awards.models import Dossier, Submission
from qms.frameworks.domain.framework import text


def archive_headers() -> tuple[str, ...]:
    """The columns: which application, whose, and the fingerprints of content and file."""
    return (
        _("Number"),
        _("Office"),
        _("Region"),
        _("Category"),
        _("Submission"),
        _("Submitted"),
        _("Pages"),
        _("Annexes"),
        _("Annexes not set in"),
        _("Fingerprint of the content"),
        _("Fingerprint of the file"),
        _("Verification code"),
    )


def archive_line(submission: Submission, dossier: Dossier) -> tuple[object, ...]:
    """One application."""
    content = submission.content
    return (
        content["number"],
        content["office"]["name"],
        content["office"]["region"],
        text(content["category"]["titles"], get_language() or "pl"),
        submission.ordinal,
        submission.submitted_at,
        dossier.pages,
        len(dossier.annexes),
        sum(1 for one in dossier.annexes if one["outcome"] != "merged"),
        submission.sha256,
        dossier.sha256,
        submission.code,
    )
