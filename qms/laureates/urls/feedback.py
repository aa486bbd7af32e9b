"""Addresses of the area "feedback"."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
