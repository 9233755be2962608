"""Every setting of the portal. What differs between installations comes from the environment (`.env.example`)."""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from disperin import embedded, logs, province
from disperin.maps.tiles import hosts_of
from disperin.registers.api.schema_names import CHOICES

BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "").lower() in {"1", "true", "yes", "on"}


def _required(name: str, when_debugging: str) -> str:
    value = os.environ.get(name) or (when_debugging if DEBUG else "")
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it in the environment (see .env.example), or start the portal with `make demo`."
        )
    return value


# --- Whose portal it is ----------------------------------------------------------------------------------------------
PROVINCE: province.Province = province.chosen(os.environ, BASE_DIR / "data" / "province")  # PROVINCE, or PROVINCE_DIR

# --- What kind of installation this is -------------------------------------------------------------------------------
DEBUG = _flag("DEBUG")
DEMO = _flag("DEMO")  # sample data may be loaded, and every page says that it is sample data
VAR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var")
SECRET_KEY = _required("SECRET_KEY", "only-for-debugging-on-ones-own-machine-" * 2)
ALLOWED_HOSTS = _required("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
PUBLIC_ORIGIN = os.environ.get("PUBLIC_ORIGIN", "http://127.0.0.1:8000").rstrip("/")
OVOP_SIGNING_KEYS = os.environ.get("OVOP_SIGNING_KEYS", "")  # key id=seed in base64, the newest last: it signs labels
OVOP_RETIRED_KEYS = os.environ.get("OVOP_RETIRED_KEYS", "")  # key id=public key: labels of theirs are still good
BPJPH_URL = os.environ.get("BPJPH_URL", "https://bpjph.halal.go.id")  # certificates are checked there
RELEASE = os.environ.get("RELEASE", "1.0.0")  # part of every cache key: a new release never serves an old page

BEHIND_HTTPS = _flag("BEHIND_HTTPS", default=not (DEBUG or DEMO))
PROXIES = int(os.environ.get("PROXIES") or BEHIND_HTTPS)  # that stand before us and add to X-Forwarded-For

# --- What it is made of ----------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "disperin.jobs",
    "disperin.ui",
    "disperin.history",
    "disperin.regions",
    "disperin.accounts",
    "disperin.attachments",
    "disperin.registers",
    "disperin.submissions",
    "disperin.notices",
    "disperin.tasks",
    "disperin.inquiries",
    "disperin.duplicates",
    "disperin.workbooks",
    "disperin.erasure",
    "disperin.setup",
    "disperin.backups",
    "disperin.front",
    "industries",
    "ovop",
    "zones",
    "disperin.news",
    "disperin.assistance",
    "disperin.units",
    "disperin.commitments",
    "disperin.letters",
    "disperin.supervision",
    "disperin.coverage",
    "disperin.reports",
    "disperin.mydata",
    "disperin.overview",
    "disperin.head",
    "disperin.handbook",
    "disperin.search",
    "disperin.closes",
    "disperin.planning",
    "disperin.ui.admin_app.PortalAdminConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_structlog",
    "django_prometheus",
    "django_tasks",
    "disperin.jobs.apps.TasksConfig",  # django_tasks_db
    "pgtrigger",
    "pghistory",
]
AUTH_USER_MODEL = "accounts.User"
MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "disperin.registers.record.revisions.asked_once",
    "disperin.front.door.Door",  # gives what is kept; whatever changes an answer stands below, so that it is kept too
    "django.middleware.security.SecurityMiddleware",
    "disperin.ui.headers.permissions_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "disperin.accounts.no_store.not_kept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "disperin.registers.api.languages.PortalLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "disperin.accounts.signed_out.SignedOutMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "disperin.accounts.second_factor.SecondFactorMiddleware",
    "disperin.front.request_log.RequestLogMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
    "disperin.registers.api.as_of.AsOfMiddleware",  # the last: it asks the view itself
]
ROOT_URLCONF = "disperin.urls"
WSGI_APPLICATION = "disperin.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "disperin.ui.templatetags.ui",
                "disperin.ui.templatetags.charts",
                "disperin.maps.tags",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "disperin.accounts.context.reader",
                "django.contrib.messages.context_processors.messages",
                "disperin.ui.context.portal",
                "disperin.registers.lists.as_of.shown",
                "disperin.overview.rail.rail",
                "industries.views.kbli.classification",
            ],
        },
    }
]
FORM_RENDERER = "disperin.ui.forms.PortalFormRenderer"

# --- Where things are kept -------------------------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.parse(
        # the database that comes along serves the demo and developers; an installation names its own
        embedded.database_url(purpose="demo") if DEBUG or DEMO else _required("DATABASE_URL", ""),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
# Lists join many small tables of names: weighing every order of the joins took longer than the query itself.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c join_collapse_limit=4")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = os.environ.get("REDIS_URL", "")
CACHES = {
    # "default" is shared by all workers (throttles, sign-in limits); "pages" is each worker's own, keyed by revision
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},  # with few, whoever guesses under many names would push out the counts
    },
    "pages": {"BACKEND": "disperin.registers.lists.memory.BoundMemory", "OPTIONS": {"MAX_ENTRIES": 5000}},
}
PGHISTORY_APPEND_ONLY = True  # versions of records are written by the database and never changed
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # a table: a job is ordered with its cause
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT") or VAR / "media")
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or VAR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "disperin.ui.finders.FrontEndPackages",
    "disperin.ui.finders.NeededStyles",
    "disperin.ui.finders.ProvinceFiles",
]
_HASHED, _AS_THEY_ARE = "disperin.ui.static_files.HashedFiles", "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "disperin.attachments.storage.WholeFiles"},
    "staticfiles": {"BACKEND": _AS_THEY_ARE if DEBUG else _HASHED},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["jpg", "jpeg", "png", "gif", "webp", "gz", "br", "woff2", "map"]
# Where maps fetch their background, such as https://tiles.example.org/{z}/{x}/{y}.png; without it they draw boundaries
MAP_TILES = os.environ.get("MAP_TILES", "").strip()
MAP_TILES_CREDIT = os.environ.get("MAP_TILES_CREDIT", "")
try:
    MAP_TILE_HOSTS = hosts_of(MAP_TILES)
except ValueError as error:
    raise ImproperlyConfigured(f"MAP_TILES {error}") from error
REFERENCE_DATA = BASE_DIR / "data" / "reference"  # of the whole country

# --- Language and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = PROVINCE.time_zone

# --- Accounts --------------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Argon2", "PBKDF2")]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "overview:summary"
ACCOUNT_ADAPTER = "disperin.accounts.signing_in.PortalAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
# Wrong passwords: ten a minute from one address; five in five minutes for one account from one address, then it is shut
# to that address for as long (`accounts/signing_in.py`). What the page and docs/how-to/deploy.md say follows from it.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_FORMS = {
    "login": "disperin.accounts.forms.SignInForm",
    "reset_password": "disperin.accounts.forms.ForgottenPasswordForm",
}
# office computers are shared: a session ends with the browser, or with the working day
ACCOUNT_SESSION_REMEMBER = False
# allauth's own generator keeps old addresses, which then still open the account: Django's knows the present one only.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 (a path)
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers, and there is no sign-up to point to
REQUIRE_SECOND_FACTOR = _flag("REQUIRE_SECOND_FACTOR", default=not (DEBUG or DEMO))
MFA_TOTP_ISSUER = PROVINCE.office_short
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

# --- E-mail ----------------------------------------------------------------------------------------------------------
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_PORT = int(os.environ.get("EMAIL_PORT") or 587)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "portal@localhost")

# --- API -------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "disperin.accounts.api_tokens.PortalTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["disperin.registers.api.parsing.ObjectParser"],
    "DEFAULT_FILTER_BACKENDS": ["disperin.registers.lists.filters.PortalFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "disperin.registers.api.pagination.RecordCursorPagination",
    "PAGE_SIZE": 25,
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "disperin.registers.api.parsing.AlwaysJson",
    "DEFAULT_METADATA_CLASS": None,  # the description of the API says it all; OPTIONS is not answered
    "DEFAULT_SCHEMA_CLASS": "disperin.registers.api.schema.PortalSchema",
    "COERCE_DECIMAL_TO_STRING": False,
    "DEFAULT_THROTTLE_CLASSES": [
        "disperin.registers.api.throttling.VisitorThrottle",
        "disperin.registers.api.throttling.PersonThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": os.environ.get("API_RATE_ANONYMOUS", "120/min"),
        "user": os.environ.get("API_RATE_USER", "600/min"),
        "inquiries": os.environ.get("INQUIRY_RATE", "20/hour"),
        "pictures": os.environ.get("PICTURE_RATE", "30/min"),
        "exports": os.environ.get("EXPORT_RATE", "12/min"),
        "unfound": "30/hour",  # searches in vain whose words are counted, from one address
    },
    "NUM_PROXIES": PROXIES,  # whose address counts for the limits
    "EXCEPTION_HANDLER": "disperin.desk.problems.answer",
    "DATETIME_FORMAT": "iso-8601",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
KNOX_TOKEN_MODEL = "accounts.ApiKey"  # noqa: S105 (hardcoded-password-string): the name of a model
MIGRATION_MODULES = {"knox": None}  # its own table would stand empty beside ours
REST_KNOX = {"TOKEN_TTL": None, "AUTO_REFRESH": False, "TOKEN_LIMIT_PER_USER": 10}
SPECTACULAR_SETTINGS = {
    "TITLE": f"Portal Industri {PROVINCE.name.id}",
    "DESCRIPTION": f"Registers of the industries of {PROVINCE.name.en}, and the submissions that change them. Each "
    "record says by `origin` whether it was verified. Calls without a padlock are open to everybody.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": CHOICES,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_SETTINGS": "{deepLinking: true, plugins: [openToVisitors]}",  # as JavaScript; static/js/api-docs.js
}

# --- Safety ----------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *MAP_TILE_HOSTS],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation",
        "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "serial", "usb",
    )
)  # fmt: skip
SECURE_SSL_REDIRECT = BEHIND_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked from inside, past the proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_HTTPS
SECURE_HSTS_PRELOAD = BEHIND_HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
SESSION_ENGINE = "disperin.accounts.session_store"
SESSION_COOKIE_AGE = 60 * 60 * 10  # a working day
SESSION_SAVE_EVERY_REQUEST = False
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "disperin.front.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
ATTACHMENT_LIMIT = 10 * 1024 * 1024  # bytes of one photo or document
# how long after its end an inquiry keeps message, name and contact of its sender; `housekeeping` then erases them
INQUIRY_SENDERS_KEPT_FOR = timedelta(days=int(os.environ.get("INQUIRY_SENDERS_KEPT_DAYS") or 180))
WORKBOOK_LIMIT = 50 * 1024 * 1024  # bytes of one file of rows
WORKBOOK_KEPT_DAYS = int(os.environ.get("WORKBOOK_KEPT_DAYS") or 30)  # how long the rows of such a file are kept
LONGEST_LEAVE_DAYS = int(os.environ.get("LONGEST_LEAVE_DAYS") or 92)  # for which somebody says that another stands in
EXPORT_KEPT_DAYS = int(os.environ.get("EXPORT_KEPT_DAYS") or 7)  # how long an export is kept for its owner

# --- Operation -------------------------------------------------------------------------------------------------------
BACKUP_TO = os.environ.get("BACKUP_TO", "")  # a folder, or s3://bucket/prefix
BACKUP_RECIPIENTS = os.environ.get("BACKUP_RECIPIENTS", "")  # public keys of age; without, backups are not encrypted
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")  # without it there is no /metrics
LOGGING = logs.logging(readable=DEBUG or DEMO, level=os.environ.get("LOG_LEVEL") or "WARNING")
SENTRY_DSN = os.environ.get("SENTRY_DSN", "")
if SENTRY_DSN:
    import sentry_sdk  # loaded only where it is used

    # neither bodies nor variables: both hold what visitors write of themselves
    sentry_sdk.init(
        SENTRY_DSN,
        release=RELEASE,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
    )
