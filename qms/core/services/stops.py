"""Work that goes over many people, offices or rounds, in which one that fails stops none of the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

logger = logging.getLogger(__name__)

Stop = TypeVar("Stop")


def each(stops: Iterable[Stop], work: Callable[[Stop], int]) -> int:
    """The sum of what was done at every stop; where it breaks, a programmer is told and the next ones follow."""
    count = 0
    for stop in stops:
        try:
            count += work(stop)
        except Exception:
            logger.exception("The work broke at %s.", stop)
    return count
