"""What a coordinator orders: open, build, close an edition, build a part again, publish what waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from qms.accounts.permissions import signed_in
from qms.core.models import Job
from qms.core.permissions import get_permitted
from qms.core.rows import row_number
from qms.core.tasks import run_job
from qms.exchange import permissions
from qms.exchange.models import Edition, OfficePage, Part, ThemePage
from qms.exchange.services import approving, editions, queueing
from qms.lifecycle import Refused
from qms.ui.words import sentence


@login_required
@require_POST
def edition_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the edition and have its pages built."""
    edition = get_permitted(Edition, pk, request.user, permissions.may_run)
    said = _("The edition is open. Its pages are being built.")
    return _ordered(request, edition, said, lambda: editions.open_edition(edition, **_by(request)))


@login_required
@require_POST
def edition_build(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan the edition anew now and build what changed."""
    edition = get_permitted(Edition, pk, request.user, permissions.may_run)
    said = _("The build is ordered. Only pages on which something changed are written.")
    return _ordered(request, edition, said, lambda: editions.order_build(edition, **_by(request)))


@login_required
@require_POST
def edition_close(request: HttpRequest, pk: int) -> HttpResponse:
    """End the edition; its pages stay."""
    edition = get_permitted(Edition, pk, request.user, permissions.may_run)
    try:
        editions.close_edition(edition, **_by(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The edition is closed. Its pages stay to be read."))
    return redirect("exchange:edition", pk=pk)


@login_required
@require_POST
def part_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Build one theme or one office once more."""
    parts = Part.objects.select_related("edition")
    part = get_permitted(parts, pk, request.user, lambda user, part: permissions.may_run(user, part.edition))
    said = _("It is being built again.")
    return _ordered(request, part.edition, said, lambda: queueing.try_part_again(part, **_by(request)))


@login_required
@require_POST
def page_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the page that was looked at, or all on which nobody's draft waits."""
    edition = get_permitted(Edition, pk, request.user, permissions.may_run)
    page = request.POST.get("page", "")
    if not page:
        said = _("The pages are being published.")
        return _ordered(request, edition, said, lambda: approving.order_approval(edition, **_by(request)))
    try:
        approving.approve_page(edition, page=row_number(page), **_by(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The page is published."))
    return redirect("exchange:edition", pk=pk)


@login_required
@require_safe
def page_look(request: HttpRequest, pk: int) -> HttpResponse:
    """The latest version of a page of an edition, as readers will see it."""
    page: Any = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, ThemePage | OfficePage):
        raise Http404
    edition = page.theme.edition if isinstance(page, ThemePage) else page.edition
    get_permitted(Edition, edition.pk, request.user, permissions.may_run)
    latest = page.get_latest_revision_as_object()
    return latest.serve(request)  # type: ignore[no-any-return]


def _ordered(request: HttpRequest, edition: Edition, said: str, order: Callable[[], Job]) -> HttpResponse:
    try:
        job = order()
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        run_job.delay_on_commit(job_id=job.pk)
        messages.success(request, said)
    return redirect("exchange:edition", pk=edition.pk)


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": signed_in(request), "at": timezone.now()}
