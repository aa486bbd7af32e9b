"""Addresses of the area "consent"."""

from __future__ import annotations

from typing import Any

urlpatterns: list[Any] = []
