"""Reading everything for an edition, in a number of queries that does not depend on how much there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F

from qms.assessments.models import Assessment, NodeResult, Snapshot
from qms.exchange.domain.matching import Offer, Scale
from qms.exchange.domain.material import Before, Call, Material, Report, Score, Shown, ThemePlan
from qms.exchange.domain.similarity import Place
from qms.exchange.models import Dismissal, Edition, HelpRequest, Release, Seminar, Theme, VisitOffer, VisitRequest
from qms.exchange.models.visit import FREE
from qms.goodpractices.models import Question
from qms.improvements.queries.adoptions import adoptions
from qms.offices.models import Office

from .library import entries_of

Consents = Mapping[int, str]
TO_COME = (VisitRequest.Status.ASKED, VisitRequest.Status.CONFIRMED)


def material_of(edition: Edition, *, consents: Consents, on: date) -> Material:
    """All from which the edition's pages are planned; `consents` tells what each approved assessment shares now."""
    tree, code = edition.framework.tree(), edition.framework.code
    themes = themes_of(edition)
    offices = list(Office.objects.values_list("pk", "kind", "staff_count", "language", "is_active"))
    active = {pk for pk, *_facts, is_active in offices if is_active}
    chosen = {key for theme in themes for key in theme.practices}
    return Material(
        framework=code,
        scale=Scale(tree.lowest, tree.highest),
        nodes=tuple(node.identifier for node in tree.scored),
        criteria={node.identifier: tree.criterion_of(node.identifier).identifier for node in tree.scored},
        places={pk: Place(pk, kind, staff, language) for pk, kind, staff, language, _active in offices},
        languages={pk: language for pk, _kind, _staff, language, _active in offices},
        active=frozenset(active),
        reports=reports_of(edition, consents),
        entries=entries_of(code, chosen),
        themes=themes,
        offers=offers_of(code, on),
        guests=_guests(),
        adopted=frozenset(
            (office, str(key)) for office, key in adoptions().values_list("plan__office", "practice__translation_key")
        ),
        dismissed=frozenset(
            (office, str(key), node)
            for office, key, node in Dismissal.objects.filter(framework=code).values_list(
                "office", "practice_key", "node"
            )
        ),
        calls=_calls(code),
        questions=_questions(),
        shown=_shown(edition, code),
    )


def themes_of(edition: Edition) -> tuple[ThemePlan, ...]:
    """The edition's themes in their order."""
    practices: dict[int, set[str]] = defaultdict(set)
    chosen = Theme.practices.through.objects.filter(theme__edition=edition)
    for theme, key in chosen.values_list("theme", "practicepage__translation_key"):
        practices[theme].add(str(key))
    seminars: dict[int, list[int]] = defaultdict(list)
    held = Seminar.objects.filter(theme__edition=edition).order_by(F("held_on").asc(nulls_last=True), "pk")
    for theme, seminar in held.values_list("theme", "pk"):
        seminars[theme].append(seminar)
    rows = Theme.objects.filter(edition=edition).order_by("position", "pk").values_list("pk", "nodes")
    return tuple(
        ThemePlan(pk, tuple(nodes), frozenset(practices.get(pk, ())), tuple(seminars.get(pk, ()))) for pk, nodes in rows
    )


def reports_of(edition: Edition, consents: Consents) -> tuple[Report, ...]:
    """The latest approved self-assessment of every whole office by the edition's framework."""
    latest = (
        Assessment.objects.approved().of_whole_offices().filter(edition=edition.framework_id).latest_of_each_office()
    )
    rows = latest.order_by("pk").values_list("pk", "office", "year", "previous__benchmark_consent")
    keys = latest.values("pk")
    scores: dict[int, dict[str, Score]] = defaultdict(dict)
    results = NodeResult.objects.filter(assessment__in=keys, score__isnull=False)
    for pk, node, score, lowest, highest in results.values_list("assessment", "node", "score", "lowest", "highest"):
        if score is not None:
            scores[pk][node] = Score(score, lowest, highest)
    told = _told(keys)
    reports = []
    for pk, office, year, consent_before in rows:
        reasons, before = told.get(pk, ({}, None))
        consent = consents.get(pk, Assessment.Consent.NOTHING)
        reports.append(
            Report(
                assessment=pk,
                office=office,
                year=year,
                shares=consent != Assessment.Consent.NOTHING,
                is_named=consent == Assessment.Consent.NAMED,
                scores=scores.get(pk, {}),
                reasons=reasons,
                before=_before(before, is_named=consent_before == Assessment.Consent.NAMED),
            )
        )
    return tuple(reports)


def _told(assessments: Any) -> dict[int, tuple[dict[str, str], dict[str, Any] | None]]:
    """What the approved reports say of each node, and the figures of the previous cycle that they were printed with."""
    rows = Snapshot.objects.filter(assessment__in=assessments).values_list("assessment", "content")
    return {
        pk: ({node["id"]: node["reason"] for node in content["nodes"] if node.get("reason")}, content.get("previous"))
        for pk, content in rows
    }


def _before(figures: Mapping[str, Any] | None, *, is_named: bool) -> Before | None:
    if figures is None:
        return None
    scores = {node: Decimal(score) for node, score in figures["nodes"].items() if score is not None}
    return Before(figures["assessment"], figures["year"], scores, is_named)


def offers_of(framework: str, on: date) -> tuple[Offer, ...]:
    """The open offers of study visits, with how many visits each has left."""
    rows = VisitOffer.objects.open(on).filter(office__is_active=True).annotate(left=FREE).order_by("pk")
    return tuple(
        Offer(
            key=pk,
            office=office,
            nodes=frozenset(nodes) if code == framework else frozenset(),
            practice=str(practice) if practice else "",
            allowed=allowed,
            free=max(0, left),
        )
        for pk, office, code, nodes, practice, allowed, left in rows.values_list(
            "pk", "office", "framework", "nodes", "practice__translation_key", "allowed", "left"
        )
    )


def _guests() -> dict[tuple[int, int], bool]:
    """Who asked for which visit, True while it is still to come."""
    guests: dict[tuple[int, int], bool] = {}
    for offer, office, status in VisitRequest.objects.counted().values_list("offer", "office", "status"):
        guests[offer, office] = guests.get((offer, office), False) or status in TO_COME
    return guests


def _calls(framework: str) -> tuple[Call, ...]:
    """Open calls for help, the newest first."""
    rows = HelpRequest.objects.open().filter(framework=framework).order_by("-created_at", "-pk")
    return tuple(Call(*row) for row in rows.values_list("pk", "office", "node"))


def _questions() -> tuple[tuple[int, str], ...]:
    """Shown questions that wait for an answer, each with its practice, the newest first."""
    rows = Question.objects.shown().filter(answered_at__isnull=True).order_by("-created_at", "-pk")
    return tuple((pk, str(key)) for pk, key in rows.values_list("pk", "practice__translation_key"))


def _shown(edition: Edition, framework: str) -> tuple[Shown, ...]:
    """All distributions by this framework that any edition ever showed, the oldest first."""
    rows = Release.objects.filter(framework=framework).order_by("pk")
    return tuple(
        Shown(pk, node, tuple(contributors), content, own == edition.pk, withdrawn_at is not None)
        for pk, node, contributors, content, own, withdrawn_at in rows.values_list(
            "pk", "node", "contributors", "shown", "edition", "withdrawn_at"
        )
    )
