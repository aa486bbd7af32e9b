"""Juries: seats, declarations, phases that let everything, ballots with marks, lists of decisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from qms.awards.models import Application, Category, Judging, Prize, Round, Section
from qms.jury.models import Ballot, Declaration, Juror, Mark, Phase, Visit
from tests.factories.awards import (
    closed_days,
    make_application,
    make_category,
    make_round,
    make_section,
    make_submission,
)
from tests.factories.offices import make_person

_numbers = count(1)


def make_judging(category: Category, **more: Any) -> Judging:
    """Three jurors, a talk above 20 points, a tie below 1."""
    return Judging.objects.create(category=category, **more)


def make_prize(category: Category, **more: Any) -> Prize:
    """A statuette; one of it unless at_most=…."""
    return Prize.objects.create(category=category, **{"titles": {"en": "Statuette"}, "at_most": 1} | more)


def make_closed_round(**more: Any) -> Round:
    """An announced round that closed yesterday; its results may be told in a month."""
    return make_round(**closed_days() | {"embargo_until": timezone.now() + timedelta(days=30)} | more)


def make_judged_category(of: Round | None = None, *, sections: int = 2, **more: Any) -> Category:
    """A category of a closed round with how it is judged, and this many scored sections of weight 1."""
    category = make_category(of or make_closed_round(), **more)
    make_judging(category)
    for number in range(sections):
        make_section(category, position=number + 1, weight=Decimal(1))
    return category


def make_received(office: Any, category: Category, **more: Any) -> Application:
    """An application of this office as it was submitted, two days ago."""
    application = make_application(office, category, **more)
    by = application.started_by
    make_submission(application, by=by, at=timezone.now() - timedelta(days=2))
    return application


def make_juror(category: Category, user: Any = None, **more: Any) -> Juror:
    """A person with a juror's role, in the pool of this category, who has promised to be impartial."""
    number = next(_numbers)
    facts = {"number": number, "accepted_at": timezone.now() - timedelta(hours=2)} | more
    facts.setdefault("added_by", category.round.made_by)
    juror = Juror.objects.create(round=category.round, user=user or make_person(f"Juror{number}", "juror"), **facts)
    juror.categories.add(category)
    return juror


def declare_all(juror: Juror) -> None:
    """Nothing ties the juror to any office that applied in their categories."""
    for application in Application.objects.received().filter(category__in=juror.categories.all()):
        Declaration.objects.create(juror=juror, application=application, made_at=timezone.now() - timedelta(hours=1))


def make_phase(of: Round, **more: Any) -> Phase:
    """A phase that began an hour ago, ends in a week and lets jurors do everything, unless told otherwise."""
    now = timezone.now()
    facts: dict[str, Any] = {
        "titles": {"en": "Blind scores"},
        "starts_at": now - timedelta(hours=1),
        "ends_at": now + timedelta(days=7),
        "sees": Phase.Sees.CATEGORY,
        **dict.fromkeys(("may_score", "shows_scores", "shows_names", "may_agree", "may_visit", "may_decide"), True),
    }
    return Phase.objects.create(round=of, **facts | more)


def make_ballot(juror: Juror, application: Application, **more: Any) -> Ballot:
    """An empty ballot."""
    facts = {"assigned_by": juror.added_by, "assigned_at": timezone.now()} | more
    return Ballot.objects.create(juror=juror, application=application, **facts)


def hand_in(ballot: Ballot, scores: Mapping[Section, int | None], *, at: datetime | None = None) -> Ballot:
    """The ballot with these scores (None: cannot be judged), handed in; weights as the sections say."""
    for section, score in scores.items():
        Mark.objects.create(
            ballot=ballot,
            section=section,
            marks={} if score is None else {"score": score},
            score=score,
            is_na=score is None,
            reason="No figures." if score is None else "",
        )
    given = [(section.weight, Decimal(score)) for section, score in scores.items() if score is not None]
    weights = sum((weight for weight, _score in given), Decimal(0))
    ballot.total = sum((weight * score for weight, score in given), Decimal(0)) / weights if weights else None
    ballot.state, ballot.handed_in_at = Ballot.State.HANDED_IN, at or timezone.now()
    ballot.save()
    return ballot


def make_organiser() -> Any:
    """Who runs national rounds."""
    return make_person(f"Organiser{next(_numbers)}", "national_coordinator")


def make_visit(application: Application, *team: Juror, **more: Any) -> Visit:
    """A visit that is planned for next week, of this team."""
    now = timezone.now()
    facts = {
        "starts_at": now + timedelta(days=7),
        "ends_at": now + timedelta(days=7, hours=5),
        "place": "In the office",
        "planned_by": application.category.round.made_by,
    } | more
    visit = Visit.objects.create(application=application, **facts)
    visit.team.add(*team)
    return visit
