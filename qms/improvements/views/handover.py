"""Giving actions to new owners."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from qms.accounts.models import User
from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.improvements.components.handover import hand_over_rows, holder_tabs
from qms.improvements.forms.handover import HandOverForm
from qms.improvements.models import Plan
from qms.improvements.permissions import may_hand_over
from qms.improvements.queries.handover import Holder, actions_of_holder, colleagues_at, holders_of
from qms.improvements.services.handover import hand_over as give
from qms.lifecycle import Refused
from qms.ui.components import Crumbs, Empty, ErrorSummary, Link, PageHead
from qms.ui.words import sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The open actions of nobody, or of one owner, each with its new owner to choose."""
    plan = get_permitted(Plan.objects.select_related("office"), pk, request.user, may_hand_over)
    holders = holders_of(plan)
    holder = _chosen(holders, request.GET.get("from", ""))
    people = [one for one in colleagues_at(plan.office) if one != holder.user]
    actions = list(actions_of_holder(plan, holder.user))
    form = HandOverForm(request.POST if request.method == "POST" else None, actions=actions, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            given = give(plan, to=form.given, expected=holder.user, by=signed_in(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            told = ngettext("One action has a new owner.", "%(count)s actions have a new owner.", len(given))
            messages.success(request, told % {"count": len(given)})
            return redirect("improvements:hand-over", pk=pk)
    context = {
        "plan": plan,
        "form": form,
        "tabs": holder_tabs(plan, holders, holder),
        "rows": hand_over_rows(form, timezone.localdate()),
        "errors": ErrorSummary(form),
        "empty": _empty(plan, holder.user),
        "owner": holder.user,
        "crumbs": _crumbs(plan),
        "head": _head(plan, holder.user),
        "back": reverse("improvements:plan-detail", args=[plan.pk]),
    }
    return render(request, "improvements/hand_over.html", context)


def _chosen(holders: tuple[Holder, ...], asked: str) -> Holder:
    found = next((holder for holder in holders if holder.key == asked), None)
    if found is None and not asked.isdecimal():
        raise Http404
    # Whoever has given everything away owns nothing here any more: the page says so.
    return found or holders[0]


def _head(plan: Plan, owner: User | None) -> PageHead:
    if owner is None:
        lead = _("Actions that nobody owns. Choose who takes each of them; the new owner gets a letter.")
    else:
        lead = _("Open actions of %(person)s. Choose who takes them; the new owner gets a letter.") % {
            "person": owner.name
        }
    return PageHead(_("Hand over actions"), over=plan.title, lead=lead)


def _empty(plan: Plan, owner: User | None) -> Empty:
    back = Link(_("Back to the plan"), reverse("improvements:plan-detail", args=[plan.pk]))
    if owner is None:
        text = _(
            "When somebody leaves the office, what was theirs appears here. To give away the actions of somebody "
            "who stays, choose the person above."
        )
        return Empty(_("Every open action has an owner"), text, back)
    return Empty(_("Nothing to hand over"), _("This person owns no open action of the plan."), back)


def _crumbs(plan: Plan) -> Crumbs:
    return Crumbs(
        (
            Link(_("Improvement plans"), reverse("improvements:plan-list")),
            Link(plan.title, reverse("improvements:plan-detail", args=[plan.pk])),
            Link(_("Hand over"), ""),
        )
    )
