"""Drafts of good practices from what an office did and from what its self-assessment calls a strength."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext, override

from qms.accounts.models import User
from qms.goodpractices.domain.draft import EvidenceDraft, PracticeDraft, ResultDraft, StepDraft
from qms.goodpractices.models import PracticePage
from qms.goodpractices.services.keeping import withhold_practices
from qms.goodpractices.services.writing import draft_practice
from qms.improvements.domain.effect import Test
from qms.improvements.domain.effect_record import Measured
from qms.improvements.models import Action
from qms.improvements.queries.effects import StatedView
from qms.improvements.queries.practice import PracticeDraft as Material
from qms.improvements.queries.practice import practice_draft_of
from qms.improvements.queries.strengths import Strength
from qms.lifecycle import Refused, gettext_noop
from qms.offices.models import Office
from qms.ui import numbers

PLACES = Decimal("0.0001")
WITHDRAWN = gettext_noop(
    "The office has withdrawn its consent to share the self-assessment that this practice comes from."
)
TITLE, SUMMARY, STEP, SOURCE, NOTE = 200, 600, 160, 200, 300


@transaction.atomic
def practice_from_action(action: Action, *, language: str, by: User) -> PracticePage:
    """The draft of a practice from a finished action; the one that is there already, when asked again."""
    office = Office.objects.select_for_update().get(pk=action.plan.office_id)
    already = _drafted(office, f"action:{action.pk}")
    if already is not None:
        return already
    if action.status != Action.Status.DONE:
        raise Refused(gettext_noop("The action is not finished yet. A practice tells what was done."))
    with override(language):
        draft = draft_of_action(practice_draft_of(action), by=by)
    return draft_practice(office, draft=draft, language=language, by=by)


@transaction.atomic
def practice_from_strength(office: Office, *, strength: Strength, language: str, by: User) -> PracticePage:
    """The draft of a practice from an agreed strength; the one that is there already, when asked again."""
    office = Office.objects.select_for_update().get(pk=office.pk)
    already = _drafted(office, strength.key)
    if already is not None:
        return already
    with override(language):
        draft = draft_of_strength(strength, by=by)
    practice = draft_practice(office, draft=draft, language=language, by=by)
    if strength.is_withdrawn:
        withhold_practices([practice], reason=WITHDRAWN, by=by)
    return practice


def draft_of_action(material: Material, *, by: User) -> PracticeDraft:
    """What the action hands on: its problem, tasks, money, stated effect, lessons and evidence."""
    action = material.action
    plan = action.plan
    return PracticeDraft(
        title=action.title,
        summary=Truncator(action.expected or action.problem).chars(SUMMARY),
        started_on=action.start_on,
        criteria=tuple(action.nodes.order_by("framework", "node").values_list("framework", "node")),
        clients=("staff",) if action.client == Action.Client.INTERNAL else (),
        problem=action.problem,
        steps=tuple(
            StepDraft(Truncator(step.title).chars(STEP), when=numbers.day(step.done_on) if step.done_on else "")
            for step in material.steps
        ),
        results=() if material.stated is None else _results(material.stated),
        cost=material.cost,
        currency=plan.currency,
        cost_note=gettext("planned; what was spent is not noted") if material.cost and material.is_cost_planned else "",
        conditions=action.lessons,
        contact=action.owner_id or by.pk,
        evidence=tuple(
            EvidenceDraft(piece.get("code", ""), piece.get("title", ""))
            for finding in material.findings
            for piece in finding.evidence
            if isinstance(piece, dict)
        ),
        origin=PracticePage.Origin.ACTION,
        origin_key=f"action:{action.pk}",
        origin_note=Truncator(f"{action.code}, {plan.title}").chars(NOTE),
    )


def draft_of_strength(strength: Strength, *, by: User) -> PracticeDraft:
    """What the self-assessment says, to be written out by the office."""
    words = " ".join(strength.words.split())
    facts = {"node": strength.node, "assessment": strength.assessment}
    return PracticeDraft(
        title=Truncator(words).chars(TITLE // 2),
        summary=Truncator(words).chars(SUMMARY),
        criteria=((strength.framework, strength.node),),
        contact=by.pk,
        evidence=tuple(EvidenceDraft(code, title) for code, title in strength.evidence),
        origin=PracticePage.Origin.STRENGTH,
        origin_key=strength.key,
        origin_note=Truncator(gettext("strength in %(node)s, %(assessment)s") % facts).chars(NOTE),
    )


def _drafted(office: Office, key: str) -> PracticePage | None:
    return PracticePage.objects.filter(office=office, origin_key=key).first()  # type: ignore[no-any-return]


def _results(stated: StatedView) -> tuple[ResultDraft, ...]:
    """The stated effect as a result of the practice, with the interval of the change where there is one."""
    measured = stated.measured
    if measured is None or measured.outcome.before is None or measured.outcome.after is None:
        return ()
    found = measured.outcome
    before, after = found.before, found.after
    low, high = _interval(measured)
    result = ResultDraft(
        title=Truncator(measured.title).chars(TITLE),
        unit=measured.unit,
        better="higher" if measured.higher_is_better else "lower",
        before=_stored(before.value) if before else None,
        after=_stored(after.value) if after else None,
        low=low,
        high=high,
        count=after.count if after else None,
        source=_source(measured),
        verdict=stated.verdict.value,
    )
    return (result,)


def _interval(measured: Measured) -> tuple[Decimal | None, Decimal | None]:
    """The limits of the own change, else of what is left of it beside other offices."""
    found = measured.outcome
    own = found.change if found.change is not None and found.change.margin is not None else found.deciding
    if own is None or own.low is None or own.high is None:
        return None, None
    return _stored(own.low), _stored(own.high)


def _source(measured: Measured) -> str:
    found = measured.outcome
    own = found.change is not None and found.change.margin is not None
    if found.test == Test.CONTROLS and not own:
        return gettext("readings of the office; the interval is that beside other offices")
    return gettext("readings of the office before and after the action")


def _stored(value: Decimal) -> Decimal:
    return value.quantize(PLACES, rounding=ROUND_HALF_UP)
