"""Results: categories whose prizes are decided, with standings and what was agreed; feedback reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from qms.awards.models import Application, Category, Prize, Round
from qms.awards.models.round import in_order
from qms.jury.models import Agreed, Decision, DecisionList, Standing
from qms.laureates.models import Diploma, DiplomaPlan, FeedbackReport, PressSummary
from qms.laureates.services.diplomas import issue_diplomas
from tests.factories.jury import make_judged_category, make_prize, make_received


def make_standing(application: Application, score: int | None, **more: Any) -> Standing:
    """Revealed numbers: this score in each scored section, six points apart; nothing where it is None."""
    value = None if score is None else Decimal(score)
    apart = {"low": None if score is None else str(score - 3), "high": None if score is None else str(score + 3)}
    said = None if score is None else str(score)
    one = {"n": 3, "mean": said, "agreed": said, "na": score is None, "counts": said, **apart}
    sections = application.category.sections.filter(is_scored=True)
    facts: dict[str, Any] = {
        "ballots": 3,
        "handed_in": 3,
        "is_revealed": True,
        "total": value,
        "lowest": value and value - 3,
        "highest": value and value + 3,
        "median": value,
        "sections": {str(section.pk): one for section in sections},
        "reckoned_at": timezone.now(),
    }
    return Standing.objects.create(application=application, **facts | more)


def make_agreed(application: Application, score: int | None, **more: Any) -> list[Agreed]:
    """What the jury agreed on every scored section, with a strength and an area for the office to read."""
    facts: dict[str, Any] = {
        "score": score,
        "is_na": score is None,
        "strengths": "Goals are known to everybody.",
        "areas": "Ask customers each year.",
        "agreed_by": application.category.round.made_by,
        "agreed_at": timezone.now(),
    }
    sections = in_order(application.category.sections.filter(is_scored=True))
    return [Agreed.objects.create(application=application, section=one, **facts | more) for one in sections]


def make_decision_list(category: Category, *, closed: bool = True, **more: Any) -> DecisionList:
    """The list of prizes; closed an hour ago unless told otherwise."""
    at = timezone.now() - timedelta(hours=1)
    facts: dict[str, Any] = {"stage": DecisionList.Stage.PRIZE, "met_at": at}
    if closed:
        facts |= {"closed_at": at, "closed_by": category.round.made_by}
    return DecisionList.objects.create(category=category, **facts | more)


def decide(found: DecisionList, application: Application, prize: Prize | None = None, **more: Any) -> Decision:
    """This prize for the application, or none."""
    outcome = Decision.Outcome.PRIZE if prize else Decision.Outcome.NO_PRIZE
    facts: dict[str, Any] = {"outcome": outcome, "prize": prize, "reason": "The jury was convinced by the results."}
    return Decision.objects.create(list=found, application=application, **facts | more)


def make_decided_category(
    scores: Mapping[Any, int | None], *, of: Round | None = None, closed: bool = True, **more: Any
) -> Category:
    """A category with a score by office, the best one with the statuette, all with agreements; the list is closed."""
    category = make_judged_category(of, **more)
    prize, found = make_prize(category), make_decision_list(category, closed=closed)
    ranked = sorted(scores.items(), key=lambda one: -(one[1] or 0))
    for place, (office, score) in enumerate(ranked, start=1):
        application = make_received(office, category)
        make_standing(application, score)
        make_agreed(application, score)
        places = {"total": score, "place_from": place, "place_to": place}
        decide(found, application, prize if place == 1 else None, **places)
    return category


def make_feedback(application: Application, *, approved: bool = False, **more: Any) -> FeedbackReport:
    """A report on every scored section; a draft unless it is approved."""
    sections = [
        {
            "pk": one.pk,
            "code": one.code,
            "titles": one.titles,
            "strengths": "Goals are known to everybody.",
            "areas": "Ask customers each year.",
            "score": "62",
            "band": "",
            "low": 60,
            "high": 70,
            "median": None,
        }
        for one in in_order(application.category.sections.filter(is_scored=True))
    ]
    facts: dict[str, Any] = {
        "opening": "Thank you for taking part.",
        "sections": sections,
        "decision": {"outcome": "no_prize", "prize": {}, "reason": "Others went further."},
    }
    if approved:
        by = application.category.round.made_by
        facts |= {"state": FeedbackReport.State.APPROVED, "approved_by": by, "approved_at": timezone.now()}
    return FeedbackReport.objects.create(application=application, **facts | more)


def end_embargo(found: Round, at: datetime | None = None) -> Round:
    """From now on results may be told."""
    found.embargo_until = at or timezone.now() - timedelta(seconds=1)
    found.closes_at = min(found.closes_at, found.embargo_until)
    found.save(update_fields=["embargo_until", "closes_at", "updated_at"])
    return found


def make_laurel(application: Application, **more: Any) -> Decision:
    """A prize that stands: the category's closed list gives this application a statuette, or prize=…."""
    category = application.category
    found = DecisionList.objects.filter(category=category, stage=DecisionList.Stage.PRIZE).first()
    prize = more.pop("prize", None) or category.prizes.order_by("position", "pk").first() or make_prize(category)
    known = Decision.objects.filter(list=found, application=application).first() if found else None
    if known is not None and known.prize is not None and found is not None and found.is_closed:
        return known
    if known is not None:
        known.delete()
    if found is not None and not found.is_closed:
        found.closed_at, found.closed_by = timezone.now() - timedelta(hours=1), category.round.made_by
        found.save()
    return decide(found or make_decision_list(category), application, prize, **more)


def make_plan(of: Round, **more: Any) -> DiplomaPlan:
    """Who signs the diplomas of the round, and on which day."""
    facts: dict[str, Any] = {
        "place": "Olsztyn",
        "given_on": date(2027, 5, 21),
        "signatories": [{"name": "Maria Nowak", "role": "Chair of the jury"}],
    }
    return DiplomaPlan.objects.create(round=of, **facts | more)


def make_diploma(decision: Decision, **more: Any) -> Diploma:
    """The diploma of this prize."""
    found = decision.application.category.round
    if not DiplomaPlan.objects.filter(round=found).exists():
        make_plan(found)
    issue_diplomas(found, by=found.made_by, at=timezone.now())
    diploma = Diploma.objects.get(decision=decision)
    for name, value in more.items():
        setattr(diploma, name, value)
    diploma.save()
    return diploma


def make_press(application: Application, state: str = "asked", **more: Any) -> PressSummary:
    """What the public will read of the laureate; the laureate is asked."""
    facts = {"texts": {"en": "The office shortened the way to work.", "pl": "Urząd skrócił drogę do pracy."}}
    return PressSummary.objects.create(application=application, state=state, **facts | more)
