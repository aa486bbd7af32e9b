"""What becomes public of a result: the page of laureates, and the practice that comes of an application."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qms.accounts.permissions import signed_in
from qms.awards.models import Round
from qms.core.permissions import get_permitted
from qms.goodpractices.permissions import may_edit
from qms.jury.models import Decision
from qms.laureates import permissions
from qms.laureates.queries.results import told_to
from qms.laureates.services.founding import show_laureates
from qms.laureates.services.practices import practice_from_laurel
from qms.lifecycle import Refused
from qms.ui.words import sentence


@login_required
@require_POST
def page_show(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the round's laureates, in each language of the site."""
    found = get_permitted(Round.objects.select_related("programme"), pk, request.user, permissions.may_run)
    try:
        show_laureates(found, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The page of laureates stands on the site."))
    return redirect(reverse("laureates:press-list", args=[pk]) + "#page")


@login_required
@require_POST
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    """A good practice drafted from a laureate's application, once the embargo has ended; read where others write."""
    user, at = signed_in(request), timezone.now()
    application = get_object_or_404(told_to(user, at), pk=pk)
    laurels = Decision.objects.laurels().select_related("prize", "application__office")
    decision = get_object_or_404(laurels, application=application)
    try:
        made = practice_from_laurel(decision, language=get_language() or "pl", by=user, at=at)
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("laureates:result", pk=pk)
    return redirect("goodpractices:edit" if may_edit(user, made) else "goodpractices:preview", pk=made.pk)
