"""What pages show of jobs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext
from laces.components import Component

from qms.core.jobs import handler_of
from qms.core.models import Job

STATE_KINDS = {Job.State.QUEUED: "wait", Job.State.RUNNING: "going", Job.State.DONE: "done", Job.State.FAILED: "late"}


@dataclass(frozen=True)
class JobRow(Component):
    """A job with its progress while it runs, its result when done, its reason and "try again" when not.

    The page that shows it loads the module core/job.js; without scripts the row has a link that shows it anew.
    """

    job: Job
    template_name: ClassVar[str] = "core/_job.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What the row says, and where it asks for news."""
        page = reverse("core:job", args=[self.job.pk])
        return {
            "job": self.job,
            "state_kind": STATE_KINDS[Job.State(self.job.state)],
            "result_label": _result_label_of(self.job),
            "page": page,
            "news": f"{page}?as=json",
            "retry": reverse("core:job-retry", args=[self.job.pk]),
            "csrf_token": parent_context.get("csrf_token") if parent_context is not None else None,
        }


def _result_label_of(job: Job) -> str:
    try:
        label = handler_of(job.kind).result_label
    except LookupError:  # a job of a kind that this version no longer knows
        label = ""
    return gettext(label) if label else ""
