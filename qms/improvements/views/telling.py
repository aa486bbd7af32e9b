"""What an action leaves behind: what people were told, and lessons for other offices."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.improvements import services
from qms.improvements.forms.progress import CommunicationForm, LessonsForm
from qms.improvements.models import Action, Communication
from qms.improvements.permissions import may_tell
from qms.improvements.queries.actions import with_plan
from qms.improvements.services.locking import Conflict
from qms.lifecycle import Refused
from qms.ui.components import Conflict as Clash
from qms.ui.components import PageHead
from qms.ui.words import sentence

from .actions import CLASH, form_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def communication_save(request: HttpRequest, pk: int) -> HttpResponse:
    """What people said and what was done: a new line, or the one that the address names."""
    action = get_permitted(with_plan(), pk, request.user, may_tell)
    asked = request.GET.get("line", "")
    line = get_object_or_404(action.communications, pk=int(asked) if asked.isdecimal() else 0) if asked else None
    names = ("said", "outcome", "done", "audience", "channel", "told_on")
    stored = {name: getattr(line, name) for name in names} if line else {"outcome": Communication.Outcome.DONE}
    form = CommunicationForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_communication(action, communication=line, by=signed_in(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("It stands on the action's page."))
            return redirect(reverse("improvements:action-detail", args=[pk]) + "#said")
    head = PageHead(
        _("You said, we did"),
        over=f"{action.code} {action.title}",
        lead=_("People speak up again when they see what became of their words, also when the answer was no."),
    )
    delete = reverse("improvements:communication-delete", args=[line.pk]) if line else ""
    return form_page(request, action, form, head, _("Save"), delete_url=delete)


@login_required
@require_POST
def communication_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take off one line of what was said and done."""
    seen = Action.objects.visible_to(request.user).values("pk")
    lines = Communication.objects.select_related("action__plan__office").filter(action__in=seen)
    line = get_object_or_404(lines, pk=pk)
    if not may_tell(request.user, line.action):
        raise PermissionDenied
    services.delete_communication(line, by=signed_in(request))
    messages.success(request, _("The line was taken off."))
    return redirect(reverse("improvements:action-detail", args=[line.action_id]) + "#said")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lessons(request: HttpRequest, pk: int) -> HttpResponse:
    """What another office should know before it does the same."""
    action = get_permitted(with_plan(), pk, request.user, may_tell)
    form = LessonsForm(request.POST or None, initial={"text": action.lessons, "before": action.lessons})
    clash, status = None, None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            services.save_lessons(action, text=typed["text"], before=typed["before"], by=signed_in(request))
        except Conflict as conflict:
            clash, status = Clash(typed["text"], conflict.stored.lessons, at=conflict.stored.updated_at), CLASH
            form = LessonsForm({"text": typed["text"], "before": conflict.stored.lessons})
        else:
            messages.success(request, _("The lessons were saved."))
            return redirect(reverse("improvements:action-detail", args=[pk]) + "#lessons")
    head = PageHead(_("Lessons for other offices"), over=f"{action.code} {action.title}")
    return form_page(request, action, form, head, _("Save"), clash=clash, status=status)
