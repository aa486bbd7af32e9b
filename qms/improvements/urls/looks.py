"""Matrix, board, timeline, table, calendar, exports, print, network."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
