"""The addresses of experience sharing, by area."""

from . import calls, consent, editions, meetings, pages, visits

app_name = "exchange"

urlpatterns = [
    *editions.urlpatterns,
    *pages.urlpatterns,
    *consent.urlpatterns,
    *visits.urlpatterns,
    *calls.urlpatterns,
    *meetings.urlpatterns,
]
