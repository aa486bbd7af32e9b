"""The addresses of this app, by area."""

from . import diplomas, feedback, press, statistics, telling

app_name = "laureates"

urlpatterns = [
    *feedback.urlpatterns,
    *telling.urlpatterns,
    *diplomas.urlpatterns,
    *press.urlpatterns,
    *statistics.urlpatterns,
]
