"""The door: one click signs in as a role of the demonstration, and nowhere else."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qms.demo import queries
from qms.demo.domain import material
from qms.ui.components import PageHead

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    _require_demonstration()
    head = PageHead(
        _("Choose a role"),
        over=_("Demonstration, example data"),
        lead=_("One click signs you in as this role and opens its next task. Come back here to change roles."),
    )
    context = {"head": head, "house": queries.house(), "password": material.password()}
    return render(request, "demo/door.html", context)


@never_cache
@require_POST
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    _require_demonstration()
    user = get_object_or_404(queries.role_accounts(), pk=pk)
    login(request, user, backend=BACKEND)
    request.session["demo_door"] = True
    messages.info(request, _("You are signed in as %(name)s.") % {"name": user.name})
    return redirect(queries.destination_of(user))


def _require_demonstration() -> None:
    if not settings.QMS_DEMO:
        raise Http404
