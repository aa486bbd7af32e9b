"""Indicators, readings, verdicts, the draft of a practice."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
