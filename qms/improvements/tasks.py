"""What workers do for improvement plans."""

from __future__ import annotations
