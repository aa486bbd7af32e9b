"""Indicators and values of an action, the verdict on it, and the draft of a practice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.improvements import queries, services
from qms.improvements.components import practice
from qms.improvements.components.actions import crumbs_of
from qms.improvements.components.effects import reading_named
from qms.improvements.forms.effects import EffectForm, IndicatorForm, ReadingForm
from qms.improvements.models import Action, Indicator, Reading
from qms.improvements.permissions import may_draft_from_action, may_measure, may_read_plan, may_state_effect
from qms.improvements.queries.effects import nodes_to_measure
from qms.lifecycle import Refused
from qms.ui.components import Button, PageHead
from qms.ui.words import sentence

from .effect_page import page_of

if TYPE_CHECKING:
    from collections.abc import Callable

WRONG = 422
FILES = {"txt": "text/plain; charset=utf-8", "html": "text/html; charset=utf-8"}


# --- The page and the verdict ----------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def effect(request: HttpRequest, pk: int) -> HttpResponse:
    """What was measured and what that says; whoever answers for the action states the verdict."""
    predicate = may_state_effect if request.method == "POST" else may_read
    action = permitted(request, pk, predicate)
    view = queries.effect_view(action)
    if request.method != "POST":
        return page_of(request, view)
    form = EffectForm(request.POST, views=view.indicators)
    if not form.is_valid():
        return page_of(request, view, form=form, status=WRONG)
    chosen = next((each.indicator for each in view.indicators if str(each.indicator.pk) == form.chosen), None)
    comment, now = form.cleaned_data["comment"], timezone.now()
    try:
        services.state_effect(action, indicator=chosen, comment=comment, by=signed_in(request), at=now)
    except Refused as refusal:
        form.add_error(None, sentence(refusal))
        return page_of(request, view, form=form, status=WRONG)
    messages.success(request, _("The effect is stated. A good practice can be drafted from it."))
    return redirect("improvements:effect", pk=pk)


# --- Indicators and values -------------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def indicator_save(request: HttpRequest, *, action: int | None = None, pk: int | None = None) -> HttpResponse:
    """A new indicator of an action, or changes to one."""
    indicator = None if pk is None else indicator_for(request, pk, may_measure)
    about = permitted(request, action, may_measure) if indicator is None else indicator.action
    form = IndicatorForm(request.POST or None, action=about, nodes=nodes_to_measure(about), indicator=indicator)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_indicator(about, facts=form.facts, by=signed_in(request), indicator=indicator)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The indicator was saved."))
            return redirect("improvements:effect", pk=about.pk)
    title = _("Change the indicator") if indicator else _("Add an indicator")
    lead = _("Settle what counts as a change before you measure: then nobody can say that the limit was chosen to fit.")
    return form_page(request, about, form, title=title, lead=lead)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def indicator_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """An indicator goes with its values, after one question."""
    indicator = indicator_for(request, pk, may_measure)
    count = indicator.readings.count()
    return deletion(
        request,
        indicator.action,
        lambda: services.delete_indicator(indicator, by=signed_in(request)),
        title=_("Delete the indicator “%(title)s”?") % {"title": indicator.title},
        text=_("Its values go with it: %(count)s. The history keeps that it was there.") % {"count": count},
        done=_("The indicator was deleted."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reading_add(request: HttpRequest, pk: int) -> HttpResponse:
    """One measured value of an indicator."""
    indicator = indicator_for(request, pk, may_state_effect)
    form = ReadingForm(request.POST or None, indicator=indicator)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_reading(indicator, facts=form.facts, by=signed_in(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The value was added."))
            return redirect("improvements:effect", pk=indicator.action_id)
    lead = _(
        "The last value on or before the first day of the action counts as before, the last one later than its end as"
        " after. Values in between are shown and not used."
    )
    return form_page(request, indicator.action, form, title=_("Add a value"), lead=lead, about=indicator)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reading_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """A wrong value goes, after one question."""
    seen = Action.objects.visible_to(signed_in(request)).values("pk")
    rows = Reading.objects.filter(indicator__action__in=seen).select_related("indicator__action__plan__office")
    reading = get_object_or_404(rows, pk=pk)
    if not may_state_effect(request.user, reading.indicator.action):
        raise PermissionDenied
    return deletion(
        request,
        reading.indicator.action,
        lambda: services.delete_reading(reading, by=signed_in(request)),
        title=_("Delete this value?"),
        text=_("“%(title)s”: %(value)s of %(day)s. A stated effect keeps the numbers it was stated with.")
        % reading_named(reading),
        done=_("The value was deleted."),
    )


# --- The draft of a practice -----------------------------------------------------------------------------------------


@login_required
@require_safe
def practice_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """What the action hands on to a good practice: to read, to copy, to download."""
    action = permitted(request, pk, may_read)
    draft = queries.practice_draft_of(action)
    kind = request.GET.get("as", "")
    if kind in FILES:
        return download(draft, kind)
    address = reverse("improvements:practice-draft", args=[pk])
    context = {
        "action": action,
        "draft": draft,
        "crumbs": crumbs_of(action, _("Draft of a good practice")),
        "head": PageHead(
            _("Draft of a good practice"),
            over=f"{action.code} {action.title}",
            lead=_("Put together from what stands in the action. Nothing is published and nobody is told."),
            action=(
                Button(_("Download as text"), f"{address}?as=txt", "secondary"),
                Button(_("Download as a page"), f"{address}?as=html", "secondary"),
            ),
        ),
        "chapters": practice.chapters_of(draft),
        "text": practice.as_text(draft),
        "drafts": may_draft_from_action(request.user, action),
    }
    return render(request, "improvements/practice_draft.html", context)


def download(draft: queries.PracticeDraft, kind: str) -> HttpResponse:
    """The draft as a file that needs nothing else."""
    if kind == "txt":
        content = practice.as_text(draft)
    else:
        about = {"draft": draft, "action": draft.action, "chapters": practice.chapters_of(draft)}
        content = render_to_string("improvements/effect_practice_file.html", about)
    response = HttpResponse(content, content_type=FILES[kind])
    name = slugify(draft.action.title) or f"practice-{draft.action.pk}"
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


# --- What these pages share ------------------------------------------------------------------------------------------


def may_read(user: Any, action: Action) -> bool:
    """Whether the person may open the plan in which the action stands."""
    return may_read_plan(user, action.plan)


def permitted(request: HttpRequest, pk: int | None, predicate: Callable[[Any, Action], bool]) -> Action:
    """The action, if the person may do this with it."""
    return get_permitted(Action.objects.select_related("plan__office"), pk, request.user, predicate)


def indicator_for(request: HttpRequest, pk: int, predicate: Callable[[Any, Action], bool]) -> Indicator:
    """The indicator, if the person may do this with its action."""
    seen = Action.objects.visible_to(signed_in(request)).values("pk")
    rows = Indicator.objects.filter(action__in=seen).select_related("action__plan__office")
    indicator = get_object_or_404(rows, pk=pk)
    if not predicate(request.user, indicator.action):
        raise PermissionDenied
    return indicator


def form_page(
    request: HttpRequest,
    action: Action,
    form: Any,
    *,
    title: str,
    lead: str,
    about: Indicator | None = None,
) -> HttpResponse:
    """A page with one form about the action's measurement."""
    context = {
        "form": form,
        "crumbs": crumbs_of(action, title),
        "head": PageHead(title, over=about.title if about else f"{action.code} {action.title}", lead=lead),
        "back": reverse("improvements:effect", args=[action.pk]),
    }
    return render(request, "improvements/effect_form.html", context, status=WRONG if form.errors else 200)


def deletion(
    request: HttpRequest, action: Action, act: Callable[[], None], *, title: str, text: str, done: str
) -> HttpResponse:
    """Ask once, then do it."""
    if request.method == "POST":
        try:
            act()
        except Refused as refusal:
            messages.error(request, sentence(refusal))
        else:
            messages.success(request, done)
        return redirect("improvements:effect", pk=action.pk)
    context = {
        "crumbs": crumbs_of(action, _("Delete")),
        "head": PageHead(title, over=f"{action.code} {action.title}", lead=text),
        "back": reverse("improvements:effect", args=[action.pk]),
    }
    return render(request, "improvements/effect_delete.html", context)
