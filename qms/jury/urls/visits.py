"""Visits of juries to offices."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.jury.views import visit_steps, visits

urlpatterns: list[URLPattern] = [
    path("categories/<int:pk>/visits/", visits.visit_list, name="visit-list"),
    path("received/<int:pk>/visit/", visit_steps.visit_plan, name="visit-plan"),
    path("visits/<int:pk>/", visits.visit, name="visit"),
    path("visits/<int:pk>/report/", visit_steps.visit_report, name="visit-report"),
    path("visits/<int:pk>/cancel/", visits.visit_cancel, name="visit-cancel"),
]
