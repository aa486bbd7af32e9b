"""Beginning with an award that ships as an example."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qms.accounts.permissions import signed_in
from qms.awards import permissions
from qms.awards.services import examples
from qms.lifecycle import Refused
from qms.ui.words import sentence


@login_required
@require_POST
def programme_example(request: HttpRequest) -> HttpResponse:
    """A round of next year in preparation, with its whole form, as the chosen example has it."""
    if not permissions.may_found_example(request.user):
        raise PermissionDenied
    code = request.POST.get("example", "")
    if code not in examples.SHIPPED:
        messages.error(request, _("Choose one of the examples."))
        return redirect("awards:round-list")
    try:
        made = examples.found_programme(
            examples.shipped(code), year=timezone.localdate().year + 1, by=signed_in(request)
        )
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("awards:round-list")
    messages.success(request, _("The example is in preparation. Check its texts and dates before you announce it."))
    return redirect("awards:round", pk=made.pk)
