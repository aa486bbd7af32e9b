"""What may be chosen while a practice is written."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from qms.frameworks.domain.framework import text
from qms.frameworks.models import Edition
from qms.goodpractices.domain.draft import PracticeDraft
from qms.goodpractices.models import PracticeIndexPage
from qms.goodpractices.queries.people import contacts_of
from qms.offices.models import Office


@dataclass(frozen=True, slots=True)
class Scheme:
    """One current edition of a framework with the nodes under which a practice may be filed."""

    code: str
    title: str
    nodes: tuple[tuple[str, str], ...]


def current_editions() -> list[Edition]:
    """The latest published edition of each framework, by code."""
    latest: dict[int, Edition] = {}
    for edition in Edition.objects.published().order_by("published_at", "pk"):
        latest[edition.framework_id] = edition
    return sorted(latest.values(), key=lambda edition: edition.code)


def schemes(draft: PracticeDraft | None = None) -> tuple[Scheme, ...]:
    """The current editions, and those under which this practice is filed already."""
    current = {edition.code: edition for edition in current_editions()}
    used = {code for code, _node in (draft.criteria if draft else ())} - set(current)
    current |= {edition.code: edition for edition in Edition.objects.published().filter(code__in=used)}
    language = get_language() or "en"
    chosen = set(draft.criteria) if draft else set()
    return tuple(_scheme(edition, language, chosen) for _code, edition in sorted(current.items()))


def languages_with_libraries() -> list[str]:
    """The languages in which there is a library."""
    found = PracticeIndexPage.objects.order_by("path").values_list("locale__language_code", flat=True)
    return list(dict.fromkeys(found))


def names_of_files(draft: PracticeDraft) -> dict[str, str]:
    """The file names of the pictures and documents of this practice, by kind and key."""
    pictures = get_image_model().objects.filter(pk__in=[one.picture for one in draft.pictures])
    documents = get_document_model().objects.filter(pk__in=[one.document for one in draft.files])
    names = {f"picture-{one.pk}": one.filename for one in pictures}
    return names | {f"document-{one.pk}": one.filename for one in documents}


def _scheme(edition: Edition, language: str, chosen: set[tuple[str, str]]) -> Scheme:
    nodes = [node for top in edition.tree().nodes for node in top.walk()]
    open_ones = [node for node in nodes if node.is_scored or (edition.code, node.identifier) in chosen]
    labels = tuple((node.identifier, f"{node.identifier} {text(node.titles, language)}".strip()) for node in open_ones)
    return Scheme(edition.code, edition.short_in(language), labels)


def names_of_people(office: Office) -> dict[int, str]:
    """The office's active people by key."""
    return {person.pk: person.name for person in contacts_of(office)}
