"""Settings of the portal, all read from the environment (`.env.example` lists them)."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from gamsumo_portal import postgres

# Lets classes name what they hold, `FormView[RegistrationForm]`, at run time too.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

# --- Where and how the portal runs ------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
# scripts/run writes a generated key to var/secret-key; a server sets SECRET_KEY itself.
_SECRET_KEY_FILE = BASE_DIR / "var" / "secret-key"
SECRET_KEY = env.str("SECRET_KEY", default="") or (
    _SECRET_KEY_FILE.read_text().strip() if _SECRET_KEY_FILE.is_file() else ""
)
HOST = env.str("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
# Links in messages come from here, never from the Host header.
_REACHED_AS = "localhost" if HOST in {"0.0.0.0", "::", ""} else HOST  # noqa: S104 - compared, not bound
SITE_URL = env.str("SITE_URL", default="").rstrip("/") or f"http://{_REACHED_AS}:{PORT}"
_SITE = urlsplit(SITE_URL)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[]) or [_SITE.hostname or HOST, "127.0.0.1", "localhost", "[::1]"]
IS_HTTPS = _SITE.scheme == "https"

INSTALLED_APPS = [
    "core",
    "accounts",
    "regions",
    "outbox",
    "seminars",
    "participants",
    "materials",
    "press",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_q",
    "simple_history",
]

MIDDLEWARE = [
    "core.middleware.DatabaseOutageMiddleware",
    "core.middleware.RequestShapeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.PrefixLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.StaffLanguageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gamsumo_portal.urls"
WSGI_APPLICATION = "gamsumo_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database ---------------------------------------------------------------------------------------------------
DATABASE_IS_EMBEDDED = not env.str("DATABASE_URL", default="")
# Limits in order (rules.md, Pages 7): connection 3 s, lock 3 s, statement 5 s; then the proxy's 35 s.
_CONNECTION_OPTIONS = {
    "connect_timeout": 3,
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "options": "-c lock_timeout=3s -c statement_timeout=5s -c idle_in_transaction_session_timeout=10s",
}
_SERVER: dict[str, Any] = dict(postgres.connection_settings()) if DATABASE_IS_EMBEDDED else env.db("DATABASE_URL")
DATABASES = {
    "default": {
        **_SERVER,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": _CONNECTION_OPTIONS | dict(_SERVER.get("OPTIONS", {})),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Staff accounts ---------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "core.views.too_many_attempts"
# Addresses of the proxies in front of the portal, named and never guessed; none means that it is reached directly.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
AXES_CLIENT_IP_CALLABLE = "core.clients.client_address"
# History pages show what changed and never write an old version back.
SIMPLE_HISTORY_REVERT_DISABLED = True

# --- Languages and time -----------------------------------------------------------------------------------------
LANGUAGE_CODE = "ky"
LANGUAGES = [("ky", _("Kyrgyz")), ("ru", _("Russian"))]
# Words of packages that their own catalogues lack or get wrong are apart, so that makemessages leaves them alone.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "packages"]
FORMAT_MODULE_PATH = ["core.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Bishkek"

# --- Files ------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# The group may read what is uploaded, so that nginx can send it; the rest of the machine may not.
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o640, 0o750
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# With a bucket named, files live in S3-style storage; AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are its keys.
if _BUCKET := env.str("FILES_BUCKET", default=""):
    STORAGES["default"] = {
        "BACKEND": "materials.buckets.Bucket",
        "OPTIONS": {
            "bucket_name": _BUCKET,
            "endpoint_url": env.str("FILES_BUCKET_ENDPOINT", default="") or None,
            "region_name": env.str("FILES_BUCKET_REGION", default="") or None,
            "default_acl": None,
            "file_overwrite": False,
        },
    }
# Where nginx itself hands out MEDIA_ROOT when the portal tells it to (X-Accel-Redirect); empty: the portal sends files.
FILES_INTERNAL_LOCATION = env.str("FILES_INTERNAL_LOCATION", default="")
# The virus scanner: tcp://host:3310 or unix:///run/clamav/clamd.ctl; empty: files are not scanned.
CLAMD_URL = env.str("CLAMD_URL", default="")
MATERIALS_MAX_FILE_BYTES = env.int("MATERIALS_MAX_FILE_MB", default=50) * 1024 * 1024
# What one request of staff may bring, several files at once; nginx takes a little more (deploy/nginx-site.conf).
UPLOAD_MAX_REQUEST_BYTES = 4 * MATERIALS_MAX_FILE_BYTES
MATERIALS_MAX_UNPACKED_BYTES = 4 * MATERIALS_MAX_FILE_BYTES
MATERIALS_MAX_PIXELS = 25_000_000
WHITENOISE_MAX_AGE = 31_536_000
# A page without its look beats no page, should a file be missing from the manifest.
WHITENOISE_MANIFEST_STRICT = False

# --- Messages and jobs ------------------------------------------------------------------------------------------
# No EMAIL_URL: messages wait in the outbox and the admin says so.
EMAIL_IS_CONFIGURED = bool(env.str("EMAIL_URL", default=""))
if EMAIL_IS_CONFIGURED:
    _EMAIL = env.email_url("EMAIL_URL")
    EMAIL_BACKEND = _EMAIL["EMAIL_BACKEND"]
    EMAIL_HOST = _EMAIL["EMAIL_HOST"]
    EMAIL_PORT = _EMAIL["EMAIL_PORT"]
    EMAIL_HOST_USER = _EMAIL["EMAIL_HOST_USER"] or ""
    EMAIL_HOST_PASSWORD = _EMAIL["EMAIL_HOST_PASSWORD"] or ""
    EMAIL_USE_TLS = _EMAIL.get("EMAIL_USE_TLS", False)
    EMAIL_USE_SSL = _EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"seminar@{_SITE.hostname or 'localhost'}")

Q_CLUSTER = {
    "name": "gamsumo_portal",
    "orm": "default",
    "workers": 1,
    "timeout": 90,
    "retry": 120,
    "max_attempts": 3,
    "ack_failures": False,
    "catch_up": False,
    "poll": 0.5,
    "save_limit": 500,
    "label": "django-q",
}

# --- Safety -----------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb")
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# A message shown to staff in a frame says so itself.
X_FRAME_OPTIONS = "DENY"
# Cookies, HSTS and the redirect follow the scheme of SITE_URL.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
SILENCED_SYSTEM_CHECKS: list[str] = []

# --- Logs: to standard error, with the tokens of personal links masked --------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"mask_tokens": {"()": "core.logs.MaskTokens"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["mask_tokens"]}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}

# --- Who answers for the portal, and where state sites must link to (rules.md, Pages 5) ----------------------------
CONTACT_PHONE = env.str("CONTACT_PHONE", default="")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")
AGENCY_SITE = env.str("AGENCY_SITE", default="https://mkk.gov.kg/")
APPEALS_URL = env.str("APPEALS_URL", default="http://www.kattar.kg/")
ANTICORRUPTION_URL = env.str("ANTICORRUPTION_URL", default="https://mkk.gov.kg/")

# --- Rules that an administrator may tune -------------------------------------------------------------------------
# Until when on the first day a holder may send somebody else (rules.md, Registering 6).
SUBSTITUTION_UNTIL = env.str("SUBSTITUTION_UNTIL", default="09:00")
