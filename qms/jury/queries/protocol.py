"""Everything that counted for a list of decisions, as plain values that are frozen when it is closed."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from qms.awards.models import Application, Category, Judging, Prize, Section, Submission
from qms.awards.models.round import in_order
from qms.awards.queries.rounds import panels_in_points
from qms.jury.domain.ranking import severity
from qms.jury.models import (
    Agreed,
    Ballot,
    Decision,
    DecisionList,
    Declaration,
    Exclusion,
    Juror,
    Mark,
    Phase,
    Visit,
)

from .shortages import frozen_shortage

FORM = 2  # the shape of what is frozen; a new one when its keys change
POLICY = (
    "may_declare",
    "sees",
    "may_score",
    "shows_scores",
    "shows_names",
    "may_agree",
    "may_visit",
    "may_decide",
)
FIGURES = ("ballots", "handed_in", "is_revealed", "total", "lowest", "highest", "median", "needs_talk", "sections")
Frozen = dict[str, Any]


def content_of(found: DecisionList, *, closed_by: str, at: datetime) -> Frozen:
    """The rules, the people, what they declared, scored, agreed, saw and decided; in a fixed number of queries."""
    category = found.category
    applications = list(_applications(category))
    jurors = list(_jurors(category))
    prints = _fingerprints(applications)
    signs = {one.pk: one.sign for one in jurors}
    ballots = list(_ballots(applications))
    standing = {one.pk for one in applications if one.state != Application.State.WITHDRAWN}
    return {
        "form": FORM,
        "stage": found.stage,
        "round": _round(category),
        "category": {"pk": category.pk, "titles": category.titles},
        "meeting": _meeting(found),
        "closed": {"at": at, "by": closed_by},
        "judging": _judging(category),
        "prizes": [_prize(one) for one in in_order(Prize.objects.filter(category=category))],
        "sections": [_section(one) for one in in_order(Section.objects.filter(category=category, is_scored=True))],
        "phases": [_phase(one) for one in Phase.objects.filter(round=category.round_id).order_by("starts_at")],
        "jurors": [_juror(one) for one in jurors],
        "applications": [_application(one, prints.get(one.pk, "")) for one in applications],
        "declarations": _declarations(applications, signs),
        "exclusions": _exclusions(applications, signs),
        "ballots": [_ballot(one) for one in ballots],
        "agreed": [_agreed(one) for one in _agreements(applications)],
        "visits": [_visit(one) for one in _visits(applications)],
        "severity": _severity([one for one in ballots if one.application_id in standing], signs),
        "decisions": [_decision(one) for one in _decisions(found)],
    }


def _round(category: Category) -> Frozen:
    award = category.round
    return {
        "pk": award.pk,
        "titles": award.titles,
        "programme": award.programme.titles,
        "organiser": award.programme.organiser,
        "year": award.year,
        "zone": award.zone,
        "closes_at": award.closes_at,
        "embargo_until": award.embargo_until,
    }


def _meeting(found: DecisionList) -> Frozen:
    present = found.present.select_related("user").order_by("number")
    return {
        "met_at": found.met_at,
        "present": [{"juror": one.sign, "name": one.user.name} for one in present],
        "note": found.note,
    }


def _judging(category: Category) -> Frozen | None:
    rules = Judging.objects.filter(category=category).first()
    if rules is None:
        return None
    names = ("panel", "jurors", "blocks_region", "talk_above", "far_from_median", "tie_below", "tie_rule")
    titles = next((dict(one.titles) for one in panels_in_points(category) if one.code == rules.panel), {})
    return {name: getattr(rules, name) for name in (*names, "visit_from", "most_visits")} | {"panel_titles": titles}


def _prize(one: Prize) -> Frozen:
    named = {"pk": one.pk, "titles": one.titles, "kind": one.kind}
    return named | {"at_most": one.at_most, "from_points": one.from_points}


def _section(one: Section) -> Frozen:
    return {"pk": one.pk, "code": one.code, "titles": one.titles, "weight": one.weight}


def _phase(one: Phase) -> Frozen:
    times = {"titles": one.titles, "starts_at": one.starts_at, "ends_at": one.ends_at}
    return times | {name: getattr(one, name) for name in POLICY}


def _jurors(category: Category) -> Any:
    """Those in its pool, and those who left it but declared or scored here."""
    about = Application.objects.filter(category=category).values("pk")
    here = Q(categories=category) | Q(ballots__application__in=about) | Q(declarations__application__in=about)
    rows = Juror.objects.filter(here | Q(exclusions__application__in=about)).distinct()
    return rows.select_related("user").order_by("number")


def _juror(one: Juror) -> Frozen:
    return {
        "sign": one.sign,
        "name": one.user.name,
        "is_chair": one.is_chair,
        "added_at": one.created_at,
        "accepted_at": one.accepted_at,
        "left_at": one.left_at,
        "left_reason": one.left_reason,
    }


def _applications(category: Category) -> Any:
    """All that were submitted, also those withdrawn since: ballots on them are in the file."""
    rows = Application.objects.filter(category=category).exclude(number="").exclude(state=Application.State.DRAFT)
    return rows.select_related("office", "standing", "shortage__stated_by").order_by("number", "pk")


def _fingerprints(applications: list[Application]) -> dict[int, str]:
    """The fingerprint of what was submitted last, by application."""
    rows = Submission.objects.filter(application__in=applications).order_by("ordinal")
    return dict(rows.values_list("application", "sha256"))


def _application(one: Application, sha256: str) -> Frozen:
    standing = getattr(one, "standing", None)
    return {
        "pk": one.pk,
        "number": one.number,
        "office": one.office.name,
        "state": one.state,
        "sha256": sha256,
        "shortage": frozen_shortage(one),
        "standing": None if standing is None else {name: getattr(standing, name) for name in FIGURES},
    }


def _declarations(applications: list[Application], signs: dict[int, str]) -> list[Frozen]:
    rows = Declaration.objects.filter(application__in=applications).order_by("made_at", "pk")
    return [
        {"juror": signs.get(one.juror_id, ""), "application": one.application_id, "made_at": one.made_at}
        for one in rows
    ]


def _exclusions(applications: list[Application], signs: dict[int, str]) -> list[Frozen]:
    rows = Exclusion.objects.filter(application__in=applications).order_by("made_at", "pk")
    return [
        {
            "juror": signs.get(one.juror_id, ""),
            "application": one.application_id,
            "kind": one.kind,
            "reason": one.reason,
            "made_at": one.made_at,
        }
        for one in rows
    ]


def _ballots(applications: list[Application]) -> Any:
    rows = Ballot.objects.filter(application__in=applications).select_related("juror", "assigned_by")
    return rows.prefetch_related("marks").order_by("application__number", "juror__number", "pk")


def _ballot(one: Ballot) -> Frozen:
    return {
        "pk": one.pk,
        "juror": one.juror.sign,
        "application": one.application_id,
        "state": one.state,
        "is_automatic": one.is_automatic,
        "assigned_by": one.assigned_by.name,
        "assigned_at": one.assigned_at,
        "late_reason": one.late_reason,
        "total": one.total,
        "summary": one.summary,
        "handed_in_at": one.handed_in_at,
        "unlocked_reason": one.unlocked_reason,
        "ended_at": one.ended_at,
        "ended_reason": one.ended_reason,
        "marks": [_mark(mark) for mark in sorted(one.marks.all(), key=lambda mark: mark.section_id)],
    }


def _mark(one: Mark) -> Frozen:
    return {
        "section": one.section_id,
        "marks": _exact(one.marks),
        "score": one.score,
        "is_na": one.is_na,
        "reason": one.reason,
        "strengths": one.strengths,
        "areas": one.areas,
    }


def _agreements(applications: list[Application]) -> Any:
    rows = Agreed.objects.holding().filter(application__in=applications).select_related("agreed_by")
    return rows.order_by("application__number", "section__position", "section")


def _agreed(one: Agreed) -> Frozen:
    return {
        "application": one.application_id,
        "section": one.section_id,
        "marks": _exact(one.marks),
        "score": one.score,
        "is_na": one.is_na,
        "reason": one.reason,
        "strengths": one.strengths,
        "areas": one.areas,
        "stage": one.stage,
        "agreed_by": one.agreed_by.name,
        "agreed_at": one.agreed_at,
    }


def _visits(applications: list[Application]) -> Any:
    rows = Visit.objects.filter(application__in=applications).prefetch_related("team", "notes")
    return rows.order_by("starts_at", "pk")


def _visit(one: Visit) -> Frozen:
    return {
        "application": one.application_id,
        "state": one.state,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "place": one.place,
        "team": sorted((juror.sign for juror in one.team.all()), key=lambda sign: int(sign[1:])),
        "report": one.report,
        "notes": [
            {"section": note.section_id, "verdict": note.verdict, "text": note.text}
            for note in sorted(one.notes.all(), key=lambda note: note.section_id)
        ],
        "cancelled_reason": one.cancelled_reason,
    }


def _severity(ballots: list[Ballot], signs: dict[int, str]) -> list[Frozen]:
    totals: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for one in ballots:
        if one.ended_at is None and one.total is not None and one.state == Ballot.State.HANDED_IN:
            totals[one.application_id][one.juror_id] = one.total
    found = severity(totals)
    return [{"juror": signs.get(pk, ""), "n": one.n, "mean": one.mean} for pk, one in sorted(found.items())]


def _decisions(found: DecisionList) -> Any:
    rows = found.decisions.select_related("application")
    return rows.order_by(F("place_from").asc(nulls_last=True), "-total", "application__number")


def _decision(one: Decision) -> Frozen:
    return {
        "application": one.application_id,
        "outcome": one.outcome,
        "prize": one.prize_id,
        "reason": one.reason,
        "total": one.total,
        "place_from": one.place_from,
        "place_to": one.place_to,
    }


def _exact(marks: dict[str, Any]) -> dict[str, Any]:
    """Marks whose numbers do not depend on a machine: a fraction is kept as text."""
    return {name: str(value) if isinstance(value, float) else value for name, value in marks.items()}
