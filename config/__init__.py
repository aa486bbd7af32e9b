"""Names every part of the platform; nobody names it."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
