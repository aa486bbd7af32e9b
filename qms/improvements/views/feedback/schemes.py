"""The questionnaires: what is asked, on which scale, which profile is to be met; and new editions."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.frameworks.domain.document import DocumentRefused
from qms.frameworks.domain.framework import text
from qms.improvements.components.feedback import scale_key
from qms.improvements.domain.feedback import Scheme
from qms.improvements.forms.feedback import SchemeForm
from qms.improvements.models import FeedbackScheme
from qms.improvements.permissions.feedback import may_keep_schemes
from qms.improvements.queries import feedback as queries
from qms.improvements.services import schemes as services
from qms.lifecycle import Refused
from qms.ui import numbers
from qms.ui.components import Button, Crumbs, DataTable, ErrorSummary, Facts, Fault, Link, PageHead, State
from qms.ui.words import sentence

from .shown import language, step_blocks

MOST_SHOWN = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def schemes(request: HttpRequest) -> HttpResponse:
    """The edition in use for everyone to read; the country's coordinator brings in another one."""
    keeps = may_keep_schemes(request.user)
    if request.method == "POST" and not keeps:
        raise PermissionDenied
    form = SchemeForm(request.POST or None, request.FILES or None) if keeps else None
    faults: tuple[Fault, ...] = ()
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            loaded = services.load_scheme(form.cleaned_data["file"], by=signed_in(request))
        except Refused as refusal:
            faults = _faults(refusal)
        else:
            if form.cleaned_data["use"]:
                services.use_scheme(loaded, by=signed_in(request))
            messages.success(request, _("The file was taken over."))
            return redirect("improvements:feedback-schemes")
    current = queries.current_scheme()
    tree = queries.tree_of(current) if current else None
    wrong = form is not None and (faults or form.errors)
    context = {
        "form": form,
        "errors": ErrorSummary(form, faults=faults) if wrong else None,
        "crumbs": Crumbs(
            (Link(_("External feedback"), reverse("improvements:feedback-list")), Link(_("Questionnaires"), ""))
        ),
        "head": _head(current, tree),
        "facts": _facts(tree) if tree else None,
        "attribution": text(tree.attribution, language()) if tree else "",
        "notes": _notes(tree) if tree else [],
        "pillars": _pillars(tree) if tree else [],
        "editions": _editions(keeps=keeps),
    }
    return render(request, "improvements/feedback/schemes.html", context, status=422 if wrong else 200)


def _head(current: FeedbackScheme | None, tree: Scheme | None) -> PageHead:
    if current is None or tree is None:
        return PageHead(_("Questionnaires of external feedback"), lead=_("None is loaded yet."))
    return PageHead(
        text(tree.titles, language()),
        over=_("Questionnaires of external feedback"),
        lead=text(tree.about, language()),
        action=Button(
            _("Download the file (YAML)"),
            url=reverse("improvements:feedback-scheme-file", args=[current.pk]),
            kind="secondary",
        ),
    )


def _facts(tree: Scheme) -> Facts:
    periods = tree.periods
    window = _("%(first)s to %(last)s months after the approval of the report") % {
        "first": periods.apply_from_months,
        "last": periods.apply_until_months,
    }
    valid = ngettext("%(count)s month", "%(count)s months", periods.label_months) % {"count": periods.label_months}
    ahead = ngettext("%(count)s day ahead", "%(count)s days ahead", periods.remind_days_before)
    return Facts(
        (
            (_("Label"), text(tree.label, language())),
            (_("Apply"), window),
            (_("Valid"), valid),
            (_("Reminder"), ahead % {"count": periods.remind_days_before}),
            (_("Items"), len(tree.items)),
        )
    )


def _notes(tree: Scheme) -> list[tuple[str, str]]:
    names = {
        "confirmed": _("Read in a source"),
        "memory": _("From memory, to be compared"),
        "proposal": _("Proposal of this platform"),
    }
    return [(names[note.status], text(note.texts, language())) for note in tree.notes]


def _pillars(tree: Scheme) -> list[dict[str, object]]:
    return [
        {
            "title": text(pillar.titles, language()),
            "about": text(pillar.about, language()),
            "identifier": pillar.identifier,
            "key": scale_key(pillar, language()),
            "profile": _least(pillar.steps[0].at_least),
            "steps": step_blocks(pillar, None, lambda _item: ()),
        }
        for pillar in tree.pillars
    ]


def _least(level: object) -> str:
    return _("Profile: mean of each step at least %(level)s") % {"level": numbers.figure(level, 1)}


def _editions(*, keeps: bool) -> DataTable:
    rows = []
    for each in FeedbackScheme.objects.order_by("-is_current", "-created_at", "-pk"):
        state: object = State(_("in use"), "done") if each.is_current else "–"
        if keeps and not each.is_current:
            address = reverse("improvements:feedback-scheme-use", args=[each.pk])
            state = Button(_("Use this one"), url=address, kind="secondary", post=True, small=True)
        file = Link(_("File"), reverse("improvements:feedback-scheme-file", args=[each.pk]), title=each.code)
        rows.append((each.code, numbers.day(each.created_at), each.sha256[:12], file, state))
    headers = (_("Edition"), _("Taken over"), _("Fingerprint"), _("File"), _("Use"))
    return DataTable(_("Editions"), headers, tuple(rows), stack=True)


def _faults(refusal: Refused) -> tuple[Fault, ...]:
    if not isinstance(refusal, DocumentRefused):
        return (Fault(sentence(refusal)),)
    said = [
        _("Line %(line)s, %(place)s: %(fault)s")
        % {"line": fault.line, "place": fault.place or "–", "fault": sentence(fault)}
        for fault in refusal.faults
    ]
    more = len(said) - MOST_SHOWN
    if more > 0:
        rest = ngettext("… and one more.", "… and %(count)s more.", more) % {"count": more}
        said = [*said[:MOST_SHOWN], rest]
    return tuple(Fault(line) for line in said)


@login_required
@require_safe
def scheme_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The very file that was taken over."""
    scheme = get_object_or_404(FeedbackScheme, pk=pk)
    headers = {
        "Content-Disposition": f'attachment; filename="{scheme.code}.yaml"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(
        scheme.content["text"].encode(), content_type="application/yaml; charset=utf-8", headers=headers
    )


@login_required
@require_POST
def scheme_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Let new applications use this edition."""
    if not may_keep_schemes(request.user):
        raise PermissionDenied
    scheme = get_object_or_404(FeedbackScheme, pk=pk)
    services.use_scheme(scheme, by=signed_in(request))
    messages.success(request, _("New applications use %(code)s from now on.") % {"code": scheme.code})
    return redirect("improvements:feedback-schemes")
