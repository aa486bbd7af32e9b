"""Pages about jobs, letters and history, and whether the platform is well."""

from qms.core.views.health import health
from qms.core.views.history import history
from qms.core.views.jobs import job, job_retry, jobs
from qms.core.views.letters import letter, letter_html, letter_resend, outbox
from qms.core.views.texts import letter_text, letter_text_restore, letter_texts

__all__ = [
    "health",
    "history",
    "job",
    "job_retry",
    "jobs",
    "letter",
    "letter_html",
    "letter_resend",
    "letter_text",
    "letter_text_restore",
    "letter_texts",
    "outbox",
]
