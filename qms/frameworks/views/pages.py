"""Pages about frameworks: what there is, what it says, and its file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from qms.core.permissions import get_permitted
from qms.core.uploads import content_type_of
from qms.frameworks import queries, services, sheets
from qms.frameworks.components import band_keys, node_section, panel_view
from qms.frameworks.domain.document.shape import schema as published_schema
from qms.frameworks.domain.framework import Framework, text
from qms.frameworks.models import Edition
from qms.frameworks.permissions import (
    may_edit_edition,
    may_edit_frameworks,
    may_publish_edition,
    may_read_edition,
)
from qms.lifecycle import Refused
from qms.ui.components import Button, Crumbs, DataTable, Legend, Link, PageHead, Seal, State
from qms.ui.numbers import day
from qms.ui.words import sentence

MOST_SHOWN = 50


@require_safe
@login_required
def edition_list(request: HttpRequest) -> HttpResponse:
    """The editions that the person may see."""
    language = get_language() or "en"
    lines = queries.editions_for(request.user)
    may_edit = may_edit_frameworks(request.user)
    head = PageHead(
        _("Frameworks"),
        lead=_("Criteria, scales and rules by which offices assess themselves. A published edition never changes."),
        action=Button(_("Import a framework"), url=reverse("frameworks:edition-import")) if may_edit else None,
    )
    table = DataTable(
        _("Editions"),
        (
            _("Edition"),
            _("Criteria"),
            _("Scored parts"),
            _("Languages"),
            _("State"),
            *([_("Edit")] if may_edit else []),
        ),
        tuple(
            (
                Link(line.edition.title_in(language), reverse("frameworks:edition-detail", args=[line.edition.pk])),
                line.criteria,
                line.scored,
                ", ".join(language_name(each) for each in line.languages),
                _state_of(line.edition),
                *([_edit_link(line.edition, language)] if may_edit else []),
            )
            for line in lines
        ),
        numeric=(1, 2),
        stack=True,
    )
    return render(request, "frameworks/edition_list.html", {"head": head, "table": table if lines else None})


@require_safe
@login_required
def edition_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition in the reader's language: criteria, guidance, panels and bands."""
    edition = get_permitted(Edition, pk, request.user, may_read_edition)
    framework, language = edition.tree(), get_language() or "en"
    may_publish = may_publish_edition(request.user, edition)
    context = {
        "edition": edition,
        "crumbs": crumbs_to(edition.short_in(language)),
        "head": _head(request, edition, framework, language),
        "sections": [
            node_section(framework, node, language, edit=_edit_address(edition) if may_publish else None)
            for node in framework.criteria
        ],
        "panels": [panel_view(framework, panel, language) for panel in framework.panels],
        "legend": Legend(band_keys(framework, language)),
        "rules": _rules(framework),
        "attribution": text(framework.attribution, language),
        "wording": _wording(framework, language),
        "warnings": _warnings(edition) if may_publish else [],
        "seal": _seal(edition) if may_publish else None,
    }
    return render(request, "frameworks/edition_detail.html", context)


@require_safe
@login_required
def edition_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The very file that was imported; ?as=xlsx gives the same framework as a workbook."""
    edition = get_permitted(Edition, pk, request.user, may_read_edition)
    if request.GET.get("as") == "xlsx":
        return _sent(sheets.export(edition.tree()), f"{edition.code}.xlsx", content_type_of("xlsx"))
    return _sent(queries.file_text_of(edition).encode(), f"{edition.code}.yaml", "application/yaml; charset=utf-8")


@require_safe
@login_required
def edition_template(request: HttpRequest) -> HttpResponse:
    """The empty workbook for a new framework."""
    if not may_edit_frameworks(request.user):
        raise PermissionDenied
    languages = [code for code, _name in settings.LANGUAGES]
    return _sent(sheets.template(languages), "framework.xlsx", content_type_of("xlsx"))


def _sent(content: bytes, name: str, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=content_type, headers=headers)


@require_safe
@login_required
def schema(request: HttpRequest) -> HttpResponse:
    """The published schema of framework files."""
    return JsonResponse(published_schema(), json_dumps_params={"indent": 2}, content_type="application/schema+json")


@require_POST
@login_required
def edition_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a draft; from then on it is fixed."""
    edition = get_permitted(Edition, pk, request.user, may_publish_edition)
    if not request.POST.get("confirmed"):
        messages.error(request, _("Tick the box to confirm that you want to publish."))
        return redirect("frameworks:edition-detail", pk=pk)
    try:
        services.publish_edition(edition, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The edition is published."))
    return redirect("frameworks:edition-detail", pk=pk)


def crumbs_to(here: str) -> Crumbs:
    """The way to a page below the list."""
    return Crumbs((Link(_("Frameworks"), reverse("frameworks:edition-list")), Link(here, "")))


def _edit_link(edition: Edition, language: str) -> Link | str:
    if edition.is_published:
        return ""
    url = reverse("frameworks:edition-edit", args=[edition.pk])
    return Link(_("Edit"), url, title=f"{_('Edit')}: {edition.title_in(language)}")


def _state_of(edition: Edition) -> State:
    return State(str(edition.get_state_display()), "done" if edition.is_published else "")


def _head(request: HttpRequest, edition: Edition, framework: Framework, language: str) -> PageHead:
    meta: list[tuple[str, object]] = [
        (_("Criteria"), len(framework.criteria)),
        (_("Scored parts"), len(framework.scored)),
        (_("Languages"), ", ".join(language_name(each) for each in framework.languages)),
    ]
    if framework.follows:
        meta.append((_("Follows"), framework.follows))
    if edition.published_at:
        meta.append((_("Published"), day(edition.published_at)))
    return PageHead(
        edition.title_in(language),
        over=_("Framework, edition %(edition)s") % {"edition": framework.edition},
        state=_state_of(edition),
        lead=text(framework.about, language),
        meta=tuple(meta),
        action=_actions(request, edition),
    )


def _actions(request: HttpRequest, edition: Edition) -> tuple[Button, ...]:
    """What can be done with the edition: take its file, change a draft, go on from it."""
    file = reverse("frameworks:edition-file", args=[edition.pk])
    actions = [
        Button(_("Download the file (YAML)"), url=file, kind="secondary"),
        Button(_("Download as a workbook (XLSX)"), url=f"{file}?as=xlsx", kind="secondary"),
    ]
    if may_edit_edition(request.user, edition):
        texts, weights = (reverse(f"frameworks:edition-{name}", args=[edition.pk]) for name in ("edit", "weights"))
        actions = [Button(_("Edit titles"), url=texts), Button(_("Edit weights"), url=weights), *actions]
    if may_edit_frameworks(request.user):
        renew = reverse("frameworks:edition-renew", args=[edition.pk])
        actions.append(Button(_("Make a new edition from this one"), url=renew, kind="secondary"))
    return tuple(actions)


def _edit_address(edition: Edition) -> Callable[[str], str]:
    return lambda node: reverse("frameworks:node-edit", args=[edition.pk, node])


def language_name(code: str) -> str:
    """The language's name in the reader's language."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _wording(framework: Framework, language: str) -> list[tuple[str, str]]:
    names = {"official": _("official wording"), "working": _("working translation"), "own": _("our own wording")}
    return [(language_name(each), names[kind]) for each, kind in framework.wording.items()]


def _rules(framework: Framework) -> list[str]:
    """How the figures come about, in sentences."""
    most = {"maximum": framework.rollup.maximum or framework.highest * len(framework.criteria)}
    totals = {
        "sum": _("The total is the sum of the criteria, at most %(maximum)s.") % most,
        "mean": _("The total is the mean of the criteria."),
    }
    required = {
        "all-criteria": _("There is a total only when every criterion has a value."),
        "all-nodes": _("There is a total only when everything is scored."),
        "any": _("There is a total as soon as anything is scored."),
    }
    weighted = any(node.weight is not None for root in framework.criteria for node in root.walk())
    return [
        _("A criterion is the weighted mean of its parts.") if weighted else _("A criterion is the mean of its parts."),
        _("A blank leaves the mean and never counts as zero."),
        totals[framework.rollup.total],
        required[framework.rollup.requires],
        _("Figures are computed exactly; they are rounded, half up, only where they are shown."),
    ]


def _warnings(edition: Edition) -> list[dict[str, Any]]:
    return [
        {"line": each.line, "place": each.place, "text": sentence(each)}
        for each in queries.warnings_of(edition)[:MOST_SHOWN]
    ]


def _seal(edition: Edition) -> Seal:
    return Seal(
        _("Publish this edition"),
        (_("all criteria, texts, scales and rules of this edition"), _("its code: %(code)s") % {"code": edition.code}),
        (_("everyone who is signed in; offices can start assessments with it"),),
        reverse("frameworks:edition-publish", args=[edition.pk]),
        _("I have read the edition and want to publish it for good."),
        Button(_("Publish")),
        ident="publish",
    )
