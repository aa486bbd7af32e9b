"""Review with the rubric, yearly confirmation, the archive."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.goodpractices import permissions
from qms.goodpractices.components.desk import crumbs, review_table
from qms.goodpractices.components.reviewing import reviewing_page
from qms.goodpractices.forms.moderating import ArchiveForm, ReviewForm
from qms.goodpractices.models import PracticePage, Review
from qms.goodpractices.queries.lists import to_review as waiting_for
from qms.goodpractices.queries.reviewing import review_view
from qms.goodpractices.services import keeping, moderating
from qms.lifecycle import Refused
from qms.ui.components import Empty, Link, PageHead, Pagination
from qms.ui.words import sentence

WRONG = 422
ROWS_ON_A_PAGE = 25


@login_required
@require_safe
def to_review(request: HttpRequest) -> HttpResponse:
    """The practices that wait for this person's review."""
    if not permissions.may_review_any(request.user):
        raise PermissionDenied
    page = Paginator(waiting_for(signed_in(request)), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "head": PageHead(
            _("Practices to review"),
            lead=_("Read each with five questions in mind, then publish it or return it with remarks."),
        ),
        "table": review_table(page.object_list) if page.paginator.count else None,
        "pagination": Pagination(page, request.GET),
        "empty": Empty(
            _("Nothing waits for your review"),
            _("When an office of yours hands in a practice, you get a letter and it stands here."),
        ),
    }
    return render(request, "goodpractices/to_review.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The practice, the five questions, and the decision."""
    practices = PracticePage.objects.select_related("office__region", "locale", "owner")
    practice: PracticePage = get_permitted(practices, pk, request.user, permissions.may_review)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = form.cleaned_data["outcome"]
        try:
            moderating.review_practice(
                practice,
                outcome=outcome,
                marks=form.marks,
                comment=form.cleaned_data["comment"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            published = outcome == Review.Outcome.PUBLISHED
            said = _("The practice is published.") if published else _("The practice is with the office again.")
            messages.success(request, said)
            return redirect("goodpractices:to-review")
    wrong = form.is_bound and bool(form.errors)
    context = reviewing_page(review_view(practice), form, wrong=wrong)
    return render(request, "goodpractices/review.html", context, status=WRONG if wrong else 200)


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the practice is still true."""
    practices = PracticePage.objects.select_related("office")
    practice: PracticePage = get_permitted(practices, pk, request.user, permissions.may_confirm)
    try:
        keeping.confirm_practice(practice, by=signed_in(request), on=timezone.localdate())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("Confirmed. We shall ask again in a year."))
    return _to_mine(request, practice)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the practice out of the library with a reason, or bring it back."""
    practices = PracticePage.objects.select_related("office")
    practice: PracticePage = get_permitted(practices, pk, request.user, permissions.may_archive_or_restore)
    archived = practice.archived_at is not None
    form = None if archived else ArchiveForm(request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            if form is None:
                keeping.restore_practice(practice, by=signed_in(request), on=timezone.localdate())
            else:
                reason = form.cleaned_data["reason"]
                keeping.archive_practice(practice, reason=reason, by=signed_in(request), at=timezone.now())
        except Refused as refusal:
            messages.error(request, sentence(refusal))
        else:
            said = _("The practice is in the library again.") if archived else _("The practice is in the archive.")
            messages.success(request, said)
        return _to_mine(request, practice)
    title = _("Bring the practice back into the library") if archived else _("Put the practice into the archive")
    context = {
        "head": PageHead(
            title,
            over=practice.title,
            lead=_("It stands in the list and in searches again, confirmed as of today.")
            if archived
            else _("It leaves the list and searches; its page stays for those who come by a link."),
        ),
        "crumbs": crumbs(Link(practice.title, practice.get_url(request) or ""), Link(title, "")),
        "form": form,
        "button": _("Bring it back") if archived else _("Put it into the archive"),
        "back": practice.get_url(request) or reverse("portal:tasks"),
    }
    wrong = form is not None and form.is_bound
    return render(request, "goodpractices/archive.html", context, status=WRONG if wrong else 200)


def _to_mine(request: HttpRequest, practice: PracticePage) -> HttpResponse:
    if permissions.may_write(request.user, practice.office):
        return redirect(reverse("goodpractices:mine") + f"?office={practice.office_id}#practice-{practice.pk}")
    return redirect(practice.get_url(request) or "/")
