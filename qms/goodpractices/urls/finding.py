"""Search, feeds, open data, print."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
