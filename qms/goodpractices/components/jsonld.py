"""A practice as machines read it: schema.org in a data block of the page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from qms.ui.components import Part

if TYPE_CHECKING:
    from qms.goodpractices.models import PracticePage

LICENCES = {
    "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "cc0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
SIGNS = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class JsonLd(Part):
    """A block of data that no browser runs; signs that could end it are written as numbers."""

    facts: dict[str, Any]
    template_name: ClassVar[str] = "components/goodpractices/json_ld.html"

    @property
    def written(self) -> SafeString:
        """The facts as JSON that may stand inside a page."""
        return mark_safe(json.dumps(self.facts, ensure_ascii=False).translate(SIGNS))

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls({"@context": "https://schema.org", "@type": "CreativeWork", "name": "Rozmowa powitalna"}),)


def practice_json_ld(practice: PracticePage, *, url: str) -> JsonLd:
    """The practice as a schema.org CreativeWork: what it is, whose, since when, under which licence."""
    facts = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": url,
        "url": url,
        "name": practice.title,
        "abstract": practice.summary,
        "inLanguage": practice.locale.language_code,
        "license": LICENCES[practice.licence],
        "isAccessibleForFree": True,
        "datePublished": _day(practice.first_published_at),
        "dateModified": _day(practice.last_published_at),
        "author": {
            "@type": "GovernmentOrganization",
            "name": practice.office.name,
            "address": {"@type": "PostalAddress", "addressLocality": practice.office.city},
        },
        "keywords": [f"{each.framework} {each.node}" for each in practice.criteria.all()],
    }
    return JsonLd({name: value for name, value in facts.items() if value})


def _day(moment: datetime | None) -> str | None:
    """The day as the office's calendar showed it: shortly after midnight UTC still has the day before."""
    return None if moment is None else timezone.localdate(moment).isoformat()
