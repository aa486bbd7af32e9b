"""The ten steps and the hand-over."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
