"""For the one who changes the code: Django's own server, errors on the page."""

from config.settings.demo import *  # noqa: F403  this file only names what differs
from config.settings.demo import STORAGES

DEBUG = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
