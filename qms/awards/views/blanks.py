"""The empty form of a category on paper."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.awards.models import Category
from qms.awards.permissions import takes_part
from qms.awards.services.blanks import blank_name, blank_that_stands, order_blank
from qms.core.permissions import get_permitted
from qms.core.tasks import run_job
from qms.pdf.views import answer
from qms.ui.components import Crumbs, Link, PageHead


@never_cache
@login_required
@require_safe
def blank_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The form as a PDF; where it was not set yet in this language, a page that offers to do so."""
    category, language = _category(request, pk), get_language() or "pl"
    if rendering := blank_that_stands(category, language):
        return answer(rendering)
    title = _("Form on paper")
    context = {
        "head": PageHead(
            title,
            over=blank_name(category, language),
            lead=_("All questions with their limits, and room to write. It helps to prepare the application."),
        ),
        "crumbs": Crumbs(
            (Link(category.round.title, reverse("awards:round", args=[category.round_id])), Link(title, ""))
        ),
        "category": category,
    }
    return render(request, "awards/blank.html", context)


@login_required
@require_POST
def blank_order(request: HttpRequest, pk: int) -> HttpResponse:
    """A job that sets the form in the reader's language; its page tells how far it is."""
    category = _category(request, pk)
    job = order_blank(category, language=get_language() or "pl", by=signed_in(request))
    run_job.delay_on_commit(job_id=job.pk)
    return redirect(job)


def _category(request: HttpRequest, pk: int) -> Category:
    return get_permitted(Category.objects.select_related("round__programme", "framework"), pk, request.user, takes_part)
