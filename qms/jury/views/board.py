"""The board of a category: who scores what, how far it is, and what was given once it is revealed."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.awards.components.received import sealed_words
from qms.awards.models import Category
from qms.awards.permissions import takes_part
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.jury import permissions
from qms.jury.components import board as shown
from qms.jury.components import board_page as around
from qms.jury.queries import board as queries
from qms.jury.queries.closing import is_decided
from qms.jury.services import prompting
from qms.lifecycle import Refused
from qms.ui.components import Empty, Note, Pagination
from qms.ui.words import sentence

SHOWS = ("", "talk", "open")


@never_cache
@login_required
@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """All applications for the organiser; what is open to them for jurors, while the phase shows scores."""
    at = timezone.now()
    category = get_permitted(categories(), pk, request.user, takes_part)
    runs = permissions.may_run(request.user, category)
    phases = queries.phases_of(category)
    phase = queries.running(phases, at)
    if not runs and not (phase and phase.shows_scores and queries.sits_in(request.user, category)):
        raise PermissionDenied
    show = cast("queries.Show", request.GET.get("show") if request.GET.get("show") in SHOWS else "")
    judging, names = queries.judging_of(category), runs or bool(phase and phase.shows_names)
    scope = queries.scope_of(category, request.user, at, runs=runs)
    found = queries.board_of(scope, category, show=show, page=request.GET.get("page"))
    context: dict[str, Any] = {
        "head": around.head_of(found, category, phases, at, changes=runs and not is_decided(category)),
        "crumbs": around.crumbs_of(category),
        "steps": around.steps_of(category.round, phases, len(found.standings), at),
        "key": shown.key_of(judging),
        "tabs": around.tabs_of(found, show),
        "table": shown.table_of(found, judging, runs=runs, names=names) if found.lines else "",
        "pages": Pagination(found.page, request.GET) if found.page.paginator.num_pages > 1 else "",
        "jurors": around.jurors_table(found, names=names) if found.seats else "",
        "conflicts": around.conflicts_table(found) if runs else None,
        "how": around.how_of(judging),
        "empty": _nothing(show),
        "back": reverse("awards:round", args=[category.round_id]),
    }
    if not category.round.is_closed(at):
        context["sealed"] = Note(sealed_words(category.round.closes_at, category.round.zone), _("Sealed"))
    return render(request, "jury/board.html", context)


@login_required
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to every juror with an open ballot; to nobody twice in a day."""
    category = get_permitted(categories(), pk, request.user, permissions.may_run)
    try:
        told = prompting.remind_jurors(category, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        send_letters.delay_on_commit()
        words = ngettext("%(count)s juror gets a letter.", "%(count)s jurors get a letter.", told.written)
        messages.success(request, words % {"count": told.written})
        if told.spared:
            words = ngettext(
                "%(count)s juror was reminded less than a day ago.",
                "%(count)s jurors were reminded less than a day ago.",
                told.spared,
            )
            messages.info(request, words % {"count": told.spared})
    return redirect("jury:board", pk=pk)


def categories() -> Any:
    """Categories with what their pages ask for."""
    return Category.objects.select_related("round__programme", "judging")


def _nothing(show: str) -> Empty:
    if show:
        return Empty(_("Nothing here"), _("No application is in this state."), level=3)
    return Empty(_("No application"), _("There is no application on which you can see scores now."), level=3)
