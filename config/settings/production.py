"""For real: behind a web server that speaks HTTPS, with PostgreSQL and Redis; secrets come from the environment."""

from config import env
from config.settings.base import *  # noqa: F403  this file only names what differs

SECRET_KEY = env.secret("QMS_SECRET_KEY")
DEBUG = False

# A country's platform has its own database and broker: forgetting one shall stop the start, not lose letters.
DATABASES = {"default": env.database("DATABASE_URL")}
BROKER_URL = CELERY_BROKER_URL = env.text("BROKER_URL")
ALLOWED_HOSTS = env.words("QMS_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

# Behind a web server everybody seems to come from it: limits on signing in count by the address that it passes on.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("QMS_PROXIES", 1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = env.number("QMS_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("QMS_MAIL_HOST", "localhost")
EMAIL_PORT = env.number("QMS_MAIL_PORT", 587)
EMAIL_HOST_USER = env.text("QMS_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("QMS_MAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("QMS_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
