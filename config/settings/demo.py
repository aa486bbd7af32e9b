"""The demonstration: one machine, one command, example people. Never for real data."""

import secrets

from config import env
from config.settings.base import *  # noqa: F403  this file only names what differs
from config.settings.base import INSTALLED_APPS, VAR_DIR

QMS_DEMO = True
DEBUG = False
INSTALLED_APPS = ["qms.demo", *INSTALLED_APPS]


def _kept_key() -> str:
    """Signs sessions of this demonstration; made on the first start, so that a restart signs nobody out."""
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    path = VAR_DIR / "demo-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return path.read_text(encoding="utf-8")


SECRET_KEY = _kept_key()
ALLOWED_HOSTS = env.words("QMS_HOSTS", "127.0.0.1,localhost,[::1]")

# Letters are kept as files and can be read on a page: nothing leaves the machine.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"

CELERY_TASK_SOFT_TIME_LIMIT = 300
JOB_LEASE_SECONDS = env.number("QMS_JOB_LEASE", 30)  # a killed worker's report should arrive while one watches
