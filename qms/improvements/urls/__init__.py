"""The addresses of improvement plans, by area."""

from . import cycle, effects, feedback, looks, plans, practices

app_name = "improvements"

urlpatterns = [
    *plans.urlpatterns,
    *looks.urlpatterns,
    *effects.urlpatterns,
    *cycle.urlpatterns,
    *feedback.urlpatterns,
    *practices.urlpatterns,
]
