"""Addresses of the area "annexes"."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
