"""The history of a section: its versions, what changed between two, and bringing one back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.awards.components.section_page import called, crumbs, over_of
from qms.awards.components.versions import changes_between, version_lines
from qms.awards.models import SectionVersion
from qms.awards.queries.versions import versions_of
from qms.awards.services.versions import restore_version
from qms.lifecycle import Refused
from qms.ui.components import Empty, Link, PageHead
from qms.ui.words import sentence

from .writing import application_and_section


@never_cache
@login_required
@require_safe
def section_history(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """All versions of a section, and two of them word by word."""
    at = timezone.now()
    application, chosen = application_and_section(request, pk, section)
    versions = versions_of(application, chosen)
    later = _asked(request, versions, "to") or (versions[0] if versions else None)
    earlier = _asked(request, versions, "from") or _before(versions, later)
    here = reverse("awards:section", args=[pk, section])
    title = _("History of section %(code)s") % {"code": called(chosen)}
    context = {
        "head": PageHead(title, over=over_of(application), lead=chosen.title),
        "crumbs": crumbs(application, Link(called(chosen), here), Link(_("History"), "")),
        "versions": version_lines(versions, zone=application.category.round.zone, earlier=earlier, later=later),
        "changes": changes_between(earlier.content if earlier else None, later.content) if later else [],
        "latest": versions[0].mark if versions else "",
        "restore_url": reverse("awards:section-restore", args=[pk, section]),
        "restores": application.is_open(at),
        "back": here,
        "empty": Empty(_("No versions yet"), _("Each time somebody saves this section, a version appears here.")),
    }
    return render(request, "awards/section_history.html", context)


@login_required
@require_POST
def section_restore(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """Let the section read again as in one of its versions."""
    at = timezone.now()
    application, chosen = application_and_section(request, pk, section)
    version, seen = _number(request.POST.get("version", "")), request.POST.get("seen", "")
    try:
        restore_version(application, chosen, version=version, seen=seen, by=signed_in(request), at=at)
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("awards:section-history", pk, section)
    messages.success(
        request, _("The section reads again as in that version. What stood here before stays in the history.")
    )
    return redirect("awards:section", pk, section)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 18 else 0


def _asked(request: HttpRequest, versions: list[SectionVersion], name: str) -> SectionVersion | None:
    return next((one for one in versions if str(one.pk) == request.GET.get(name)), None)


def _before(versions: list[SectionVersion], later: SectionVersion | None) -> SectionVersion | None:
    """The version just before."""
    if later is None:
        return None
    place = versions.index(later) + 1
    return versions[place] if place < len(versions) else None
