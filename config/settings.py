"""Every setting, in one file: safe by default, and changed only from the environment."""

from pathlib import Path
from urllib.parse import urlsplit

from environs import Env

env = Env(eager=False)
BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.str("DAYBOOK_VAR", default=str(BASE_DIR / "var")))
HOST = env.str("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
PUBLIC_URL = env.str("PUBLIC_URL", default="")
DEBUG = env.bool("DEBUG", default=False)
WEB_PROCESSES = env.int("WEB_PROCESSES", default=1)
ROOT_KEY = env.str("ROOT_KEY", default="")
ROOT_KEY_FILE = VAR / "root.key"
SECRET_KEY_FILE = VAR / "secret.key"
SECRET_KEY = env.str("SECRET_KEY", default="")
STORAGE_URL = env.str("STORAGE_URL", default=f"file://{VAR / 'files'}")
default_database = env.dj_db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'daybook.sqlite3'}")
keyring_database = env.dj_db_url("KEYRING_URL", default=f"sqlite:///{VAR / 'keyring.sqlite3'}")
email_settings = env.dj_email_url("EMAIL_URL", default="dummymail:")
CACHE_URL = env.str("CACHE_URL", default="")
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="daybook@localhost")
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
WITNESSES = env.list("WITNESSES", default=[])
env.seal()

if not SECRET_KEY and SECRET_KEY_FILE.exists():
    SECRET_KEY = SECRET_KEY_FILE.read_text().strip()

MAIN_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF;"
)
KEYRING_PRAGMAS = (
    "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
)


def database(found: dict, pragmas: str) -> dict:
    """The connection as given, with the durability that a record of this kind needs."""
    ready = dict(found) | {"CONN_MAX_AGE": 60, "ATOMIC_REQUESTS": False}
    if "sqlite3" in ready["ENGINE"]:
        ready["ENGINE"] = "config.sqlite"
        ready["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
        ready["TEST"] = {"NAME": str(VAR / f"test-{Path(ready['NAME']).name}")}
    return ready


DATABASES = {
    "default": database(default_database, MAIN_PRAGMAS),
    "keyring": database(keyring_database, KEYRING_PRAGMAS),
}
DATABASE_ROUTERS = ["schools.models.keyring.KeyRingRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "schools",
    "incidents",
    "casework",
    "reports",
    "allauth",
    "allauth.account",
    "rest_framework",
    "drf_spectacular",
    "simple_history",
    "django_tasks",
    "django_tasks_db",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "schools.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
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
                "schools.web.furniture",
            ],
        },
    },
]
FORM_RENDERER = "schools.formfields.Renderer"

# Sign-in: e-mail and password, nothing else; the password is set by an act, never by a mailed link.
AUTH_USER_MODEL = "schools.User"
AUTHENTICATION_BACKENDS = ["schools.signin.ByEmail"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "schools.signin.StaffOnly"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_SESSION_REMEMBER = False
# "key" is an account and an address together: whoever guesses shuts out nobody elsewhere, and a school that shares one
# address signs in at half past eight.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    # So many from one address count among those from everywhere: twenty addresses are needed to reach the limit.
    "login_failed_from_one": "5/d/key",
    "login_failed_anywhere": "100/d/key",
}
# For so long an address from which somebody signed in is theirs, whatever is tried from elsewhere.
SIGN_IN_ADDRESS_KNOWN_SECONDS = 90 * 24 * 3600
# How many proxies of our own stand in front, each adding an address to X-Forwarded-For; the rest of it is hearsay.
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_PREVENT_ENUMERATION = True

# Sessions hold a hash of the cookie; idle fifteen minutes is too short for a report typed on a phone, so forty.
SESSION_ENGINE = "schools.sessions"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
SESSION_COOKIE_AGE = 40 * 60
SESSION_LONGEST_SECONDS = 10 * 60 * 60  # however busy somebody is, they sign in anew after a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Plain HTTP is served on a loopback address only; there cookies go without Secure. The guard refuses anything else.
LOOPBACK = HOST in {"127.0.0.1", "localhost", "::1"} and not PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"] + ([urlsplit(PUBLIC_URL).hostname] if PUBLIC_URL else [])
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOOPBACK
SESSION_COOKIE_NAME = "daybook" if LOOPBACK else "__Host-daybook"
CSRF_COOKIE_NAME = "daybook-csrf" if LOOPBACK else "__Host-daybook-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # gone with the browser, like the session
CSRF_FAILURE_VIEW = "schools.web.form_expired"
SECURE_HSTS_SECONDS = 0 if LOOPBACK else 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOOPBACK
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = None if LOOPBACK else ("HTTP_X_FORWARDED_PROTO", "https")
# Under "no-referrer" browsers send "Origin: null" with every form, and no form would be accepted.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SELF = ["'self'"]
NONE = ["'none'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": NONE,
        "script-src": SELF,
        "style-src": SELF,
        "img-src": SELF,
        "font-src": SELF,
        "connect-src": SELF,
        "form-action": SELF,
        "base-uri": NONE,
        "frame-ancestors": NONE,
        "object-src": NONE,
    }
}

# Files are sealed while they arrive; Django's own handlers would lay large ones down in clear.
FILE_UPLOAD_HANDLERS = ["schools.uploads.SealingHandler"]
UPLOAD_LIMIT_BYTES = 30 * 1024 * 1024
# What may wait for one person, sent with no report or note yet.
UPLOADS_WAITING_FILES = 60
UPLOADS_WAITING_BYTES = 20 * UPLOAD_LIMIT_BYTES
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

# What is counted of attempts to sign in must not be pushed out by the attempts themselves.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
if CACHE_URL:
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        # Django's own way of writing values runs code when it reads them.
        "OPTIONS": {"serializer": "config.cache.AsJson"},
    }
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Without EMAIL_URL nothing is mailed, and notices wait on the desk alone.
EMAIL_HOST = email_settings["EMAIL_HOST"] or ""
EMAIL_PORT = email_settings["EMAIL_PORT"] or 25
EMAIL_HOST_USER = email_settings["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = email_settings["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = email_settings.get("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 10

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["schools.signin.ByToken", "rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["schools.signin.OwnPassword"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    # A program that runs wild is asked to wait, and nobody who works by hand ever meets this.
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "300/min", "user": "1200/min"},
    "NUM_PROXIES": TRUSTED_PROXIES,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "schools.errors.api_answer",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Daybook",
    "VERSION": "1",
    "DESCRIPTION": "Reading, and acts over the same forms as the pages.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["schools.signin.OwnPassword"],
    "OAS_VERSION": "3.1.0",
    "AUTHENTICATION_WHITELIST": ["rest_framework.authentication.SessionAuthentication"],
    "POSTPROCESSING_HOOKS": ["schools.openapi.complete"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"no_words": {"()": "schools.logs.WithoutWords"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_words"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS = ["security.W008", "security.W004"]
