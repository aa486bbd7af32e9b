"""Moving an action from one status to the next, also when somebody else was quicker."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.improvements import services
from qms.improvements.components.actions import clash_words, crumbs_of, status_name, step_name, steps_of
from qms.improvements.forms.progress import MoveForm
from qms.improvements.models import Action
from qms.improvements.permissions import may_approve_action, may_report_progress
from qms.improvements.queries.actions import last_move_of, with_plan
from qms.improvements.services.locking import Conflict
from qms.lifecycle import Refused
from qms.ui.components import PageHead
from qms.ui.words import sentence

from .actions import CLASH, WRONG, doing_of, effect_url, move_form, page_of, wants_json

Status = Action.Status


@login_required
@require_POST
def action_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the action its next status; a script of the board asks for JSON and gets sentences."""
    action = get_permitted(with_plan(), pk, request.user, _may_move)
    form = MoveForm(request.POST, steps=_open_steps(request, action), auto_id="move-%s")
    if _is_stale(request, action):
        return _clash(request, action)
    if not form.is_valid():
        return _refused(request, action, form)
    try:
        moved = services.move_action(
            action,
            to=form.cleaned_data["status"],
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            on=form.cleaned_data["on"],
            by=signed_in(request),
            at=timezone.now(),
        )
    except Conflict as conflict:
        return _clash(request, conflict.stored)
    except Refused as refusal:
        form.add_error(None, sentence(refusal))
        return _refused(request, action, form)
    return _moved(request, moved)


def _may_move(user: Any, action: Action) -> bool:
    return may_report_progress(user, action) or may_approve_action(user, action)


def _open_steps(request: HttpRequest, action: Action) -> tuple[tuple[str, str], ...]:
    steps = steps_of(action, doing_of(request.user, action))
    approves = request.POST.get("status") == Status.APPROVED and action.status == Status.PROPOSED
    if approves and not may_approve_action(request.user, action):
        raise PermissionDenied
    return steps


def _is_stale(request: HttpRequest, action: Action) -> bool:
    """Whether the page was made before somebody else's change; then the steps that it offered are not those of now."""
    version = request.POST.get("version", "")
    return version.isdecimal() and int(version) != action.version


def _moved(request: HttpRequest, action: Action) -> HttpResponse:
    said = _("%(code)s is now “%(status)s”.") % {"code": action.code, "status": status_name(action.status)}
    asks_effect = action.status == Status.DONE and doing_of(request.user, action).states_effect
    if wants_json(request):
        url = effect_url(action) if asks_effect else ""
        return JsonResponse({"said": said, "status": action.status, "version": action.version, "effect": url})
    if asks_effect:
        messages.success(request, f"{said} {_('Now say whether it worked.')}")
        return redirect(effect_url(action))
    messages.success(request, said)
    return redirect(_back(request, action))


def _refused(request: HttpRequest, action: Action, form: MoveForm) -> HttpResponse:
    if wants_json(request):
        said = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"said": said, "status": action.status, "version": action.version}, status=WRONG)
    return page_of(request, action, form=form, status=WRONG)


def _clash(request: HttpRequest, stored: Action) -> HttpResponse:
    """Who moved it where and when; what was typed stays, and can be done on top of what stands now."""
    said = clash_words(stored, last_move_of(stored), stored.updated_at)
    if wants_json(request):
        return JsonResponse({"said": said, "status": stored.status, "version": stored.version}, status=CLASH)
    wanted = request.POST.get("status", "")
    steps = steps_of(stored, doing_of(request.user, stored))
    typed = {name: request.POST.get(name, "") for name in ("status", "reason", "on")}
    context = {
        "action": stored,
        "crumbs": crumbs_of(stored, _("Changed meanwhile")),
        "head": PageHead(
            _("Somebody was quicker"), over=f"{stored.code} {stored.title}", lead=_("Nothing you typed is lost.")
        ),
        "said": said,
        "wanted": step_name(stored.status, wanted) if wanted in Status.values else "",
        "reached": wanted == stored.status,
        "form": move_form(stored, steps, typed) if steps else None,
        "next": request.POST.get("next", ""),
        "back_url": _back(request, stored),
    }
    return render(request, "improvements/action_clash.html", context, status=CLASH)


def _back(request: HttpRequest, action: Action) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("improvements:action-detail", args=[action.pk])
