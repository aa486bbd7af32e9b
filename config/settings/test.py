"""For the tests: quick passwords, storage in memory, jobs called as functions."""

from config.settings.base import *  # noqa: F403  this file only names what differs
from config.settings.base import INSTALLED_APPS, MIDDLEWARE, STORAGES

SECRET_KEY = "only-for-tests-" + "x" * 40
DEBUG = False
QMS_DEMO = True  # the gallery and the one-click door are tested too
INSTALLED_APPS = ["qms.demo", *INSTALLED_APPS]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["default"] = STORAGES["public"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_BROKER_URL = "memory://"
ACCOUNT_RATE_LIMITS = False  # tried apart, in tests/accounts
LANGUAGE_CODE = "en"  # texts in tests are read by those who change the code
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise")]  # nothing was collected
