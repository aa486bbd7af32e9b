"""Addresses of the area "visits"."""

from __future__ import annotations

from typing import Any

urlpatterns: list[Any] = []
