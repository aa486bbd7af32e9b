"""What an office shares of each approved self-assessment, since when, and where others see it now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import get_language
from wagtail.models import ModelLogEntry

from qms.assessments.models import Assessment, NodeResult
from qms.exchange.models import Edition, Release
from qms.frameworks.domain.framework import text
from qms.goodpractices.models import PracticePage

from .placing import Placed, placed_by_name

if TYPE_CHECKING:
    from qms.frameworks.domain.framework import Framework
    from qms.offices.models import Office

ACT = "assessments.consent"
Consent = Assessment.Consent


@dataclass(frozen=True, slots=True)
class Decision:
    """Who chose what instead of what, and when."""

    at: datetime
    who: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Best:
    """The subcriterion in which the office is strongest: what the examples speak of."""

    node: str
    title: str
    score: Decimal


@dataclass(frozen=True, slots=True)
class Sharing:
    """One approved self-assessment: what is shared of it, and where that stands now."""

    assessment: Assessment
    framework: str
    best: Best | None
    named: Placed
    distributions: tuple[str, ...]
    counts_in_median: bool
    practices: tuple[PracticePage, ...]
    decisions: tuple[Decision, ...]

    @property
    def consent(self) -> str:
        """The choice that holds now."""
        return self.assessment.benchmark_consent

    @property
    def in_library(self) -> tuple[PracticePage, ...]:
        """Those of its practices that everybody can read now."""
        return tuple(one for one in self.practices if one.live and one.archived_at is None and one.withheld_at is None)

    @property
    def withheld(self) -> tuple[PracticePage, ...]:
        """Those of its practices that are out of the library because nothing is shared."""
        return tuple(one for one in self.practices if one.withheld_at is not None)


def sharings_of(office: Office) -> tuple[Sharing, ...]:
    """The approved self-assessments of the office and its units, the newest first."""
    approved = Assessment.objects.approved().filter(office=office).select_related("office__region", "edition")
    return _sharings(list(approved.order_by("-approved_at", "-pk")))


def sharing_of(assessment: Assessment) -> Sharing:
    """One approved self-assessment, read as the list reads it."""
    return next(one for one in sharings_of(assessment.office) if one.assessment.pk == assessment.pk)


def not_approved_yet(office: Office) -> tuple[Assessment, ...]:
    """Self-assessments that are still under way: their settings say what will be shared."""
    open_ones = Assessment.objects.filter(office=office).exclude(stage=Assessment.Stage.APPROVED)
    return tuple(open_ones.order_by("-pk"))


def releases_with(assessment: Assessment) -> tuple[Release, ...]:
    """The distributions of all editions that still stand and to which the self-assessment contributed."""
    standing = Release.objects.filter(framework=assessment.edition.code, withdrawn_at__isnull=True)
    return tuple(one for one in standing.order_by("pk") if assessment.pk in one.contributors)


def example_of(framework: str, node: str) -> Release | None:
    """The newest distribution of the node that stands on a page now."""
    standing = Release.objects.filter(framework=framework, node=node, withdrawn_at__isnull=True)
    return standing.filter(edition__state=Edition.State.OPEN).order_by("-pk").first()


def is_under_way() -> bool:
    """Whether any edition is being built, so that there is a next build at all."""
    return Edition.objects.open().exists()


def _sharings(rows: list[Assessment]) -> tuple[Sharing, ...]:
    keys = [one.pk for one in rows]
    named = placed_by_name([one.pk for one in rows if one.benchmark_consent == Consent.NAMED])
    scores, decisions, practices = _scores(keys), _decisions(keys), _practices(rows)
    nodes, latest = _nodes_shown(rows), _latest(rows)
    return tuple(
        Sharing(
            assessment=one,
            framework=one.edition.short_in(get_language() or "pl"),
            best=_best(one.edition.tree(), scores[one.pk]),
            named=named[one.pk],
            distributions=nodes[one.pk],
            counts_in_median=one.pk in latest and one.benchmark_consent != Consent.NOTHING,
            practices=practices[one.pk],
            decisions=decisions[one.pk],
        )
        for one in rows
    )


def _scores(keys: Collection[int]) -> dict[int, dict[str, Decimal]]:
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    results = NodeResult.objects.filter(assessment__in=keys, score__isnull=False)
    for key, node, score in results.values_list("assessment", "node", "score"):
        if score is not None:
            found[key][node] = score
    return found


def _best(tree: Framework, scores: dict[str, Decimal]) -> Best | None:
    """The first of the highest scored nodes in the framework's order."""
    scored = [node for node in tree.scored if node.identifier in scores]
    if not scored:
        return None
    node = max(scored, key=lambda one: scores[one.identifier])
    return Best(node.identifier, text(node.titles, get_language() or "pl"), scores[node.identifier])


def _decisions(keys: Collection[int]) -> dict[int, tuple[Decision, ...]]:
    """The newest first."""
    found: dict[int, tuple[Decision, ...]] = defaultdict(tuple)
    kind = ContentType.objects.get_for_model(Assessment)
    entries = ModelLogEntry.objects.filter(content_type=kind, object_id__in=map(str, keys), action=ACT)
    for entry in entries.select_related("user").order_by("-timestamp", "-pk"):
        facts: Any = entry.data
        who = entry.user.name if entry.user is not None else ""
        found[int(entry.object_id)] += (Decision(entry.timestamp, who, facts["was"], facts["now"]),)
    return found


def _practices(rows: Collection[Assessment]) -> dict[int, tuple[PracticePage, ...]]:
    found: dict[int, tuple[PracticePage, ...]] = defaultdict(tuple)
    pages: Any = PracticePage.objects.filter(
        office__in={one.office_id for one in rows}, origin_key__startswith="strength:"
    )
    for page in pages.select_related("locale").defer_streamfields().order_by("title", "pk"):
        found[int(page.origin_key.split(":")[1])] += (page,)
    return found


def _nodes_shown(rows: Collection[Assessment]) -> dict[int, tuple[str, ...]]:
    """The nodes whose distribution, as pages under way show it now, was made with this self-assessment too."""
    frameworks = {one.edition.code: one.edition.tree() for one in rows}
    standing = Release.objects.filter(
        framework__in=frameworks, withdrawn_at__isnull=True, edition__state=Edition.State.OPEN
    )
    shown = {(one.edition_id, one.framework, one.node): one for one in standing.order_by("pk")}
    return {row.pk: tuple(_in_order(frameworks[row.edition.code], _nodes_with(row, shown.values()))) for row in rows}


def _nodes_with(assessment: Assessment, shown: Iterable[Release]) -> set[str]:
    code = assessment.edition.code
    return {one.node for one in shown if one.framework == code and assessment.pk in one.contributors}


def _in_order(tree: Framework, nodes: Collection[str]) -> Iterator[str]:
    return (node.identifier for node in tree.scored if node.identifier in nodes)


def _latest(rows: Iterable[Assessment]) -> set[int]:
    """Of each framework the last assessment of the whole office: the one that stands in medians."""
    last: dict[int, int] = {}
    for one in rows:  # the newest come first
        if not one.unit:
            last.setdefault(one.edition_id, one.pk)
    return set(last.values())
