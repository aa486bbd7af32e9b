"""Addresses of the area "dossiers"."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
