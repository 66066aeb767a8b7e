"""All settings, read from the environment; ``docs/settings.md`` describes each variable."""

from datetime import time
from pathlib import Path

import dj_database_url
import django_stubs_ext
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _
from environs import Env

from landscape.cache_address import cache_url
from landscape.embedded import paths

# Lets Django's generic classes take their type parameter at run time (ModelAdmin[Item]).
django_stubs_ext.monkeypatch()

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# The image sets it; run.py and the tests leave it at the default.
PRODUCTION = env.bool("STRATA_PRODUCTION", default=False)
DEBUG = env.bool("DEBUG", default=False)

SECRET_KEY = env.str("SECRET_KEY", default="")
# What Django's own check asks for (security.W009), which is no error and warns only who runs it.
SECRET_KEY_LEAST_LENGTH = 50
if PRODUCTION and len(SECRET_KEY) < SECRET_KEY_LEAST_LENGTH:
    state = f"has {len(SECRET_KEY)} characters" if SECRET_KEY else "is not set"
    message = f"SECRET_KEY {state}; production needs at least {SECRET_KEY_LEAST_LENGTH} random ones."
    raise ImproperlyConfigured(message)
if not SECRET_KEY:
    # run.py keeps one under .strata/, so that a restart logs nobody out; else each process has its own.
    key_file = paths.home() / "secret_key"
    SECRET_KEY = key_file.read_text().strip() if key_file.is_file() else get_random_secret_key()
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# The address in links of feeds, e-mails and the sitemap when no request is at hand.
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "django_htmx",
    "template_partials",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "projects",
    "metrics",
    "market",
    "knowledge",
    "accounts",
    "sources",
    "web",
    "api",
]

MIDDLEWARE = [
    "web.request_times.RequestTimesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "web.database_away.DatabaseAwayMiddleware",
]

ROOT_URLCONF = "landscape.urls"
WSGI_APPLICATION = "landscape.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.context_processors.site",
            ],
        },
    },
]

DATABASE_URL = env.str("DATABASE_URL", default="") or paths.database_url()
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)}
# A server that does not answer is away after five seconds; what the URL says, such as sslmode, wins.
DATABASES["default"]["OPTIONS"] = {
    "application_name": "strata",
    "connect_timeout": 5,
    **DATABASES["default"].get("OPTIONS", {}),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "map"
SIGN_UP_OPEN = env.bool("SIGN_UP_OPEN", default=True)

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.path("STATIC_ROOT", default=paths.home() / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

# --- Security headers. No page has an inline script or style, or contacts another host.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# Whether subdomains may be asked by HTTP, and whether browsers list the domain, is the operator's to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

EMAIL_BACKEND = env.str("EMAIL_BACKEND", default="django.core.mail.backends.console.EmailBackend")
if email_url := env.str("EMAIL_URL", default=""):
    vars().update(env.dj_email_url("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="strata@localhost")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": [
        "rest_framework.renderers.JSONRenderer",
        "api.renderers.CsvRenderer",
    ],
    "DEFAULT_FILTER_BACKENDS": [],
    "DEFAULT_PAGINATION_CLASS": "api.pagination.PageNumberPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "api.negotiation.FormatNegotiation",
    "DEFAULT_THROTTLE_CLASSES": ["api.throttling.AnonymousThrottle", "api.throttling.UserThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.str("API_RATE_ANONYMOUS", default="600/min"),
        "user": env.str("API_RATE_USER", default="3000/min"),
    },
    "NUM_PROXIES": env.int("TRUSTED_PROXIES", default=0),
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Strata API",
    "VERSION": "1",
    "DESCRIPTION": "The cloud-native landscape on any day since 2018. Read-only, without an account; the token of one, sent as "
    "`Authorization: Bearer strata_…`, raises the number of requests a minute.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "api.schema.simplify_contents"],
    "ENUM_NAME_OVERRIDES": {
        "ItemKindEnum": "projects.models.ItemKind",
        "ChangeKindEnum": "projects.models.ChangeKind",
        "OrganizationKindEnum": "projects.models.OrganizationKind",
        "QualifierEnum": "market.models.Qualifier",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="") or paths.broker_url()
CELERY_TIMEZONE = "UTC"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A task may run for ten minutes at most; a killed worker's task is handed out again after fifteen.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
}

# Shared by all processes: what the API counts against its limits. "process" serves while that server does not answer.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.str("CACHE_URL", default="") or cache_url(CELERY_BROKER_URL),
        "KEY_PREFIX": "strata",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# The landscape repository that beat reads every night; empty: none.
LANDSCAPE_SOURCE = env.str("LANDSCAPE_SOURCE", default="")
# Where repositories are brought to: the configured one for good, others for the time of their import.
LANDSCAPE_FOLDER = paths.home() / "landscape"
# How to speak of an imported landscape whose terms are not known; empty: as the import found them.
LANDSCAPE_NAME = env.str("LANDSCAPE_NAME", default="")
LANDSCAPE_LICENCE = env.str("LANDSCAPE_LICENCE", default="")
LANDSCAPE_ATTRIBUTION = env.str("LANDSCAPE_ATTRIBUTION", default="")
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {}
if LANDSCAPE_SOURCE:
    CELERY_BEAT_SCHEDULE["refresh-landscape"] = {
        "task": "sources.tasks.refresh_landscape",
        "schedule": crontab(minute="30", hour="1"),
    }

# What the nightly metrics are read with; without a token nothing is.
GITHUB_TOKEN = env.str("GITHUB_TOKEN", default="")
GITHUB_API_URL = env.str("GITHUB_API_URL", default="") or "https://api.github.com"
# Points and requests of each hour that stay for others with the same token.
GITHUB_BUDGET_LEFT = env.int("GITHUB_BUDGET_LEFT", default=500)
# REST requests that contributor counts and star history may each make a night.
GITHUB_REST_REQUESTS = env.int("GITHUB_REST_REQUESTS", default=2000)
# What Prometheus shows to read /metrics from another machine; empty: this machine alone reads it.
PROMETHEUS_TOKEN = env.str("PROMETHEUS_TOKEN", default="").strip()
METRICS_TIME = env.time("METRICS_TIME", default=time(2))
CELERY_BEAT_SCHEDULE["start-metrics-run"] = {
    "task": "sources.tasks.start_metrics_run",
    "schedule": crontab(minute=str(METRICS_TIME.minute), hour=str(METRICS_TIME.hour)),
}
# Opens what is due and takes over what a dead worker left; messages nobody took in time are of no use.
CELERY_BEAT_SCHEDULE["tend-metrics-runs"] = {
    "task": "sources.tasks.tend_metrics_runs",
    "schedule": 60.0,
    "options": {"expires": 55},
}
# Once a day for each person; the later hours are for what an earlier one could not send.
CELERY_BEAT_SCHEDULE["send-watch-digests"] = {
    "task": "sources.tasks.send_watch_digests",
    "schedule": crontab(minute="10", hour="6-23"),
    "options": {"expires": 3000},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"hide_feed_tokens": {"()": "landscape.log_secrets.HideFeedTokens"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["hide_feed_tokens"]},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # A line for each request would bury what a run says of itself.
    "loggers": {"httpx": {"level": "WARNING"}, "httpcore": {"level": "WARNING"}},
}
