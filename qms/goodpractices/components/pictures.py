"""Pictures of practices: their addresses and sizes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

WIDTH = 1100


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a picture is fetched, and how large it stands on the page."""

    url: str
    width: int
    height: int


def private_picture(practice: int, picture: Any) -> Shown:
    """The picture as it was handed in, at an address that asks who may see the draft; no public copy is made."""
    width = min(picture.width, WIDTH)
    address = f"{reverse('goodpractices:preview', args=[practice])}?picture={picture.pk}"
    return Shown(address, width, round(picture.height * width / picture.width) if picture.width else 0)
