"""The addresses of this app, by area."""

from . import agreeing, board, deciding, pool, reading, scoring, visits

app_name = "jury"

urlpatterns = [
    *pool.urlpatterns,
    *reading.urlpatterns,
    *board.urlpatterns,
    *scoring.urlpatterns,
    *agreeing.urlpatterns,
    *visits.urlpatterns,
    *deciding.urlpatterns,
]
