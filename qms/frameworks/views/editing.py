"""Changing a draft: its own texts, one node after another, and the weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qms.core.permissions import get_permitted
from qms.frameworks import services
from qms.frameworks.domain.document import DocumentRefused
from qms.frameworks.domain.framework import Framework, Node, text
from qms.frameworks.forms import HeadForm, NodeForm, RenewForm, WeightsForm
from qms.frameworks.models import Edition
from qms.frameworks.permissions import may_edit_edition, may_edit_frameworks
from qms.frameworks.views.pages import language_name
from qms.lifecycle import Refused
from qms.ui.components import Crumbs, Link, PageHead
from qms.ui.words import sentence

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
@login_required
def edition_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft's title and what else it says of itself."""
    edition = get_permitted(Edition, pk, request.user, may_edit_edition)
    framework = edition.tree()
    form = HeadForm(request.POST or None, framework=framework, names=_names(framework), initial=_seen(edition))
    if _is_done(
        request,
        form,
        lambda: services.edit_head(edition, form.head(), seen=form.cleaned_data["seen"], by=_person(request)),
    ):
        return redirect("frameworks:edition-detail", pk=pk)
    return _page(request, edition, form, title=_("Titles and texts of the edition"))


@require_http_methods(FORM_METHODS)
@login_required
def node_edit(request: HttpRequest, pk: int, node: str) -> HttpResponse:
    """The texts of one node of a draft; "and on" leads to the next one."""
    edition = get_permitted(Edition, pk, request.user, may_edit_edition)
    framework, language = edition.tree(), get_language() or "en"
    if not framework.has_node(node):
        raise Http404
    here = framework.node(node)
    names = _names(framework)
    form = NodeForm(request.POST or None, framework=framework, node=here, names=names, initial=_seen(edition))
    after = _after(framework, node)
    if _is_done(
        request,
        form,
        lambda: services.edit_node(edition, node, form.node(), seen=form.cleaned_data["seen"], by=_person(request)),
    ):
        if "next" in request.POST and after:
            return redirect("frameworks:node-edit", pk=pk, node=after.identifier)
        return redirect(f"{reverse('frameworks:edition-detail', args=[pk])}#node-{node.replace('.', '-')}")
    return _page(request, edition, form, title=f"{node} {text(here.titles, language)}", after=after)


@require_http_methods(FORM_METHODS)
@login_required
def edition_weights(request: HttpRequest, pk: int) -> HttpResponse:
    """The weights of a draft, all on one page."""
    edition = get_permitted(Edition, pk, request.user, may_edit_edition)
    language = get_language() or "en"
    nodes = [(node, text(node.titles, language)) for root in edition.tree().criteria for node in root.walk()]
    form = WeightsForm(request.POST or None, nodes=nodes, initial=_seen(edition))
    if _is_done(
        request,
        form,
        lambda: services.edit_weights(edition, form.weights(), seen=form.cleaned_data["seen"], by=_person(request)),
    ):
        return redirect("frameworks:edition-detail", pk=pk)
    lead = _("Only proportions count. Leave all neighbours blank where they weigh the same.")
    return _page(request, edition, form, title=_("Weights"), lead=lead)


@require_http_methods(FORM_METHODS)
@login_required
def edition_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new edition from this one: a draft that follows it node by node."""
    edition = get_permitted(Edition, pk, request.user, may_edit_frameworks)
    form = RenewForm(request.POST or None)
    made: list[Edition] = []
    if _is_done(
        request,
        form,
        lambda: made.append(services.renew_edition(edition, **form.cleaned_data, by=_person(request))),
    ):
        return redirect("frameworks:edition-detail", pk=made[0].pk)
    lead = _("Everything is copied to a draft. Each criterion remembers what it was, so that cycles can be compared.")
    return _page(request, edition, form, title=_("Make a new edition from this one"), lead=lead)


def _is_done(request: HttpRequest, form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether what was sent was also done; otherwise the form says why and keeps what was written."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except DocumentRefused as refusal:
        for fault in refusal.faults:
            form.add_error(None, sentence(fault))
    except Refused as refusal:
        form.add_error(None, sentence(refusal))
    else:
        messages.success(request, _("The draft is saved."))
        return True
    return False


def _page(
    request: HttpRequest, edition: Edition, form: forms.Form, *, title: str, lead: str = "", after: Node | None = None
) -> HttpResponse:
    back, short = reverse("frameworks:edition-detail", args=[edition.pk]), edition.short_in(get_language() or "en")
    context: dict[str, Any] = {
        "crumbs": Crumbs(
            (Link(_("Frameworks"), reverse("frameworks:edition-list")), Link(short, back), Link(title, ""))
        ),
        "head": PageHead(title, over=short, lead=lead),
        "form": form,
        "title": title,
        "back_url": back,
        "after": after.identifier if after else "",
    }
    if form.non_field_errors() and "seen" in form.fields:
        # Whoever was told of another's change and saves again, means it.
        form.data = {**form.data.dict(), "seen": edition.sha256}  # type: ignore[attr-defined]
    return render(request, "frameworks/edition_form.html", context, status=422 if form.errors else 200)


def _after(framework: Framework, identifier: str) -> Node | None:
    nodes = [node for root in framework.criteria for node in root.walk()]
    at = next(at for at, node in enumerate(nodes) if node.identifier == identifier)
    return nodes[at + 1] if at + 1 < len(nodes) else None


def _seen(edition: Edition) -> dict[str, str]:
    return {"seen": edition.sha256}


def _names(framework: Framework) -> dict[str, str]:
    return {each: language_name(each) for each in framework.languages}


def _person(request: HttpRequest) -> Any:
    return request.user
