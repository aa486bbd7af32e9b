"""Working on one action: the lines of its log, its tasks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.improvements import services
from qms.improvements.components.actions import crumbs_of
from qms.improvements.forms.progress import ReportForm, task_forms
from qms.improvements.models import Action
from qms.improvements.permissions import may_keep_tasks, may_report_progress
from qms.improvements.queries.actions import with_plan
from qms.lifecycle import Refused
from qms.ui.components import ErrorSummary, PageHead
from qms.ui.words import sentence

from .actions import WRONG, form_page, wants_json


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_log(request: HttpRequest, pk: int) -> HttpResponse:
    """A new line of the log with its files."""
    action = get_permitted(with_plan(), pk, request.user, may_report_progress)
    form = ReportForm(request.POST or None, request.FILES or None, action=action)
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            services.report(action, files=typed.pop("attachments"), by=signed_in(request), **typed)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The line stands in the log."))
            return redirect("improvements:action-detail", pk=pk)
    head = PageHead(
        _("Write in the log"),
        over=f"{action.code} {action.title}",
        lead=_("Lines are added and never changed, so that the plan's story stays true."),
    )
    return form_page(request, action, form, head, _("Add the line"))


# --- Tasks ------------------------------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task_save(request: HttpRequest, pk: int) -> HttpResponse:
    """The tasks of the action: ticked on its page, or written on a page of their own."""
    if request.POST.get("do") == "tick":
        return _tick(request, get_permitted(with_plan(), pk, request.user, may_report_progress))
    action = get_permitted(with_plan(), pk, request.user, may_keep_tasks)
    formset = task_forms(action, request.POST or None)
    refusal = ""
    if request.method == "POST" and formset.is_valid():
        try:
            services.save_tasks(action, lines=_lines(formset), by=signed_in(request))
        except Refused as refused:
            refusal = sentence(refused)
        else:
            messages.success(request, _("The tasks were saved."))
            return redirect("improvements:action-detail", pk=pk)
    context = {
        "action": action,
        "formset": formset,
        "errors": ErrorSummary(formset),
        "refusal": refusal,
        "crumbs": crumbs_of(action, _("Tasks")),
        "head": PageHead(_("Tasks"), over=f"{action.code} {action.title}", lead=_("Who does what, and until when.")),
        "back_url": reverse("improvements:action-detail", args=[pk]),
    }
    return render(request, "improvements/action_tasks.html", context, status=WRONG if request.method == "POST" else 200)


def _lines(formset: Any) -> list[services.TaskLine]:
    lines = []
    for form in formset.forms:
        filled = form.cleaned_data if form.is_valid() else {}
        removed = formset._should_delete_form(form)  # noqa: SLF001  Django's own name
        known = form.data.get(form.add_prefix("pk"), "")
        if removed and known.isdecimal():
            lines.append(services.TaskLine("", pk=int(known), removed=True))
        elif filled.get("title") and not removed:
            names = ("title", "person", "due_on", "done_on", "pk")
            lines.append(services.TaskLine(**{name: filled[name] for name in names}))
    return lines


def _tick(request: HttpRequest, action: Action) -> HttpResponse:
    done, before = (
        {int(value) for value in request.POST.getlist(name) if value.isdecimal()} for name in ("done", "before")
    )
    try:
        services.tick_tasks(action, done=done, before=before, by=signed_in(request), on=timezone.localdate())
    except Refused as refusal:
        if wants_json(request):
            return JsonResponse({"said": sentence(refusal)}, status=WRONG)
        messages.error(request, sentence(refusal))
    else:
        if wants_json(request):
            return JsonResponse({"said": _("Saved")})
        messages.success(request, _("The ticks were saved."))
    return redirect("improvements:action-detail", pk=action.pk)
