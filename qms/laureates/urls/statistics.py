"""Addresses of the area "statistics"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.laureates.views import statistics

urlpatterns: list[URLPattern] = [
    path("rounds/<int:pk>/statistics/", statistics.statistics, name="statistics"),
    path("rounds/<int:pk>/export/", statistics.export, name="export"),
]
