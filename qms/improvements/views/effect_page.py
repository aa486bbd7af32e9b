"""The page of an effect, put together from its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from qms.improvements.components.actions import crumbs_of
from qms.improvements.components.effects import (
    EffectBox,
    VerdictWord,
    indicator_table,
    measured_box,
    readings_figure,
    stated_box,
    verdict_meanings,
)
from qms.improvements.forms.effects import EffectForm
from qms.improvements.models import Indicator
from qms.improvements.permissions import may_measure, may_state_effect
from qms.ui import numbers
from qms.ui.components import Button, Empty, ErrorSummary, Figure, FormFields, Link, Note, PageHead, Seal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from qms.improvements.queries import EffectView, IndicatorView
    from qms.ui.components import Part


@dataclass(frozen=True, slots=True)
class Chapter:
    """One indicator on the page."""

    ident: str
    title: str
    facts: tuple[str, ...]
    box: EffectBox | None  # none where the stated verdict above says the same
    figure: Figure | None
    doing: tuple[Part, ...]


def page_of(
    request: HttpRequest, view: EffectView, *, form: EffectForm | None = None, status: int = 200
) -> HttpResponse:
    """Everything on the effect of the action, and the form to state it where this person may."""
    action = view.action
    states = may_state_effect(request.user, action) and not view.is_settled
    measures = may_measure(request.user, action) and not view.is_settled
    context = {
        "action": action,
        "crumbs": crumbs_of(action, _("Effect")),
        "head": _head(view, measures=measures),
        "errors": ErrorSummary(form) if form is not None else None,
        "notes": tuple(_notes(view, states=states)),
        "stated": stated_box(view.stated, action, moved=view.has_moved and not view.is_settled)
        if view.stated
        else None,
        "table": indicator_table(view.indicators) if len(view.indicators) > 1 else None,
        "legend": tuple((VerdictWord(verdict), meaning) for verdict, meaning in verdict_meanings()),
        "empty": None if view.indicators else _empty(view, measures=measures),
        "chapters": [
            _chapter(view, each, number=number, states=states, measures=measures)
            for number, each in enumerate(view.indicators, 1)
        ],
        "seal": _seal(view, form) if states and view.is_over else None,
        "practice": reverse("improvements:practice-draft", args=[action.pk]) if view.stated else "",
    }
    return render(request, "improvements/effect.html", context, status=status)


def _head(view: EffectView, *, measures: bool) -> PageHead:
    action = view.action
    meta: list[tuple[str, object]] = [
        (_("First day"), numbers.day(view.start)),
        (_("Finished") if action.done_on else _("Due"), numbers.day(view.end)),
        (_("Status"), action.get_status_display()),
    ]
    add = Button(
        _("Add an indicator"), reverse("improvements:indicator-save", kwargs={"action": action.pk}), "secondary"
    )
    return PageHead(
        _("Did it work?"),
        over=f"{action.code} {action.title}",
        lead=_("What was measured before and after the action, and what may be said about it."),
        meta=tuple(meta),
        action=add if measures and view.indicators else None,
    )


def _notes(view: EffectView, *, states: bool) -> list[Note]:
    if view.is_settled:
        return [Note(_("The plan is closed. The stated effect and what it rests on stay as they are."))]
    if view.is_over and view.stated is None and states:
        text = _("The action is finished. Look at the values below, then state the effect at the end of the page.")
        return [Note(text, _("The effect is not stated yet"), "warn", Link(_("State the effect"), "#state"), level=2)]
    if not view.is_over:
        return [Note(_("The action is not finished. What stands below is what could be said today."))]
    return []


def _empty(view: EffectView, *, measures: bool) -> Empty:
    add = reverse("improvements:indicator-save", kwargs={"action": view.action.pk})
    return Empty(
        _("The action has no indicator yet"),
        _(
            "Here stands what the action is measured by, its values before and after, and what they say. The quality"
            " lead or the owner says what is measured, best before the action begins."
        ),
        Button(_("Add an indicator"), add) if measures else None,
    )


def _chapter(view: EffectView, each: IndicatorView, *, number: int, states: bool, measures: bool) -> Chapter:
    indicator, measured = each.indicator, each.measured
    is_told = view.stated is not None and view.stated.effect.indicator_id == indicator.pk and not view.has_moved
    typed = indicator.source == Indicator.Source.TYPED
    pks = {row.on: row.pk for row in each.rows} if typed and states else {}
    return Chapter(
        ident=f"indicator-{indicator.pk}",
        title=indicator.title,
        facts=tuple(_facts(indicator)),
        box=None if is_told else measured_box(measured, view.action, ident=f"measured-{indicator.pk}"),
        figure=readings_figure(measured, number=number, ident=f"readings-{indicator.pk}", pks=pks),
        doing=tuple(_doing(indicator, states=states and typed, measures=measures)),
    )


def _facts(indicator: Indicator) -> list[str]:
    facts = [str(indicator.get_source_display())]
    if indicator.node:
        facts.append(_("subcriterion %(node)s") % {"node": indicator.node})
    facts.append(str(indicator.get_better_display()))
    return facts


def _doing(indicator: Indicator, *, states: bool, measures: bool) -> list[Part]:
    doing: list[Part] = []
    if states:
        add = reverse("improvements:reading-add", args=[indicator.pk])
        doing.append(Button(_("Add a value"), add, "secondary", small=True, hidden=indicator.title))
    if measures:
        change = reverse("improvements:indicator-save", kwargs={"pk": indicator.pk})
        delete = reverse("improvements:indicator-delete", args=[indicator.pk])
        doing.append(Link(_("Change the indicator"), change))
        doing.append(Link(_("Delete the indicator"), delete))
    return doing


def _seal(view: EffectView, form: EffectForm | None) -> Seal:
    """The verdict is reckoned; what is confirmed is that it stands in the name of whoever states it."""
    shown = form or EffectForm(views=view.indicators, initial={"comment": _comment(view)})
    names = tuple(name for name in ("indicator", "comment") if name in shown.fields)
    title = _("State the effect anew") if view.stated else _("State the effect")
    fixed = (
        _("the verdict as the values of today give it, with its numbers and its test"),
        _("what the other indicators say, and what the result does not say"),
        _("until the plan is closed it can be stated anew; the history keeps what stood before"),
    )
    seen = (_("everybody who may read the plan, in the office, the region and the country"),)
    return Seal(
        title,
        fixed,
        seen,
        reverse("improvements:effect", args=[view.action.pk]),
        _("I have read what the result says and what it does not say"),
        Button(title),
        fields=FormFields(shown, names),
        ident="state",
    )


def _comment(view: EffectView) -> str:
    return view.stated.effect.comment if view.stated else ""
