"""All settings of the portal, read once from the environment. `.env.example` lists every name with its meaning."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from django.core.exceptions import ImproperlyConfigured

django_stubs_ext.monkeypatch()
env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent


def secret(name: str, default: str = "") -> str:
    """The secret `name`, from the file that `NAME_FILE` points at where that is set."""
    path = env.str(f"{name}_FILE", default="")
    return Path(path).read_text().strip() if path else env.str(name, default=default)


DEBUG = env.bool("PORTAL_DEBUG", default=False)
SECRET_KEY = secret("PORTAL_SECRET_KEY")
if not SECRET_KEY:
    raise ImproperlyConfigured("PORTAL_SECRET_KEY is not set; ./run makes one by itself.")

PORTAL_PORT = env.int("PORTAL_PORT", default=8000)
PORTAL_LINK_PORT = env.int("PORTAL_LINK_PORT", default=8001)
PORTAL_DATA_DIR = Path(env.str("PORTAL_DATA_DIR", default=str(BASE_DIR / ".data")))
PORTAL_BASE_URL = env.str("PORTAL_BASE_URL", default=f"http://localhost:{PORTAL_PORT}").rstrip("/")
PORTAL_LINK_URL = env.str("PORTAL_LINK_URL", default=f"http://localhost:{PORTAL_LINK_PORT}").rstrip("/")
PORTAL_PROCESS = env.str("PORTAL_PROCESS", default="web")
PORTAL_PROCESS_PORT = env.int("PORTAL_PROCESS_PORT", default=0)
PORTAL_PROCESS_HOST = env.str("PORTAL_PROCESS_HOST", default="127.0.0.1")
PORTAL_METRICS_TOKEN = secret("PORTAL_METRICS_TOKEN")
PORTAL_METRICS_NETWORKS = env.list("PORTAL_METRICS_NETWORKS", default=["127.0.0.0/8", "::1/128"])
PORTAL_ALLOW_PRIVATE_TARGETS = env.bool("PORTAL_ALLOW_PRIVATE_TARGETS", default=False)
PORTAL_PRIVATE_TARGETS = env.list("PORTAL_PRIVATE_TARGETS", default=[])
PORTAL_SELF_WEB_URL = env.str("PORTAL_SELF_WEB_URL", default=f"http://127.0.0.1:{PORTAL_PORT}")
PORTAL_SELF_LINK_URL = env.str("PORTAL_SELF_LINK_URL", default=f"http://127.0.0.1:{PORTAL_LINK_PORT}")
PORTAL_TRUSTED_PROXIES = env.int("PORTAL_TRUSTED_PROXIES", default=0)
PORTAL_UNKNOWN_LINKS_PER_MINUTE = env.int("PORTAL_UNKNOWN_LINKS_PER_MINUTE", default=120)
PORTAL_ADMIN_EMAIL = env.str("PORTAL_ADMIN_EMAIL", default="admin@example.com")
PORTAL_ADMIN_PASSWORD = secret("PORTAL_ADMIN_PASSWORD")
PORTAL_OPEN_SIGNUP = env.bool("PORTAL_OPEN_SIGNUP", default=False)
PORTAL_CLICK_RETENTION_DAYS = env.int("PORTAL_CLICK_RETENTION_DAYS", default=90)
PORTAL_TRASH_DAYS = env.int("PORTAL_TRASH_DAYS", default=30)
PORTAL_DEADMAN_URL = env.str("PORTAL_DEADMAN_URL", default="")
PORTAL_INCOMING_RETENTION_DAYS = env.int("PORTAL_INCOMING_RETENTION_DAYS", default=14)
PORTAL_DUTY_RISK_HEAD_START_DAYS = env.int("PORTAL_DUTY_RISK_HEAD_START_DAYS", default=7)
PORTAL_DUTY_NIGHT_INTERRUPTS = env.int("PORTAL_DUTY_NIGHT_INTERRUPTS", default=2)
PORTAL_DUTY_WEEKS_PERCENT = env.int("PORTAL_DUTY_WEEKS_PERCENT", default=25)
PORTAL_DUTY_WEEKENDS = env.int("PORTAL_DUTY_WEEKENDS", default=4)
PORTAL_PDF_FONTS = env.list("PORTAL_PDF_FONTS", default=[])
PORTAL_MINUTE_RETENTION_DAYS = env.int("PORTAL_MINUTE_RETENTION_DAYS", default=7)
PORTAL_LOCATION = env.str("PORTAL_LOCATION", default="main")
PORTAL_PROBE_ROUNDS = env.int("PORTAL_PROBE_ROUNDS", default=1)
PORTAL_BLOCKLIST_BANS = env.bool("PORTAL_BLOCKLIST_BANS", default=False)
PORTAL_DEAD_LINK_CHECKS = env.bool("PORTAL_DEAD_LINK_CHECKS", default=True)
PORTAL_DEAD_LINK_RATE = env.float("PORTAL_DEAD_LINK_RATE", default=5.0)
PORTAL_CREATIONS_PER_TOKEN = env.str("PORTAL_CREATIONS_PER_TOKEN", default="600/min")
PORTAL_CREATIONS_PER_CLIENT = env.str("PORTAL_CREATIONS_PER_CLIENT", default="60/min")
PORTAL_REPORTS_PER_CLIENT = env.str("PORTAL_REPORTS_PER_CLIENT", default="5/min")
PORTAL_CHANNEL_TIMEOUT = env.float("PORTAL_CHANNEL_TIMEOUT", default=10.0)
PORTAL_TWILIO_ACCOUNT_SID = env.str("PORTAL_TWILIO_ACCOUNT_SID", default="")
PORTAL_TWILIO_AUTH_TOKEN = secret("PORTAL_TWILIO_AUTH_TOKEN")
PORTAL_TWILIO_FROM = env.str("PORTAL_TWILIO_FROM", default="")
PORTAL_TWILIO_URL = env.str("PORTAL_TWILIO_URL", default="https://api.twilio.com").rstrip("/")
PORTAL_TELEGRAM_TOKEN = secret("PORTAL_TELEGRAM_TOKEN")
PORTAL_TELEGRAM_WEBHOOK_SECRET = secret("PORTAL_TELEGRAM_WEBHOOK_SECRET")
PORTAL_TELEGRAM_URL = env.str("PORTAL_TELEGRAM_URL", default="https://api.telegram.org").rstrip("/")
PORTAL_PUSHOVER_TOKEN = secret("PORTAL_PUSHOVER_TOKEN")
PORTAL_PUSHOVER_URL = env.str("PORTAL_PUSHOVER_URL", default="https://api.pushover.net").rstrip("/")
PORTAL_NTFY_URL = env.str("PORTAL_NTFY_URL", default="https://ntfy.sh").rstrip("/")
PORTAL_NTFY_TOKEN = secret("PORTAL_NTFY_TOKEN")
PORTAL_SLACK_SIGNING_SECRET = secret("PORTAL_SLACK_SIGNING_SECRET")
PORTAL_MATTERMOST_TOKENS = [token for token in secret("PORTAL_MATTERMOST_TOKENS").split(",") if token]

_base = urlsplit(PORTAL_BASE_URL)
PORTAL_MAIL_PORT = env.int("PORTAL_MAIL_PORT", default=0)
PORTAL_MAIL_LISTEN = env.str("PORTAL_MAIL_LISTEN", default="127.0.0.1")
PORTAL_MAIL_HOST = env.str("PORTAL_MAIL_HOST", default=_base.hostname or "localhost")
PORTAL_MAIL_TLS_CERTIFICATE = env.str("PORTAL_MAIL_TLS_CERTIFICATE", default="")
PORTAL_MAIL_TLS_KEY = env.str("PORTAL_MAIL_TLS_KEY", default="")
SECURE = _base.scheme == "https"
ALLOWED_HOSTS = [
    _base.hostname or "localhost",
    "localhost",
    "127.0.0.1",
    "[::1]",
    *env.list("PORTAL_EXTRA_HOSTS", default=[]),
]
CSRF_TRUSTED_ORIGINS = [PORTAL_BASE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "django_prometheus",
    "django_structlog",
    "csp",
    "portal.lib",
    "portal.accounts",
    "portal.catalog",
    "oncall",
    "shortener",
    "slo",
    "incidents",
    "postmortems",
    "portal.home",
    "portal.reports",
    "portal.chat",
    "portal.seed",
    "portal.apps.PortalConfig",
]

MIDDLEWARE = [
    "portal.lib.requests.RequestIdMiddleware",
    "portal.lib.metrics.red.RequestMetricsMiddleware",
    "portal.lib.uploads.BodySizeMiddleware",
    "portal.lib.refusals.ControlCharacterMiddleware",
    "portal.lib.machines.MachineMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.lib.refusals.SlashMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.middleware.SessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.accounts.middleware.ActorMiddleware",
    "portal.lib.ui.middleware.TimeZoneMiddleware",
    "portal.lib.errors_middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {"default": env.db_url_config(secret("DATABASE_URL", "postgresql://portal@127.0.0.1:5432/portal"))}
DATABASES["default"] |= {
    "ENGINE": "django_prometheus.db.backends.postgresql",
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "DISABLE_SERVER_SIDE_CURSORS": True,
    "TEST": {"NAME": f"test_{env.str('PORTAL_TEST_NAME', default='portal')}"},
}
DATABASES["default"].setdefault("OPTIONS", {})
# A host that vanishes says no word: without these a pager would wait for minutes on a connection that is dead.
NOTICED = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 20_000}
DATABASES["default"]["OPTIONS"] |= {"connect_timeout": 5, "application_name": f"portal-{PORTAL_PROCESS}", **NOTICED}

REDIS_URL = secret("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": f"portal-{env.str('PORTAL_TEST_NAME', default='')}",
        "OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1, "IGNORE_EXCEPTIONS": True},
    }
}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "slo.tasks.run_probes_due": {"queue": "probes"},
    "shortener.tasks.drain_segments_due": {"queue": "clicks"},
    "portal.reports.tasks.*": {"queue": "reports"},
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_connect_timeout": 2}
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 150
CELERY_TASK_ALWAYS_EAGER = env.bool("PORTAL_TASKS_EAGER", default=False)
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "portal.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _base.scheme
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"login_webauthn": "portal.accounts.forms.PasskeySignInForm"}
MFA_TOTP_ISSUER = "SRE portal"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
USERSESSIONS_TRACK_ACTIVITY = True
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE and env.bool("PORTAL_SSL_REDIRECT", default=False)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if env.bool("PORTAL_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = PORTAL_TRUSTED_PROXIES

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

EMAIL_BACKEND = env.str("PORTAL_EMAIL_BACKEND", default="django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.str("PORTAL_EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("PORTAL_EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("PORTAL_EMAIL_USER", default="")
EMAIL_HOST_PASSWORD = secret("PORTAL_EMAIL_PASSWORD")
EMAIL_USE_TLS = env.bool("PORTAL_EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("PORTAL_EMAIL_FROM", default="SRE portal <portal@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("PORTAL_STATIC_ROOT", default=str(PORTAL_DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": env.str("PORTAL_STATIC_STORAGE", default="portal.lib.static_files.StaticFiles")},
}
WHITENOISE_MANIFEST_STRICT = False

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "portal.accounts.api.authentication.TokenAuthentication",
        "portal.accounts.api.authentication.SessionActorAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["portal.accounts.api.permissions.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["portal.lib.api.parsers.BoundedJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "portal.lib.api.pagination.CursorPages",
    "DEFAULT_SCHEMA_CLASS": "portal.lib.api.schema.PortalSchema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_THROTTLE_CLASSES": ["portal.accounts.api.throttles.TokenThrottle"],
    "DEFAULT_THROTTLE_RATES": {"token": env.str("PORTAL_API_RATE", default="6000/min")},
    "EXCEPTION_HANDLER": "portal.lib.api.problems.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "SRE portal",
    "DESCRIPTION": "Links, services, SLOs, alerts, on-call, incidents, postmortems, reports. Errors are problem+json.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SORT_OPERATIONS": True,
    "ENUM_NAME_OVERRIDES": {
        "TeamRoleEnum": "portal.accounts.domain.roles.CHOICES",
        "OncallRoleEnum": "oncall.models.schedules.ROLE_CHOICES",
        "IncidentRoleEnum": "incidents.domain.roles.CHOICES",
        "ActionItemStateEnum": "postmortems.domain.actions.CHOICES",
        "PostmortemStateEnum": "postmortems.domain.states.CHOICES",
        "WeekdayEnum": "oncall.domain.restrictions.WEEKDAYS",
        "AlertClassEnum": "oncall.domain.alert_states.SEVERITIES",
        "LinkStateEnum": ["active", "disabled"],
        "SloStateEnum": "slo.api.slo_fields.STATES",
        "ForecastStateEnum": ["growing", "flat", "shrinking", "noisy", "insufficient_data"],
        "HeartbeatStateEnum": "slo.api.heartbeats.STATE_KEYS",
        "PlanStepStatusEnum": "slo.models.capacity_plans.STATUSES",
        "ReleaseStatusEnum": "slo.models.releases.STATUSES",
        "VerdictEnum": "slo.models.gates.VERDICTS",
    },
    "SERVE_AUTHENTICATION": ["portal.accounts.api.authentication.SessionActorAuthentication"],
    "SERVE_PERMISSIONS": [],
}

PROMETHEUS_EXPORT_MIGRATIONS = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "portal.lib.logs.JsonFormatter"}},
    "filters": {"quiet_probes": {"()": "portal.lib.logs.QuietProbes"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["quiet_probes"]}},
    "root": {"handlers": ["stderr"], "level": env.str("PORTAL_LOG_LEVEL", default="INFO")},
    "loggers": {"django.server": {"handlers": ["stderr"], "propagate": False}},
}
