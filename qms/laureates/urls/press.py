"""Addresses of the area "press"."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
