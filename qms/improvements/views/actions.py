"""The page of one action, and the files of its log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qms.core.permissions import get_permitted
from qms.core.uploads import content_type_of, promised_kind
from qms.improvements import permissions
from qms.improvements.components.actions import (
    Doing,
    chain_of,
    crumbs_of,
    head_of,
    log_of,
    said_of,
    sources_of,
    steps_of,
    todo_of,
)
from qms.improvements.components.effects import effect_panel
from qms.improvements.forms.progress import MoveForm
from qms.improvements.models import Action, LogAttachment, Plan
from qms.improvements.queries.actions import ActionView, action_view, with_plan
from qms.improvements.queries.adoptions import source_of
from qms.offices import permissions as offices
from qms.ui.components import Button, ErrorSummary, Facts, Link, Note, PageHead

Status = Action.Status
WRONG, CLASH = 422, 409


@login_required
@require_safe
def action_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One action: where it comes from, how far it is, what came of it."""
    return page_of(request, get_permitted(with_plan(), pk, request.user, may_read))


@login_required
@require_safe
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """A file of the log, always as a download, never run by the browser."""
    seen = Action.objects.visible_to(request.user).values("pk")
    files = LogAttachment.objects.select_related("entry__action__plan__office").filter(entry__action__in=seen)
    row = get_object_or_404(files, pk=pk)
    if not permissions.may_open_attachment(request.user, row):
        raise PermissionDenied
    try:
        content = row.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    kind = promised_kind(row.file_name)
    content_type = content_type_of(kind) if kind else "application/octet-stream"
    response = FileResponse(content, as_attachment=True, filename=row.file_name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def may_read(user: Any, action: Action) -> bool:
    """Whether the person may open the plan in which the action stands."""
    return permissions.may_read_plan(user, action.plan)


def doing_of(user: Any, action: Action) -> Doing:
    """What this person may do with the action now."""
    works = permissions.may_report_progress(user, action)
    return Doing(
        moves=works,
        approves=permissions.may_approve_action(user, action),
        changes=permissions.may_change_action(user, action),
        keeps_tasks=permissions.may_keep_tasks(user, action),
        ticks=works,
        tells=permissions.may_tell(user, action),
        states_effect=permissions.may_state_effect(user, action),
        opens_files=offices.works_in(user, action.plan.office),
    )


def page_of(
    request: HttpRequest, action: Action, *, form: MoveForm | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """The page; with the form of the next step as it was typed when something in it is still wrong."""
    view = action_view(action, on=timezone.localdate())
    doing = doing_of(request.user, view.action)
    steps = steps_of(view.action, doing)
    context = {
        "action": view.action,
        "view": view,
        "doing": doing,
        "crumbs": crumbs_of(view.action),
        "head": head_of(view, doing),
        "notes": tuple(_notes(view)),
        "chain": chain_of(view),
        "sources": sources_of(view, links=doing.opens_files),
        "todo": todo_of(view, ticks=doing.ticks),
        "log": log_of(view, opens_files=doing.opens_files),
        "reports": doing.moves and view.action.status != Status.PROPOSED,
        "said": said_of(view.communications, changes=doing.tells),
        "effect": effect_panel(view.action, may_state=doing.states_effect),
        "is_over": view.action.status in (Status.DONE, Status.STOPPED),
        "facts": Facts((*_taken_from(request, view.action), *_facts(view))),
        "errors": ErrorSummary(form) if form is not None else "",
        "next": request.POST.get("next", ""),
        "move": form or (move_form(view.action, steps) if steps else None),
        **more,
    }
    return render(request, "improvements/action_detail.html", context, status=status)


def move_form(action: Action, steps: tuple[tuple[str, str], ...], typed: Mapping[str, str] | None = None) -> MoveForm:
    """The form of the next step, made from the action as it stands; with what was typed on an older page."""
    return MoveForm(steps=steps, initial={**(typed or {}), "version": action.version}, auto_id="move-%s")


def _notes(view: ActionView) -> list[Note]:
    action = view.action
    notes = []
    if action.owner_id is None and action.left_by is not None and action.is_open:
        said = _("%(person)s has left the office. The quality lead gives the action to somebody else.")
        notes.append(Note(said % {"person": action.left_by.name}, _("Nobody owns this action"), "warn"))
    if action.status in (Status.STOPPED, Status.POSTPONED) and action.status_reason:
        title = _("Why it was stopped") if action.status == Status.STOPPED else _("Why it is postponed")
        notes.append(Note(action.status_reason, title))
    if action.status == Status.PROPOSED and action.plan.stage in (Plan.Stage.APPROVED, Plan.Stage.UNDER_WAY):
        notes.append(Note(_("It was added after the plan's approval and waits for the director.")))
    return notes


def _taken_from(request: HttpRequest, action: Action) -> list[tuple[str, object]]:
    """The practice of another office that the action takes over."""
    practice = source_of(action)
    if practice is None:
        return []
    return [(_("Taken over from"), Link(practice.title, practice.get_url(request) or ""))]


def _facts(view: ActionView) -> list[tuple[str, object]]:
    action = view.action
    facts: list[tuple[str, object]] = [
        (_("Kind"), action.get_kind_display()),
        (_("For whom"), action.get_client_display()),
    ]
    if action.unit:
        facts.append((_("Unit"), action.unit))
    if view.helpers:
        facts.append((_("Helpers"), ", ".join(person.name for person in view.helpers)))
    return [*facts, *((_("Subcriterion"), f"{node.identifier} {node.title}".strip()) for node in view.nodes)]


def effect_url(action: Action) -> str:
    """Where the effect of the action is stated."""
    return reverse("improvements:effect", args=[action.pk])


def form_page(
    request: HttpRequest,
    action: Action,
    form: Any,
    head: PageHead,
    button: str,
    *,
    status: int | None = None,
    **more: Any,
) -> HttpResponse:
    """A page of its own for one form about the action."""
    back = reverse("improvements:action-detail", args=[action.pk])
    context = {
        "action": action,
        "form": form,
        "head": head,
        "button": Button(button),
        "back_url": back,
        "crumbs": crumbs_of(action, head.title),
        **more,
    }
    wrong = request.method == "POST"
    return render(request, "improvements/action_form.html", context, status=status or (WRONG if wrong else 200))


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, which takes sentences rather than a page."""
    return request.headers.get("Accept", "") == "application/json"
