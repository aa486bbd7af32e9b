"""Which questionnaires there are."""

from __future__ import annotations

from qms.improvements.domain.feedback import Scheme, read
from qms.improvements.models import FeedbackScheme


def current_scheme() -> FeedbackScheme | None:
    """The edition that new applications use, if one was loaded."""
    return FeedbackScheme.objects.filter(is_current=True).first()


def tree_of(scheme: FeedbackScheme) -> Scheme:
    """The edition as a tree."""
    return read(scheme.content["text"])
