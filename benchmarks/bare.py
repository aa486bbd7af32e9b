"""The bare things that we hold ourselves against: addresses of one view that writes one row, and of plain Wagtail."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls

from qms.core.models import Letter

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def write_row(request: HttpRequest) -> HttpResponse:
    """A signed-in person writes one row."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    Letter.objects.filter(pk=request.GET["pk"]).update(subject=request.POST["subject"])
    return HttpResponse("saved")


urlpatterns = [path("write/", write_row), path("", include(wagtail_urls))]
