"""The bare things that we hold ourselves against: addresses of one view that writes one row, and of plain Wagtail."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client, override_settings
from django.urls import include, path
from wagtail import urls as wagtail_urls

from qms.core.models import Letter
from qms.improvements.models import Action

MIDDLEWARE = [
    "benchmarks.bare.bare_addresses",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def bare_addresses(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A request that arrives here knows only the addresses below."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.urlconf = "benchmarks.bare"
        return get_response(request)

    return answer


def bare_client() -> Client:
    """A client behind Django's usual middleware alone; the chain is built once, as a server does."""
    client = Client()
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        client.handler.load_middleware()
    return client


def write_row(request: HttpRequest) -> HttpResponse:
    """A signed-in person writes one row."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    Letter.objects.filter(pk=request.GET["pk"]).update(subject=request.POST["subject"])
    return HttpResponse("saved")


def list_rows(request: HttpRequest) -> HttpResponse:
    """A signed-in person reads the actions of a plan as a bare table: code, title, owner, last day."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    rows = Action.objects.filter(plan=int(request.GET["plan"])).select_related("owner").order_by("number")
    return render(request, "bare_list.html", {"rows": rows})


urlpatterns = [
    path("write/", write_row),
    path("list/", list_rows),
    path("", include(wagtail_urls)),
]
