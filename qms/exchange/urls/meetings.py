"""Addresses of the area "meetings"."""

from __future__ import annotations

from typing import Any

urlpatterns: list[Any] = []
