"""What the platform already knows about a node of the framework, offered to an application."""

from __future__ import annotations

from qms.awards.domain.offer import Offer
from qms.awards.models import Application


def sources_for(application: Application, node: str) -> tuple[Offer, ...]:
    """Strengths, the agreed score, actions, effects and practices of the office under this node."""
    return ()
