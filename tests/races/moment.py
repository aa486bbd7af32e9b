"""Works that begin in the same moment, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from qms.lifecycle import Refused


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each of these answers or refuses, when all begin in the same moment."""
    gate = Barrier(len(works))

    def begin(work: Callable[[], object]) -> object:
        try:
            gate.wait(10)
            return work()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as people:
        return list(people.map(begin, works))
