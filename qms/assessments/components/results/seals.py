"""Sending and approving: what becomes fixed and who will see it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.assessments.components.telling import scored
from qms.assessments.models import Assessment
from qms.assessments.queries import Results
from qms.ui.components import (
    Button,
    Seal,
)


def fixed_by_approval(results: Results) -> tuple[str, ...]:
    """What can no longer change once it is approved."""
    scores, strengths, areas = len(scored(results)), len(results.strengths), len(results.areas)
    pieces = len(results.evidence)
    return (
        ngettext(
            "%(count)s agreed score with its reason and dissent",
            "%(count)s agreed scores with their reasons and dissents",
            scores,
        )
        % {"count": scores},
        _("%(strengths)s, %(areas)s, %(pieces)s")
        % {
            "strengths": ngettext("%(count)s strength", "%(count)s strengths", strengths) % {"count": strengths},
            "areas": ngettext("%(count)s area for improvement", "%(count)s areas for improvement", areas)
            % {"count": areas},
            "pieces": ngettext("%(count)s piece of evidence", "%(count)s pieces of evidence", pieces)
            % {"count": pieces},
        },
        _("the report as PDF with its fingerprint; a later change needs a new self-assessment"),
    )


def seen_after_approval(results: Results) -> tuple[str, ...]:
    """Who may read it then, by the rules of the platform and the consent given."""
    consent = results.assessment.benchmark_consent
    others = {
        Assessment.Consent.NOTHING: _("other offices: nothing"),
        Assessment.Consent.ANONYMOUS: _("other offices: only an anonymous median, from five offices up"),
        Assessment.Consent.NAMED: _("other offices: figures with the name of the office"),
    }
    return (
        _("everyone who works in %(office)s: the report without individual scores") % {"office": results.office_name},
        _("regional and national coordinators: the report"),
        others[Assessment.Consent(consent)],
    )


def approve_seal(results: Results) -> Seal:
    """The director's step: what becomes fixed, who will see it, one box, one button, a way back."""
    return Seal(
        _("Approval of the report"),
        fixed_by_approval(results),
        seen_after_approval(results),
        reverse("assessments:approve", args=[results.assessment.pk]),
        _("I have read the results and approve them in the name of the office."),
        Button(_("Approve the report")),
        Button(_("Return to the group with a remark"), url="#return", kind="secondary"),
        ident="approval",
    )


def send_seal(results: Results) -> Seal:
    """The step of the lead or the chair: what closes, who reads it now."""
    return Seal(
        _("Send for approval"),
        (
            _("the agreed scores, reasons and texts; while the director reads, nobody changes them"),
            _("individual sheets stay as they were handed in"),
        ),
        (
            _("the director, who approves the results or returns them with a remark"),
            _("the lead and the members of the group, as now"),
        ),
        reverse("assessments:results-send", args=[results.assessment.pk]),
        _("The group has agreed on these results."),
        Button(_("Send for approval")),
        ident="send",
    )
