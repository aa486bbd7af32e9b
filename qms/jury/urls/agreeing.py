"""Addresses of the area "agreeing"."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
