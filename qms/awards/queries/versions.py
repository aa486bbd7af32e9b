"""The versions of a section."""

from __future__ import annotations

from typing import Final

from qms.awards.models import Application, Section, SectionVersion

MOST: Final = 100


def versions_of(application: Application, section: Section) -> list[SectionVersion]:
    """The last hundred versions with who saved them, the latest first."""
    saved = SectionVersion.objects.filter(application=application, section=section).select_related("by")
    return list(saved.order_by("-saved_at", "-pk")[:MOST])
