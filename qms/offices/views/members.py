"""Pages about people and their roles."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.models import User
from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.core.views.lists import address_with
from qms.lifecycle import Refused
from qms.offices import services, sheets
from qms.offices.filters import PersonFilter
from qms.offices.forms import AppointForm, InviteForm, JurorForm, RoleForm
from qms.offices.models import Membership, MembershipQuerySet, Office
from qms.offices.permissions import (
    grantable_anywhere,
    grantable_at,
    may_end,
    may_grant,
    may_manage_everyone,
    may_manage_people,
    may_see_office,
)
from qms.offices.queries import colleagues_of, memberships_of, people
from qms.offices.views.answers import MOST_IN_A_FILE, TYPES, download, permitted
from qms.ui.components import Button, PageHead, Pagination
from qms.ui.words import sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def office_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who holds which role at this office; who may, invites here."""
    predicate = may_manage_people if request.method == "POST" else may_see_office
    office = get_permitted(Office, pk, request.user, predicate)
    held = colleagues_of(office)
    if (kind := request.GET.get("as", "")) in TYPES:
        headers, rows = sheets.member_list(held)
        return download(kind, title=office.slug, headers=headers, rows=rows)
    form = None
    if may_manage_people(request.user, office):
        form = InviteForm(request.POST or None, office=office, by=signed_in(request))
        if request.method == "POST" and form.is_valid() and is_invited(request, form, office=office):
            return redirect("offices:people", pk=pk)
    count = len({one.user_id for one in held})
    lead = ngettext("%(count)s person.", "%(count)s people.", count) % {"count": count}
    context = {
        "office": office,
        "head": PageHead(_("People"), over=office.short_name, lead=lead, action=_import_button(form)),
        "members": [(one, may_end(request.user, one)) for one in held],
        "form": form,
    }
    return render(request, "offices/people.html", context)


def _import_button(form: InviteForm | None) -> Button | None:
    if form is None:
        return None
    return Button(_("Import a list"), url=resolve_url("offices:import", kind="people"), kind="secondary")


def is_invited(
    request: HttpRequest, form: InviteForm | AppointForm | JurorForm, *, office: Office | None = None
) -> bool:
    """Whether the person now holds the role; if not, the form says why."""
    told = form.cleaned_data
    try:
        welcome = services.invite_member(
            told["email"],
            role=told["role"],
            by=signed_in(request),
            office=office,
            region=told.get("region"),
            first_name=told["first_name"],
            last_name=told["last_name"],
            language=told["language"],
        )
    except Refused as refusal:
        form.add_error(None, sentence(refusal))
        return False
    send_letters.delay_on_commit()
    person = {"person": welcome.membership.user.name}
    if welcome.invitation:
        messages.success(request, _("%(person)s will get a letter with an invitation.") % person)
    else:
        messages.success(request, _("%(person)s has an account already and holds the role from now on.") % person)
    return True


@login_required
@require_safe
def membership(request: HttpRequest, pk: int) -> HttpResponse:
    """One role of one person: change it, end it, send the invitation again."""
    held = get_permitted(_memberships(), pk, request.user, may_end)
    choices = grantable_at(request.user, held.office) if held.office else ()
    context = {
        "membership": held,
        "head": PageHead(held.user.name, over=str(held.office or held.region or _("Whole platform"))),
        "form": RoleForm(choices=choices, initial={"role": held.role}) if len(choices) > 1 else None,
        "back": _back(held),
    }
    return render(request, "offices/membership.html", context)


@login_required
@require_POST
def membership_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role at the same office."""
    held = get_permitted(_memberships(), pk, request.user, may_end)
    role = request.POST.get("role", "")
    if held.office is None or not may_grant(request.user, role, held.office):
        messages.error(request, _("You may not give this role here."))
        return redirect("offices:membership", pk=pk)
    try:
        services.change_role(held, role, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("offices:membership", pk=pk)
    messages.success(request, _("The role of %(person)s was changed.") % {"person": held.user.name})
    return redirect(_back(held))


@login_required
@require_POST
def membership_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The person holds the role no longer."""
    held = get_permitted(_memberships(), pk, request.user, may_end)
    back = _back(held)
    try:
        services.end_membership(held, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("offices:membership", pk=pk)
    messages.success(request, _("The role of %(person)s was ended.") % {"person": held.user.name})
    return redirect(back)


@login_required
@require_POST
def membership_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """A fresh invitation for a person who has not come yet."""
    held = get_permitted(_memberships(), pk, request.user, may_end)
    try:
        services.remind_member(held, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        send_letters.delay_on_commit()
        messages.success(request, _("%(person)s will get a new invitation.") % {"person": held.user.name})
    return redirect("offices:membership", pk=pk)


def _memberships() -> MembershipQuerySet:
    return Membership.objects.select_related("user", "office", "region")


def _back(held: Membership) -> str:
    if held.office_id:
        return resolve_url("offices:people", pk=held.office_id)
    return resolve_url("offices:person", pk=held.user_id)


@permitted(may_manage_everyone)
@require_http_methods(["GET", "HEAD", "POST"])
def everyone(request: HttpRequest) -> HttpResponse:
    """All people of the platform; roles beyond one office are given here."""
    narrowed = PersonFilter(request.GET, queryset=people(), request=request)
    found = narrowed.qs.order_by("last_name", "first_name", "email", "pk")
    if (kind := request.GET.get("as", "")) in TYPES:
        headers, rows = sheets.people_list(found[:MOST_IN_A_FILE])
        return download(kind, title=_("People"), headers=headers, rows=rows)
    form = AppointForm(request.POST or None, by=signed_in(request))
    if request.method == "POST" and form.is_valid() and is_invited(request, form):
        return redirect("offices:everyone")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    lead = ngettext("%(count)s person.", "%(count)s people.", page.paginator.count) % {"count": page.paginator.count}
    button = Button(_("Import a list"), url=resolve_url("offices:import", kind="people"), kind="secondary")
    context = {
        "head": PageHead(_("People"), lead=lead, action=button),
        "filter": narrowed,
        "form": form,
        "page": page,
        "pagination": Pagination(page, request.GET),
        "as_csv": address_with(request, **{"as": "csv", "page": None}),
        "as_xlsx": address_with(request, **{"as": "xlsx", "page": None}),
    }
    return render(request, "offices/everyone.html", context)


@permitted(may_manage_everyone)
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person and every role held."""
    someone = get_object_or_404(User, pk=pk)
    context = {
        "person": someone,
        "head": PageHead(someone.name, over=someone.email),
        "members": [(one, may_end(request.user, one)) for one in memberships_of(someone)],
        "appoints": bool(grantable_anywhere(request.user)),
    }
    return render(request, "offices/person.html", context)
