"""Feedback reports: what they are laid down from, and how far they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from qms.awards.models import Application, Category, Round, Section
from qms.awards.models.round import in_order
from qms.awards.queries.received import last_submission
from qms.frameworks.domain.framework import Framework
from qms.frameworks.domain.panel import Band
from qms.jury.models import Agreed, Ballot, Decision, Mark, Standing
from qms.jury.queries.scales import bands_of
from qms.laureates.domain.bands import Finding, laid_together, median_told, span_of
from qms.laureates.models import FeedbackReport

from .results import PRIZE, decided_categories

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User

State = FeedbackReport.State
WITH = ("application__office", "application__category__round__programme", "application__category__framework")


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the reports of a round are."""

    received: int
    decided: int
    laid_down: int
    approved: int

    @property
    def drafts(self) -> int:
        """How many wait for an approval."""
        return self.laid_down - self.approved

    @property
    def missing(self) -> int:
        """How many are still to be laid down."""
        return self.decided - self.laid_down


def reports() -> QuerySet[FeedbackReport]:
    """Reports with what their pages ask for."""
    return FeedbackReport.objects.select_related(*WITH)


def lines_of(found: Round, user: User | AnonymousUser, at: datetime) -> QuerySet[Application]:
    """What the round received, by number, each with its report if there is one."""
    rows = Application.objects.for_organiser(user, at).filter(category__round=found)
    return rows.select_related("category", "office", "feedback").order_by("number", "pk")


def counts_of(found: Round, at: datetime) -> Counts:
    """How many applications there are, decided, laid down, approved."""
    rows = Application.objects.received().filter(category__round=found, category__round__closes_at__lte=at)
    decided = Q(decisions__list__stage=PRIZE, decisions__list__closed_at__isnull=False)
    counted: dict[str, int] = rows.aggregate(
        received=Count("pk", distinct=True),
        decided=Count("pk", filter=decided, distinct=True),
        laid_down=Count("feedback", distinct=True),
        approved=Count("feedback", filter=Q(feedback__state=State.APPROVED), distinct=True),
    )
    return Counts(**counted)


def missing_in(found: Round) -> dict[Category, list[Application]]:
    """Applications without a report, by decided category."""
    rows = Application.objects.received().filter(feedback__isnull=True)
    return {one: list(rows.filter(category=one).order_by("pk")) for one in decided_categories(found)}


def findings_of(category: Category, applications: Iterable[Application]) -> dict[int, tuple[Finding, ...]]:
    """What a report on each application says of each scored section, from what the jury agreed; in five queries."""
    wanted = [one.pk for one in applications]
    sections = list(in_order(Section.objects.filter(category=category, is_scored=True)))
    standings = dict(_standings(category))
    rows = Agreed.objects.holding().filter(application__in=wanted)
    agreed = {(one.application_id, one.section_id): one for one in rows}
    said = _said_by_jurors(wanted)
    found: dict[int, list[Finding]] = {pk: [] for pk in wanted}
    for section in sections:
        section.category = category
        scores = {pk: _counts(sections_of, section) for pk, sections_of in standings.items()}
        bands, median = bands_of(section), median_told(scores.values())
        for pk in wanted:
            words = _words(agreed.get((pk, section.pk)), said.get((pk, section.pk), []))
            found[pk].append(_finding(section, words, scores.get(pk), bands, median))
    return {pk: tuple(rows) for pk, rows in found.items()}


def _finding(
    section: Section, words: tuple[str, str], score: Decimal | None, bands: tuple[Band, ...], median: Decimal | None
) -> Finding:
    return Finding(
        section.pk, section.code, section.titles, *words, score=score, span=span_of(score, bands), median=median
    )


def decision_rows(category: Category) -> dict[int, dict[str, Any]]:
    """What was decided on each application of a decided category, as reports keep it."""
    rows = Decision.objects.standing().filter(list__category=category, list__stage=PRIZE).select_related("prize")
    return {
        one.application_id: {
            "outcome": one.outcome,
            "prize": one.prize.titles if one.prize else {},
            "reason": one.reason,
        }
        for one in rows
    }


def submitted_at(application: Application) -> datetime | None:
    """When what counts was submitted."""
    submission = last_submission(application)
    return submission.submitted_at if submission else None


def framework_of(category: Category) -> Framework | None:
    """The framework whose bands the reports of the category speak of."""
    return None if category.framework is None else category.framework.tree()


def _standings(category: Category) -> Iterable[tuple[int, Mapping[str, Any]]]:
    received = Application.objects.received().filter(category=category).values("pk")
    return Standing.objects.filter(application__in=received, is_revealed=True).values_list("application", "sections")


def _counts(sections: Mapping[str, Any], section: Section) -> Decimal | None:
    counts = sections.get(str(section.pk), {}).get("counts")
    return None if counts is None else Decimal(counts)


def _words(agreed: Agreed | None, said: list[tuple[str, str]]) -> tuple[str, str]:
    """What was laid down for the office; else what jurors wrote, each thing once."""
    if agreed is not None and (agreed.strengths or agreed.areas):
        return laid_together([agreed.strengths]), laid_together([agreed.areas])
    return laid_together(strengths for strengths, _areas in said), laid_together(areas for _strengths, areas in said)


def _said_by_jurors(applications: list[int]) -> dict[tuple[int, int], list[tuple[str, str]]]:
    ballots = Ballot.objects.counting().filter(application__in=applications, state=Ballot.State.HANDED_IN)
    rows = Mark.objects.filter(ballot__in=ballots.values("pk")).order_by("ballot__juror__number")
    said: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for pk, section, *words in rows.values_list("ballot__application", "section", "strengths", "areas"):
        said.setdefault((pk, section), []).append((words[0], words[1]))
    return said
