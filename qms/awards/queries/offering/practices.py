"""What the library offers: the published good practices of the office."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext

from qms.awards.domain.offer import Offer
from qms.goodpractices.models import PracticePage
from qms.offices.models import Office

from .filed import Filed, joined, titled


def practice_offers(office: Office, language: str) -> Iterator[Filed]:
    """Each practice once, in the office's language where it is written in it; two queries."""
    pages: Any = PracticePage.objects.published().filter(office=office)
    pages = pages.select_related("locale").prefetch_related("criteria").defer_streamfields().order_by("title", "pk")
    chosen: dict[Any, Any] = {}
    for page in pages:
        known = chosen.get(page.translation_key)
        if known is None or page.locale.language_code == language:
            chosen[page.translation_key] = page
    for page in chosen.values():
        places = frozenset((one.framework, one.node) for one in page.criteria.all())
        name = titled(gettext("Good practice: %(title)s") % {"title": page.title})
        words = joined(page.title, page.summary)
        yield Filed(Offer("practice", f"practice:{page.pk}:summary", name, page.get_url() or "", words), places)
