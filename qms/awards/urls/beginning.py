"""Addresses of the area "beginning"."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
