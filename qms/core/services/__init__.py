"""What is done with jobs and letters."""

from qms.core.services.jobs import (
    SOMETHING_BROKE,
    WORKER_STOPPED,
    Order,
    open_job,
    open_jobs,
    retry_job,
    run_job,
    sweep_jobs,
)
from qms.core.services.letters import post_letter, send_again, send_letters, write_digests
from qms.core.services.stops import each
from qms.core.services.texts import change_text, restore_text
from qms.core.services.wording import is_editable, original_of

__all__ = [
    "SOMETHING_BROKE",
    "WORKER_STOPPED",
    "Order",
    "change_text",
    "each",
    "is_editable",
    "open_job",
    "open_jobs",
    "original_of",
    "post_letter",
    "restore_text",
    "retry_job",
    "run_job",
    "send_again",
    "send_letters",
    "sweep_jobs",
    "write_digests",
]
