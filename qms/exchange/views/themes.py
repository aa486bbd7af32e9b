"""Themes of an edition and their seminars."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.exchange import permissions
from qms.exchange.components.editions import crumbs_to
from qms.exchange.forms.editions import ThemeForm
from qms.exchange.forms.seminars import SeminarForms
from qms.exchange.models import Edition, Seminar, Theme
from qms.exchange.services import seminars, themes
from qms.lifecycle import Refused
from qms.ui.components import ErrorSummary, FormFields, PageHead
from qms.ui.words import sentence

WRONG = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def theme_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A theme of the edition: subcriteria, or a title of its own and chosen practices."""
    edition = get_permitted(Edition.objects.select_related("framework"), pk, request.user, permissions.may_run)
    form = ThemeForm(request.POST or None, edition=edition)
    if request.method == "POST" and form.is_valid():
        try:
            themes.add_theme(edition, draft=form.draft, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The theme is added. Its page comes with the next build."))
            return redirect("exchange:edition", pk=pk)
    context = {
        "form": form,
        "crumbs": crumbs_to(edition, _("Add a theme")),
        "head": PageHead(
            _("Add a theme"),
            over=edition.title,
            lead=_("Its page shows what strong offices did, distributions of scores, practices, visits and questions."),
        ),
        "button": _("Add the theme"),
        "back": reverse("exchange:edition", args=[pk]),
    }
    return render(request, "exchange/edition_form.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def theme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a theme, or go on to delete it."""
    theme = _theme(request, pk)
    form = ThemeForm(request.POST or None, edition=theme.edition, theme=theme)
    if request.method == "POST" and form.is_valid():
        try:
            themes.change_theme(theme, draft=form.draft, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Saved. The page changes with the next build."))
            return redirect("exchange:edition", pk=theme.edition_id)
    context = {
        "form": form,
        "crumbs": crumbs_to(theme.edition, theme.title),
        "head": PageHead(theme.title, over=_("Theme")),
        "button": _("Save"),
        "back": reverse("exchange:edition", args=[theme.edition_id]),
        "delete": reverse("exchange:theme-delete", args=[pk]),
        "delete_label": _("Delete this theme"),
        "delete_text": _("Its pages leave the site and its seminars are deleted. This cannot be undone."),
    }
    return render(request, "exchange/edition_form.html", context, status=_status(form))


@login_required
@require_POST
def theme_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a theme with its pages and seminars."""
    theme = _theme(request, pk)
    try:
        themes.delete_theme(theme, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("exchange:theme-edit", pk=pk)
    messages.success(request, _("The theme is deleted."))
    return redirect("exchange:edition", pk=theme.edition_id)


@login_required
@require_POST
def theme_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    theme = _theme(request, pk)
    try:
        themes.move_theme(theme, up=request.POST.get("to") == "up", by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    return redirect(reverse("exchange:edition", args=[theme.edition_id]) + f"#theme-{pk}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def seminar_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A seminar of the theme with who presents there."""
    theme = _theme(request, pk)
    forms = SeminarForms(request.POST if request.method == "POST" else None)
    if request.method == "POST" and forms.is_valid():
        try:
            seminars.add_seminar(theme, draft=forms.draft, by=signed_in(request))
        except Refused as refusal:
            forms.plain.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The seminar is added."))
            return redirect("exchange:edition", pk=theme.edition_id)
    head = PageHead(_("Add a seminar"), over=theme.title)
    return _seminar_page(request, forms, theme, head, {})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def seminar_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a seminar, or delete it."""
    seminar = _seminar(request, pk)
    forms = SeminarForms(request.POST if request.method == "POST" else None, seminar=seminar)
    if request.method == "POST" and forms.is_valid():
        try:
            seminars.change_seminar(seminar, draft=forms.draft, by=signed_in(request))
        except Refused as refusal:
            forms.plain.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The seminar was saved."))
            return redirect("exchange:edition", pk=seminar.theme.edition_id)
    deleting = {
        "delete": reverse("exchange:seminar-delete", args=[pk]),
        "delete_label": _("Delete this seminar"),
        "delete_text": _("It leaves the page of the theme. This cannot be undone."),
    }
    return _seminar_page(request, forms, seminar.theme, PageHead(seminar.title, over=_("Seminar")), deleting)


@login_required
@require_POST
def seminar_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a seminar off."""
    seminar = _seminar(request, pk)
    try:
        seminars.delete_seminar(seminar, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The seminar is deleted."))
    return redirect("exchange:edition", pk=seminar.theme.edition_id)


def _theme(request: HttpRequest, pk: int) -> Theme:
    rows = Theme.objects.select_related("edition__framework")
    return get_permitted(rows, pk, request.user, lambda user, theme: permissions.may_run(user, theme.edition))


def _seminar(request: HttpRequest, pk: int) -> Seminar:
    rows = Seminar.objects.select_related("theme__edition__framework")
    return get_permitted(rows, pk, request.user, lambda user, one: permissions.may_run(user, one.theme.edition))


def _seminar_page(
    request: HttpRequest, forms: SeminarForms, theme: Theme, head: PageHead, more: dict[str, Any]
) -> HttpResponse:
    wrong = forms.is_wrong
    context = {
        "crumbs": crumbs_to(theme.edition, theme.title, head.title),
        "head": head,
        "errors": ErrorSummary(forms.plain, (forms.rows,)) if wrong else None,
        "plain": FormFields(forms.plain),
        "management": forms.rows.management_form,
        "lines": [FormFields(form) for form in forms.rows.forms],
        "back": reverse("exchange:edition", args=[theme.edition_id]),
        **more,
    }
    return render(request, "exchange/seminar_form.html", context, status=WRONG if wrong else 200)


def _status(form: ThemeForm) -> int:
    return WRONG if form.is_bound and form.errors else 200
