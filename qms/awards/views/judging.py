"""How a category is judged, and its prizes: read by everybody with a role, written by who runs the award."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts.permissions import signed_in
from qms.awards import permissions
from qms.awards.components import judging as shown
from qms.awards.forms.judging import JudgingForm, PrizeForm
from qms.awards.models import Category, Prize, Round
from qms.awards.models.round import in_order
from qms.awards.services import judging as services
from qms.core.permissions import get_permitted
from qms.lifecycle import Refused
from qms.ui.components import Empty, PageHead
from qms.ui.words import sentence

WRONG = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def judging(request: HttpRequest, pk: int) -> HttpResponse:
    """The rules of the jury and the prizes; their form as long as the round is in preparation."""
    category = get_permitted(_categories(), pk, request.user, permissions.takes_part)
    runs = permissions.may_run(request.user, category.round)
    if request.method == "POST" and not runs:
        raise PermissionDenied
    form = JudgingForm(request.POST or None, category=category, judging=getattr(category, "judging", None))
    if request.method == "POST" and form.is_valid():
        try:
            services.set_judging(category, draft=form.draft, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("How applications are judged was saved."))
            return redirect("awards:judging", pk=pk)
    builds = runs and category.round.state == Round.State.DRAFT
    prizes = list(in_order(category.prizes.all()))
    context = {
        "crumbs": shown.crumbs_to(category),
        "head": shown.head_of(category),
        "note": shown.fixed_note(category, runs=runs),
        "form": form if builds or form.is_bound else None,
        "judging": shown.text_of(category, prizes, level=2),
        "prizes": shown.prize_items(prizes, builds=builds),
        "add": reverse("awards:prize-add", args=[pk]),
        "back": reverse("awards:round", args=[category.round_id]),
        "empty": Empty(_("Not said yet"), _("The organiser says it before the round is announced.")),
    }
    return render(request, "awards/judging.html", context, status=WRONG if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def prize_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A prize after those that the category has."""
    category = get_permitted(_categories(), pk, request.user, _runs)
    form = PrizeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_prize(category, draft=form.draft, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The prize is added."))
            return _back(category)
    return _page(request, form, category, PageHead(_("Add a prize"), over=category.title), _("Add the prize"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def prize_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a prize, or delete it."""
    prize = _prize(request, pk)
    form = PrizeForm(request.POST or None, prize=prize)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_prize(prize, draft=form.draft, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The prize was saved."))
            return _back(prize.category)
    deleting = {
        "delete": reverse("awards:prize-delete", args=[pk]),
        "delete_label": _("Delete this prize"),
        "delete_text": _("It leaves the category. This cannot be undone."),
    }
    return _page(request, form, prize.category, PageHead(prize.title, over=_("Prize")), _("Save"), deleting)


@login_required
@require_POST
def prize_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a prize off its category."""
    prize = _prize(request, pk)
    try:
        services.delete_prize(prize, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The prize is deleted."))
    return _back(prize.category)


@login_required
@require_POST
def prize_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    prize = _prize(request, pk)
    try:
        services.move_prize(prize, up=request.POST.get("to") == "up", by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    return _back(prize.category)


def _categories() -> Any:
    return Category.objects.select_related("round__programme", "framework", "judging")


def _runs(user: Any, category: Category) -> bool:
    return permissions.may_run(user, category.round)


def _prize(request: HttpRequest, pk: int) -> Prize:
    seen = Category.objects.visible_to(signed_in(request)).values("pk")
    rows = Prize.objects.select_related("category__round__programme", "category__framework")
    runs = lambda user, prize: permissions.may_run(user, prize.category.round)  # noqa: E731  read once
    return get_permitted(rows.filter(category__in=seen), pk, request.user, runs)


def _back(category: Category) -> HttpResponse:
    return redirect(reverse("awards:judging", args=[category.pk]) + "#prizes")


def _page(
    request: HttpRequest,
    form: PrizeForm,
    category: Category,
    head: PageHead,
    button: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "crumbs": shown.crumbs_to(category, head.title),
        "head": head,
        "note": shown.fixed_note(category, runs=True),
        "button": button,
        "back": reverse("awards:judging", args=[category.pk]),
        **(more or {}),
    }
    wrong = form.is_bound and form.errors
    return render(request, "awards/form_part.html", context, status=WRONG if wrong else 200)
