"""Consensus: the group looks at its scores, widest first, and the chair writes down what it agrees."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.assessments import permissions, queries, services
from qms.assessments.components import consensus as parts
from qms.assessments.components.lists import state_of
from qms.assessments.components.sheet import chip_of, short_of, title_of
from qms.assessments.forms.consensus import AgreementForm, BeginForm, TalkAgainForm, Wording
from qms.assessments.models import Assessment, Evidence, Kind
from qms.assessments.queries import ConsensusView
from qms.assessments.services import AgreedEntryDraft, AgreementDraft, Conflict
from qms.assessments.views.opening import crumbs_to
from qms.core.permissions import get_permitted
from qms.lifecycle import Refused
from qms.ui import numbers
from qms.ui.components import Button, Chip, FormFields, PageHead, Saved, Seal
from qms.ui.words import sentence

Stage = Assessment.Stage


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consensus_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Individual scoring closes and scores may meet: said once, with everything that follows."""
    assessment = get_permitted(_with_office(), pk, request.user, permissions.may_moderate)
    if assessment.stage == Stage.CONSENSUS:
        return redirect("assessments:consensus", pk=pk)
    progress = queries.progress_of(assessment)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.start_consensus(
                assessment, by=signed_in(request), at=timezone.now(), reason=form.cleaned_data["reason"]
            )
        except Refused as refusal:
            form.add_error("reason" if not progress.all_in else None, sentence(refusal))
        else:
            messages.success(request, _("The consensus is open. Begin where the scores lie furthest apart."))
            return redirect("assessments:consensus", pk=pk)
    context = {
        "assessment": assessment,
        "form": form,
        "progress": progress,
        "crumbs": crumbs_to(assessment, _("Begin the consensus")),
        "head": PageHead(
            _("Begin the consensus"),
            over=f"{assessment.title}, {assessment.office.short_name}",
            state=state_of(assessment),
            lead=_("%(in)s of %(of)s sheets are in.") % {"in": progress.handed_in, "of": len(progress.members)},
        ),
        "seal": _seal(assessment, progress, form),
    }
    return render(request, "assessments/consensus_begin.html", context)


def _seal(assessment: Assessment, progress: queries.Progress, form: BeginForm) -> Seal:
    names = _("names, as the settings say") if assessment.names_shown else _("letters drawn by lot instead of names")
    return Seal(
        _("What happens now"),
        (
            _("Individual sheets are closed; nobody can change a score any more."),
            _("Sheets that are not in by now do not count."),
        ),
        (_("Everyone whose sheet is in sees all scores and texts, with %(names)s.") % {"names": names},),
        reverse("assessments:consensus-begin", args=[assessment.pk]),
        _("The group is ready to talk"),
        Button(_("Open the consensus")),
        fields=None if progress.all_in else FormFields(form),
    )


@login_required
@require_safe
def consensus(request: HttpRequest, pk: int) -> HttpResponse:
    """The widest node that is still to be agreed; when all are, the first."""
    assessment = get_permitted(_with_office(), pk, request.user, permissions.may_see_divergence)
    divergences = queries.divergence_of(assessment, viewer=signed_in(request))
    row = divergences.next_open or divergences.rows[0]
    return redirect("assessments:consensus-node", pk=pk, node=row.node.identifier)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consensus_node(request: HttpRequest, pk: int, node: str) -> HttpResponse:
    """One subcriterion: all scores and texts, and what the group agrees."""
    assessment = get_permitted(_with_office(), pk, request.user, permissions.may_see_divergence)
    framework = assessment.edition.tree()
    if not framework.has_node(node) or not framework.node(node).is_scored:
        raise Http404
    view = queries.node_for_consensus(assessment, node, viewer=signed_in(request))
    writes = permissions.may_moderate(request.user, assessment) and assessment.stage == Stage.CONSENSUS
    if request.method == "POST":
        if not writes:
            return _refused(request, view)
        return _act(request, view)
    return _page(request, view, AgreementForm.stored(view), writes=writes)


def _refused(request: HttpRequest, view: ConsensusView) -> HttpResponse:
    messages.error(request, _("Only the chair writes down agreements, and only during the consensus."))
    return _page(request, view, AgreementForm.typed(request.POST), writes=False, status=403)


def _act(request: HttpRequest, view: ConsensusView) -> HttpResponse:
    act = request.POST.get("do", "settle")
    if act == "reopen":
        return _talk_again(request, view)
    form = AgreementForm.typed(request.POST)
    if act.startswith("add:") and (kind := act.removeprefix("add:")) in Kind.values:
        form.wordings.append(Wording(kind, "", ""))
        return _page(request, view, form, writes=True)
    return _keep(request, view, form, settles=act == "settle")


def _keep(request: HttpRequest, view: ConsensusView, form: AgreementForm, *, settles: bool) -> HttpResponse:
    """Agree the node or keep it as a draft; what cannot be kept stands on the page as it was typed."""
    marks = form.read_marks(view)
    if form.errors:
        return _page(request, view, form, writes=True, status=422)
    draft = AgreementDraft(
        marks=marks,
        left_blank=form.left_blank,
        reason=form.reason,
        dissent=form.dissent,
        dissenters=form.dissenters,
        entries=tuple(
            AgreedEntryDraft(each.kind, each.text, uuid.UUID(each.key), each.sources, each.evidence)
            for each in form.joined()
        ),
    )
    save = services.settle_node if settles else services.save_agreement
    node = view.node.identifier
    try:
        save(view.assessment, node, draft=draft, version=form.version, by=signed_in(request), at=timezone.now())
    except Conflict as conflict:
        form.version = getattr(conflict.stored, "version", 0)
        return _page(request, view, form, writes=True, clash=conflict, status=409)
    except Refused as refusal:
        return _page(request, view, form, writes=True, said=sentence(refusal), status=422)
    if settles:
        return _onward(request, view)
    messages.success(request, _("Kept as a draft; %(node)s is still open.") % {"node": node})
    return redirect("assessments:consensus-node", pk=view.assessment.pk, node=node)


def _onward(request: HttpRequest, view: ConsensusView) -> HttpResponse:
    """To the next node that is open, or to the results when none is."""
    node, assessment = view.node.identifier, view.assessment
    following = view.divergences.after(node)
    if following is None:
        messages.success(request, _("Everything is agreed. Read the results and send them to the director."))
        return redirect("assessments:results", pk=assessment.pk)
    messages.success(request, _("%(node)s is agreed.") % {"node": node})
    return redirect("assessments:consensus-node", pk=assessment.pk, node=following.node.identifier)


def _talk_again(request: HttpRequest, view: ConsensusView) -> HttpResponse:
    form = TalkAgainForm(request.POST)
    node = view.node.identifier
    if not form.is_valid():
        return _page(request, view, AgreementForm.stored(view), writes=True, again=form, status=422)
    try:
        reason = form.cleaned_data["reason"]
        services.reopen_node(view.assessment, node, reason=reason, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    return redirect("assessments:consensus-node", pk=view.assessment.pk, node=node)


@login_required
@require_POST
def consensus_close_ones(request: HttpRequest, pk: int) -> HttpResponse:
    """The fast track: nodes on which the group was close are agreed at their median, on one click of the chair."""
    assessment = get_permitted(_with_office(), pk, request.user, permissions.may_moderate)
    try:
        done = services.settle_close_ones(assessment, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        said = ngettext("%(count)s was agreed: %(nodes)s.", "%(count)s were agreed: %(nodes)s.", len(done))
        nothing = _("No untouched subcriterion is close enough.")
        messages.success(request, said % {"count": len(done), "nodes": ", ".join(done)} if done else nothing)
    return redirect("assessments:consensus", pk=pk)


@login_required
@require_safe
def consensus_print(request: HttpRequest, pk: int) -> HttpResponse:
    """All nodes on paper for the meeting, widest first."""
    assessment = get_permitted(_with_office(), pk, request.user, permissions.may_see_divergence)
    divergences = queries.divergence_of(assessment, viewer=signed_in(request))
    context = {
        "assessment": assessment,
        "strips": parts.strips_of(divergences.rows, assessment, assessment.edition.tree(), here=""),
        "head": PageHead(_("For the consensus meeting"), over=f"{assessment.title}, {assessment.office.short_name}"),
        "crumbs": crumbs_to(assessment, _("For the meeting")),
    }
    return render(request, "assessments/consensus_print.html", context)


def _with_office() -> Any:
    return Assessment.objects.select_related("office", "edition")


def _page(
    request: HttpRequest,
    view: ConsensusView,
    form: AgreementForm,
    *,
    writes: bool,
    said: str = "",
    clash: Conflict | None = None,
    again: TalkAgainForm | None = None,
    status: int = 200,
) -> HttpResponse:
    assessment, node = view.assessment, view.node.identifier
    first, rest = parts.ranked(view.divergences, node)
    following = view.divergences.after(node)
    open_for_writing = writes and not view.agreed.is_settled
    chips = parts.chips_of(view)
    close = [row for row in view.divergences.with_verdict("fast_track") if not row.is_settled]
    context = {
        "assessment": assessment,
        "view": view,
        "crumbs": crumbs_to(assessment, _("Consensus")),
        "head": PageHead(
            _("Consensus"),
            over=f"{assessment.title}, {assessment.office.short_name}",
            state=state_of(assessment),
            lead=_("Begin where the scores lie furthest apart. Individual scores stay on file as they are."),
            meta=_facts(view),
            action=Button(
                _("Print for the meeting"), reverse("assessments:consensus-print", args=[assessment.pk]), "secondary"
            ),
        ),
        "title": f"{node} {title_of(view.node)}",
        "criterion": f"{view.criterion.identifier} {short_of(view.criterion)}",
        "first": parts.strips_of(first, assessment, view.framework, here=node),
        "rest": parts.strips_of(rest, assessment, view.framework, here=node) if rest else None,
        "close": close if writes else [],
        "spread_title": parts.spread_title(view.divergence.spread, _blank(view)),
        "spread_note": parts.spread_note(view.divergence.spread, view.framework),
        "drawing": parts.spread_drawing(view),
        "scores": parts.scores_table(view),
        "strengths": parts.voices_of(view.strengths, chips),
        "areas": parts.voices_of(view.areas, chips),
        "suggestions": parts.voices_of(view.suggestions, chips),
        "writes": open_for_writing,
        "dissenters": parts.dissent_of(view, form.dissenters) if open_for_writing else (),
        "reopens": writes and view.agreed.is_settled,
        "form": form,
        "said": said,
        "clash": clash,
        "again": again or TalkAgainForm(),
        "again_open": again is not None,
        "whole": parts.whole_input(view, form.marks, form.errors),
        "by_parts": parts.parts_input(view, form.marks, form.errors),
        "parts_used": any(form.marks.get(each.code) for each in view.scale.dimensions)
        and len(view.scale.dimensions) > 1,
        "groups": _wordings(view, form, chips) if open_for_writing else (),
        "agreed_texts": [(one.kind, one.text, one.evidence) for one in view.agreed.entries],
        "following": following.node.identifier if following else "",
        "saved": Saved(_("Saved at %(hour)s") % {"hour": numbers.hour(view.agreed.saved_at)})
        if view.agreed.saved_at
        else None,
    }
    return render(request, "assessments/consensus_node.html", context, status=status)


def _facts(view: ConsensusView) -> tuple[tuple[str, object], ...]:
    rows = view.divergences
    facts: list[tuple[str, object]] = [
        (_("Agreed"), _("%(in)s of %(of)s") % {"in": rows.settled, "of": len(rows.rows)}),
        (_("Sheets"), _("%(in)s of %(of)s handed in") % {"in": rows.sheets_in, "of": rows.sheets}),
    ]
    if view.assessment.consensus_on:
        facts.append((_("Meeting"), numbers.day(view.assessment.consensus_on)))
    return tuple(facts)


def _blank(view: ConsensusView) -> int:
    return sum(score.score is None for score in view.scores)


def _wordings(
    view: ConsensusView, form: AgreementForm, chips: Mapping[int, Chip]
) -> list[tuple[str, str, str, list[parts.AgreedRow]]]:
    """The texts of the report by kind, each with its evidence and those it could be joined to."""
    typed = {pk for wording in form.wordings for pk in wording.evidence if pk not in chips}
    pieces = Evidence.objects.filter(pk__in=typed, office=view.assessment.office_id)
    chips = {**chips, **{piece.pk: chip_of(piece) for piece in pieces}}
    titles = {
        Kind.STRENGTH: (_("Strengths in the report"), _("Add a strength")),
        Kind.AREA: (_("Areas for improvement in the report"), _("Add an area")),
        Kind.SUGGESTION: (_("Suggestions in the report"), _("Add a suggestion")),
    }
    numbered = list(enumerate(form.wordings, 1))
    groups = []
    for kind, (title, add) in titles.items():
        own = [(number, wording) for number, wording in numbered if wording.kind == kind]
        choices = parts.options_of([(number, place) for place, (number, _wording) in enumerate(own, 1)])
        rows = [
            parts.AgreedRow(
                number,
                place,
                kind,
                wording.text,
                wording.key,
                ",".join(map(str, wording.sources)),
                ",".join(str(pk) for pk in wording.evidence if pk in chips),
                tuple(chips[pk] for pk in wording.evidence if pk in chips),
                choices,
                wording.join,
            )
            for place, (number, wording) in enumerate(own, 1)
        ]
        groups.append((title, add, kind.value, rows))
    return groups
