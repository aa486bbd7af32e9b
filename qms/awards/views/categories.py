"""Categories of a round and their conditions, on their forms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts.permissions import signed_in
from qms.awards import permissions
from qms.awards.components import categories as shown
from qms.awards.components.rounds import crumbs_to
from qms.awards.forms.categories import FORMS, CategoryForm, RuleForm
from qms.awards.models import Category, Round, Rule
from qms.awards.services import categories as services
from qms.core.permissions import get_permitted
from qms.lifecycle import Refused
from qms.ui.components import PageHead
from qms.ui.words import sentence

WRONG = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def category_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A category of a round in preparation."""
    found = get_permitted(Round.objects.select_related("programme"), pk, request.user, permissions.may_run)
    form = CategoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            category = services.add_category(found, draft=form.draft, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The category is added. Add its conditions and build its form."))
            return _back(category)
    head = PageHead(_("Add a category"), over=found.title)
    return _page(request, form, found, head, _("Add the category"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def category_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a category, or delete it."""
    category = _category(request, pk)
    form = CategoryForm(request.POST or None, category=category)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_category(category, draft=form.draft, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The category was saved."))
            return _back(category)
    deleting = {
        "delete": reverse("awards:category-delete", args=[pk]),
        "delete_label": _("Delete this category"),
        "delete_text": _("Its form and its conditions are deleted with it. This cannot be undone."),
    }
    return _page(request, form, category.round, PageHead(category.title, over=_("Category")), _("Save"), deleting)


@login_required
@require_POST
def category_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a category out of a round in preparation."""
    category = _category(request, pk)
    try:
        services.delete_category(category, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The category is deleted."))
    return redirect("awards:round", pk=category.round_id)


@login_required
@require_POST
def category_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down among the categories of a round in preparation."""
    category = _category(request, pk)
    try:
        services.move_category(category, up=request.POST.get("to") == "up", by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    return _back(category)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A condition of the kind that stands in the address."""
    category = _category(request, pk)
    asked = request.GET.get("kind", "")
    kind = asked if asked in FORMS else Rule.Kind.ANSWER.value
    form = FORMS[kind](request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_rule(category, draft=form.draft, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The condition is added."))
            return _back(category)
    head = PageHead(
        _("Add a condition"), over=category.title, lead=_("An office may begin when it meets every condition.")
    )
    tabs = {"tabs": shown.kind_tabs(kind)}
    return _page(request, form, category.round, head, _("Add the condition"), tabs)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a condition, or delete it; it keeps its kind."""
    rule = _rule(request, pk)
    form = FORMS[rule.kind](request.POST or None, rule=rule)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_rule(rule, draft=form.draft, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The condition was saved."))
            return _back(rule.category)
    deleting = {
        "delete": reverse("awards:rule-delete", args=[pk]),
        "delete_label": _("Delete this condition"),
        "delete_text": _("Offices need not meet it any more."),
    }
    head = PageHead(str(rule.get_kind_display()), over=rule.category.title)
    return _page(request, form, rule.category.round, head, _("Save"), deleting)


@login_required
@require_POST
def rule_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a condition off its category."""
    rule = _rule(request, pk)
    try:
        services.delete_rule(rule, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The condition is deleted."))
    return _back(rule.category)


def _runs(user: Any, category: Category) -> bool:
    return permissions.may_run(user, category.round)


def _category(request: HttpRequest, pk: int) -> Category:
    return get_permitted(Category.objects.select_related("round__programme"), pk, request.user, _runs)


def _rule(request: HttpRequest, pk: int) -> Rule:
    rule = get_object_or_404(Rule, pk=pk)
    rule.category = _category(request, rule.category_id)
    return rule


def _back(category: Category) -> HttpResponse:
    return redirect(reverse("awards:round", args=[category.round_id]) + f"#category-{category.pk}")


def _page(
    request: HttpRequest,
    form: CategoryForm | RuleForm,
    found: Round,
    head: PageHead,
    button: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "crumbs": crumbs_to(found, head.title),
        "head": head,
        "button": button,
        "back": reverse("awards:round", args=[found.pk]),
        **(more or {}),
    }
    wrong = form.is_bound and form.errors
    return render(request, "awards/round_form.html", context, status=WRONG if wrong else 200)
