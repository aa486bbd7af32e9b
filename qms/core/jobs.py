"""How an app says what its jobs do: a handler per kind of job, registered in the app's `tasks.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.module_loading import autodiscover_modules

from qms.core.models import Job

ReportProgress = Callable[[int, str], None]
Build = Callable[[Job, ReportProgress], str | None]


class Superseded(Exception):  # noqa: N818  nothing went wrong: another worker has the job now
    """The job belongs to another worker now, so this one stops."""


@dataclass(frozen=True)
class Handler:
    """What is done for one kind of job, on which queue, and what its result is called on the button."""

    kind: str
    queue: str
    build: Build
    result_label: str = ""


_handlers: dict[str, Handler] = {}


def handler(kind: str, *, queue: str = "default", result_label: str = "") -> Callable[[Build], Build]:
    """Register a function as the one that does jobs of this kind.

    It gets the job and a function to report progress (percent, what is being done now), and returns the address of the
    result or None. It may run twice, so it must be idempotent; a `Refused` that it raises is shown to the reader.
    `result_label` is a marked text, such as gettext_noop("Open the report").
    """

    def register(build: Build) -> Build:
        _handlers[kind] = Handler(kind, queue, build, result_label)
        return build

    return register


def handler_of(kind: str) -> Handler:
    """The handler of a kind of job; LookupError where no app has one."""
    if kind not in _handlers:
        autodiscover_modules("tasks")
    try:
        return _handlers[kind]
    except KeyError:
        message = f"No handler for jobs of kind {kind!r}."
        raise LookupError(message) from None
