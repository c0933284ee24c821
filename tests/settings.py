"""The portal's settings with what tests must not do: talk outside, hash slowly, depend on built files."""

import os

from gamsumo_portal.settings import *  # noqa: F403
from gamsumo_portal.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE

SECRET_KEY = "only-for-tests-" * 4
SITE_URL = "http://testserver"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
# A test must not meet the pooling that a server wants.
DATABASES["default"]["CONN_MAX_AGE"] = 0
# A busy machine must not turn patience into failures; the real limits have tests of their own.
DATABASES["default"]["OPTIONS"] |= {
    "connect_timeout": 30,
    "options": "-c lock_timeout=30s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s",
}
DEBUG = False
SECURE_SSL_REDIRECT = False
# Runs side by side on one machine take databases of their own.
if suffix := os.environ.get("TEST_DATABASE_SUFFIX"):
    DATABASES["default"]["TEST"] = {"NAME": f"test_portal_{suffix}"}

# A page that asks the database row by row fails its test; what writes locks and reads rows again on purpose.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["tests.watching.watch_reading", *MIDDLEWARE]
ZEAL_ALLOWLIST = [
    {"model": "*.Historical*"},  # simple-history's page compares the versions it lists, pair by pair
    {"model": "sessions.Session"},  # Django looks up a session again that it finds to be over
]
