"""Indicators, readings, verdicts, the draft of a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.improvements.views import effects

urlpatterns: list[URLPattern] = [
    path("actions/<int:pk>/effect/", effects.effect, name="effect"),
    path("actions/<int:action>/indicators/", effects.indicator_save, name="indicator-save"),
    path("indicators/<int:pk>/", effects.indicator_save, name="indicator-save"),
    path("indicators/<int:pk>/delete/", effects.indicator_delete, name="indicator-delete"),
    path("indicators/<int:pk>/values/", effects.reading_add, name="reading-add"),
    path("values/<int:pk>/delete/", effects.reading_delete, name="reading-delete"),
    path("actions/<int:pk>/practice/", effects.practice_draft, name="practice-draft"),
]
