"""Addresses of the area "calls"."""

from __future__ import annotations

from typing import Any

urlpatterns: list[Any] = []
