"""The addresses of the library beside its pages, by area."""

from . import finding, moderating, using, writing

app_name = "goodpractices"

urlpatterns = [
    *writing.urlpatterns,
    *moderating.urlpatterns,
    *finding.urlpatterns,
    *using.urlpatterns,
]
