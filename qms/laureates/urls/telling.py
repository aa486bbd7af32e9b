"""Addresses of the area "telling"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.laureates.views import telling

urlpatterns: list[URLPattern] = [
    path("rounds/<int:pk>/tell/", telling.tell, name="tell"),
]
