"""Pages about offices and regions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.core.views.lists import address_with
from qms.offices import services, sheets
from qms.offices.filters import OfficeFilter, order_of
from qms.offices.forms import OfficeForm, RegionForm
from qms.offices.models import Office, Region
from qms.offices.permissions import may_edit_office, may_manage_offices, may_see_office
from qms.offices.queries import listed_offices
from qms.offices.views.answers import MOST_IN_A_FILE, TYPES, download, permitted
from qms.ui.components import Button, Facts, PageHead, Pagination

PAGE_SIZES = (25, 50, 100)


@dataclass(frozen=True)
class Heading:
    """A column's heading: the way to sort by it, and how it is sorted now."""

    label: str
    url: str = ""
    sorted: str = ""
    numeric: bool = False


@require_safe
def office_list(request: HttpRequest) -> HttpResponse:
    """All offices of the platform: public facts, open to everyone."""
    narrowed = OfficeFilter(request.GET, queryset=listed_offices(request.user), request=request)
    offices = narrowed.qs.order_by(*order_of(request.GET.get("sort", "")))
    if (kind := request.GET.get("as", "")) in TYPES:
        headers, rows = sheets.office_list(offices[:MOST_IN_A_FILE])
        return download(kind, title=_("Offices"), headers=headers, rows=rows)
    page = Paginator(offices, _page_size(request)).get_page(request.GET.get("page"))
    count = page.paginator.count
    buttons: tuple[Button, ...] = ()
    if may_manage_offices(request.user):
        buttons = (
            Button(_("Add an office"), url=resolve_url("offices:office-new")),
            Button(_("Import a list"), url=resolve_url("offices:import", kind="offices"), kind="secondary"),
        )
    lead = ngettext("%(count)s office.", "%(count)s offices.", count) % {"count": count}
    context = {
        "head": PageHead(_("Offices"), lead=lead, action=buttons or None),
        "filter": narrowed,
        "page": page,
        "headings": _headings(request),
        "pagination": Pagination(page, request.GET),
        "sort": request.GET.get("sort", ""),
        "sizes": [
            (size, address_with(request, size=str(size), page=None), size == _page_size(request)) for size in PAGE_SIZES
        ],
        "as_csv": address_with(request, **{"as": "csv", "page": None}),
        "as_xlsx": address_with(request, **{"as": "xlsx", "page": None}),
        "keeps": may_manage_offices(request.user),
    }
    return render(request, "offices/office_list.html", context)


def _page_size(request: HttpRequest) -> int:
    asked = request.GET.get("size", "")
    return int(asked) if asked in {str(size) for size in PAGE_SIZES} else PAGE_SIZES[0]


def _headings(request: HttpRequest) -> list[Heading]:
    columns = [
        ("name", _("Office")),
        ("kind", _("Kind")),
        ("region", _("Region")),
        ("city", _("City")),
        ("people", _("People")),
    ]
    current = request.GET.get("sort") or "name"

    def heading(name: str, label: str) -> Heading:
        other = f"-{name}" if current == name else name
        state = {"": "", name: "ascending", f"-{name}": "descending"}.get(current, "")
        return Heading(label, address_with(request, sort=other, page=None), state, numeric=name == "people")

    return [heading(name, label) for name, label in columns]


@require_safe
def office_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """An office's public facts; what its own people may do here besides."""
    office = get_object_or_404(Office.objects.listed_for(request.user).select_related("region"), slug=slug)
    buttons: list[Button] = []
    if may_edit_office(request.user, office):
        buttons.append(Button(_("Change"), url=resolve_url("offices:office-edit", pk=office.pk), kind="secondary"))
    if may_see_office(request.user, office):
        buttons.insert(0, Button(_("People"), url=resolve_url("offices:people", pk=office.pk)))
    context = {
        "office": office,
        "head": PageHead(
            office.name, over=office.get_kind_display(), lead=_place(office), action=tuple(buttons) or None
        ),
        "facts": Facts(_facts(office)),
    }
    return render(request, "offices/office_detail.html", context)


def _place(office: Office) -> str:
    return f"{office.city}, {office.region.name}"


def _facts(office: Office) -> tuple[tuple[str, object], ...]:
    facts: list[tuple[str, Any]] = [
        (_("Short name"), office.short_name),
        (_("Region"), office.region.name),
        (_("Address"), ", ".join(part for part in (office.address, office.city) if part)),
        (_("Number of staff"), office.staff_count),
        (_("Telephone"), office.phone),
    ]
    return tuple((name, value) for name, value in facts if value)


@permitted(may_manage_offices)
@require_http_methods(["GET", "HEAD", "POST"])
def office_new(request: HttpRequest) -> HttpResponse:
    """A new office on the list."""
    return _office_form(request, Office(), title=_("Add an office"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def office_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The public facts of an office."""
    office = get_permitted(Office, pk, request.user, may_edit_office)
    return _office_form(request, office, title=office.name)


def _office_form(request: HttpRequest, office: Office, *, title: str) -> HttpResponse:
    form = OfficeForm(request.POST or None, instance=office, by=signed_in(request))
    if request.method == "POST" and form.is_valid():
        saved = services.save_office(form.instance, by=signed_in(request))
        messages.success(request, _("%(office)s was saved.") % {"office": saved.short_name})
        return redirect("offices:office-detail", slug=saved.slug)
    return render(request, "offices/office_form.html", {"form": form, "office": office, "head": PageHead(title)})


@permitted(may_manage_offices)
@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """All regions, with how many offices each has."""
    rows = Region.objects.annotate(count=Count("offices")).order_by("country", "name_pl")
    head = PageHead(_("Regions"), action=Button(_("Add a region"), url=resolve_url("offices:region-new")))
    return render(request, "offices/regions.html", {"regions": rows, "head": head})


@permitted(may_manage_offices)
@require_http_methods(["GET", "HEAD", "POST"])
def region_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new region, or another name for one."""
    region = get_object_or_404(Region, pk=pk) if pk else Region()
    form = RegionForm(request.POST or None, instance=region)
    if request.method == "POST" and form.is_valid():
        saved = services.save_region(form.instance, by=signed_in(request))
        messages.success(request, _("%(region)s was saved.") % {"region": saved.name})
        return redirect("offices:regions")
    head = PageHead(region.name if pk else _("Add a region"))
    return render(request, "offices/region_form.html", {"form": form, "head": head})


@require_POST
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Work in another office from now on."""
    asked = request.POST.get("office", "")
    office = get_object_or_404(Office.objects.visible_to(request.user), pk=asked if asked.isdecimal() else 0)
    request.session["office"] = office.pk
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return redirect(wanted)
    return redirect("portal:tasks")
