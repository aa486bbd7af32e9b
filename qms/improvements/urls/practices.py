"""Practices: taking them over, drafting them from actions and strengths."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.improvements.views import practices

urlpatterns: list[URLPattern] = [
    path("practices/<int:pk>/adopt/", practices.practice_adopt, name="practice-adopt"),
    path("actions/<int:pk>/practice/draft/", practices.practice_from_action, name="practice-from-action"),
    path("practices/from-strengths/", practices.strengths, name="strengths"),
    path("practices/from-strengths/<int:office>/", practices.practice_from_strength, name="practice-from-strength"),
]
