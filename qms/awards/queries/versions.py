"""The versions of a section."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from qms.awards.models import Application, Section, SectionVersion

MOST: Final = 100


def versions_of(application: Application, section: Section) -> list[SectionVersion]:
    """The last hundred versions with who saved them, the latest first."""
    saved = SectionVersion.objects.filter(application=application, section=section).select_related("by")
    return list(saved.order_by("-saved_at", "-pk")[:MOST])


def last_saves(application: Application, sections: Iterable[int]) -> dict[int, SectionVersion]:
    """Of each of these sections the version that was saved last, with who saved it; in one query."""
    saved = SectionVersion.objects.filter(application=application, section__in=sections).select_related("by")
    return {version.section_id: version for version in saved.defer("content").order_by("saved_at", "pk")}
