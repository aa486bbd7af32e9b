"""Writing a practice, its versions and translations."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
