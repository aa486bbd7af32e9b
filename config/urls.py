"""Every address of the platform; what people see begins with their language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from qms.core.views import health

own = [
    ("work/", "qms.core.urls"),
    ("ui/", "qms.ui.urls"),
    ("documents/", "qms.pdf.urls"),
    ("people/", "qms.accounts.urls"),
    ("offices/", "qms.offices.urls"),
    ("frameworks/", "qms.frameworks.urls"),
    ("assessments/", "qms.assessments.urls"),
    ("plans/", "qms.improvements.urls"),
    ("exchange/", "qms.exchange.urls"),
    ("awards/", "qms.awards.urls"),
    ("jury/", "qms.jury.urls"),
    ("laureates/", "qms.laureates.urls"),
    ("practices/", "qms.goodpractices.urls"),
    ("", "qms.portal.urls"),
]
if settings.QMS_DEMO:
    own.append(("demo/", "qms.demo.urls"))

urlpatterns = [
    path("health/", health, name="health"),
    path("cms/", include(wagtailadmin_urls)),
    path("files/", include(wagtaildocs_urls)),
    # Only pictures of published pages live here; a web server in front may answer for it.
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
    *i18n_patterns(
        path("accounts/", include("allauth.urls")),
        *(path(prefix, include(urls)) for prefix, urls in own),
        path("", include(wagtail_urls)),
    ),
]

handler400 = "django.views.defaults.bad_request"
