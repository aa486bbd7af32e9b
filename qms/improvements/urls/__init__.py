"""The addresses of improvement plans, by area."""

from . import cycle, effects, feedback, looks, plans

app_name = "improvements"

urlpatterns = [
    *plans.urlpatterns,
    *looks.urlpatterns,
    *effects.urlpatterns,
    *cycle.urlpatterns,
    *feedback.urlpatterns,
]
