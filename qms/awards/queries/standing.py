"""What stands now at the places from which an application was filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import override

from qms.offices.models import Office

from .offering.filed import Filed
from .offering.plans import plan_offers
from .offering.practices import practice_offers
from .offering.reports import report_offers

REPORT, PLAN, LIBRARY = {"strength", "score"}, {"action", "effect", "indicator"}, {"practice"}


def now_of(source_keys: Iterable[str], office: Office) -> dict[str, str]:
    """The present text by source key; a source that is gone, or is not this office's, is missing."""
    wanted = {key for key in source_keys if key}
    with override(office.language):
        standing = {filed.offer.key: filed.offer.text for filed in _standing(wanted, office)}
    return {key: standing[key] for key in wanted if key in standing}


def _standing(keys: set[str], office: Office) -> Iterator[Filed]:
    """All that the named parts of the platform offer now; what no key names is not read."""
    parts = [key.split(":") for key in keys]
    kinds = {part[0] for part in parts}
    if kinds & REPORT:
        reports = {int(part[1]) for part in parts if part[0] in REPORT and part[1].isdecimal()}
        yield from report_offers(office, reports, office.language)
    if kinds & PLAN:
        yield from plan_offers(office)
    if kinds & LIBRARY:
        yield from practice_offers(office, office.language)
