"""CineHub's settings, from the environment (.env.example), in the order of Django's reference."""

from pathlib import Path
from urllib.parse import urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from cinehub.kit import env

BASE_DIR = Path(__file__).resolve().parent.parent

# What this installation writes: database, mirrored images, queue, secret.
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var")


def _secret_key() -> str:
    file = DATA_DIR / "secret-key"
    secret = env.text("SECRET_KEY") or (file.read_text().strip() if file.exists() else "")
    if len(secret) < 50:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing or short: it should be 50 or more random characters"
            " (`make install` writes some into var/secret-key for development)."
        )
    return secret


# --- Where the site is ---------------------------------------------------------------------------
DEBUG = env.flag("DEBUG")
SECRET_KEY = _secret_key()
SITE_URL = env.url("SITE_URL", f"http://127.0.0.1:{env.number('PORT', 8000, least=1, most=65535)}")
_site = urlsplit(SITE_URL)
ALLOWED_HOSTS = [
    *env.words("ALLOWED_HOSTS", ("127.0.0.1", "localhost", "[::1]")),
    _site.hostname or "",
]
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", (f"{_site.scheme}://{_site.netloc}",))

# --- Caches --------------------------------------------------------------------------------------
REDIS_URL = env.url("REDIS_URL", schemes=("redis", "rediss"))
_REDIS_OPTIONS = {
    "SOCKET_CONNECT_TIMEOUT": 1,
    "SOCKET_TIMEOUT": 1,
    # Without Redis pages are slower, not gone.
    "IGNORE_EXCEPTIONS": True,
}
_ZLIB = {"COMPRESSOR": "django_redis.compressors.zlib.ZlibCompressor"}
CACHES: dict[str, dict[str, object]] = {
    name: {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": _REDIS_OPTIONS | options,
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    # Pages are compressed for their readers already.
    for name, options in (("default", _ZLIB), ("pages", {}))
}
# Only where all processes hear that a page is to be thrown away.
KEEP_PAGES = bool(REDIS_URL)

# --- Database ------------------------------------------------------------------------------------
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR}/cinehub.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    _options = DATABASES["default"].setdefault("OPTIONS", {})
    # A page's questions are over before a compiler or another process has begun to help, and what
    # they look up is in memory, where one place is as near as another. The address may say more.
    _options["options"] = (
        "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"
        f" {_options.get('options', '')}"
    ).strip()
    # A connection for every thread of a process, or pages wait for each other.
    _options["pool"] = {
        "min_size": 1,
        "max_size": max(env.number("WEB_THREADS", 8), env.number("WORKER_THREADS", 4)) + 1,
        "timeout": 5,
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        # Read-then-write transactions that start as readers fail instead of waiting.
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        " PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Apps ----------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "accounts",
    "catalog",
    "django_htmx",
    "template_partials",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cinehub.kit.kept.KeptPages",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "cinehub.urls"
WSGI_APPLICATION = "cinehub.wsgi.application"
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
                "cinehub.kit.web.site",
            ],
            "libraries": {"icons": "cinehub.kit.icons", "kept": "cinehub.kit.kept"},
        },
    },
]

# --- People --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- Languages and time --------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# --- Files ---------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
_STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "cinehub.kit.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- Security ------------------------------------------------------------------------------------
_HTTPS = _site.scheme == "https"
SECURE_SSL_REDIRECT = _HTTPS
BEHIND_PROXY = env.flag("BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
CSRF_FAILURE_VIEW = "cinehub.pages.form_refused"
X_FRAME_OPTIONS = "DENY"
RATELIMIT_IP_META_KEY = "cinehub.kit.visiting.address"
# Without Redis nobody is counted; that is no reason to turn everybody away.
RATELIMIT_FAIL_OPEN = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        # Trailers, once somebody presses play.
        "frame-src": ["https://www.youtube-nocookie.com"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# --- Mail: to the console until a server is named ------------------------------------------------
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = env.number("EMAIL_PORT", 587, least=1, most=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"CineHub <no-reply@{_site.hostname}>")

# --- Logging -------------------------------------------------------------------------------------
LOG_LEVEL = env.choice("LOG_LEVEL", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # It would write addresses down, and TMDB's key with them.
    "loggers": {"urllib3": {"level": "INFO"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}

# --- TMDB ----------------------------------------------------------------------------------------
TMDB_TOKEN = env.text("TMDB_TOKEN")
TMDB_API_KEY = env.text("TMDB_API_KEY")
# Without a key the bundled sample catalogue answers in TMDB's place.
TMDB_IS_SAMPLE = not (TMDB_TOKEN or TMDB_API_KEY)
TMDB_BASE_URL = env.url("TMDB_BASE_URL", "https://api.themoviedb.org/3")
TMDB_IMAGE_URL = env.url("TMDB_IMAGE_URL", "https://image.tmdb.org/t/p")
TMDB_EXPORT_URL = env.url("TMDB_EXPORT_URL", "https://files.tmdb.org/p/exports")
TMDB_LANGUAGE = env.language("TMDB_LANGUAGE", "en-US")
# Requests a second, all processes together; TMDB's own ceiling is about 50.
TMDB_RATE = env.number("TMDB_RATE", 40, least=1, most=1000)

# --- Workers -------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
_QUEUE_DIR = DATA_DIR / "queue"
if not REDIS_URL:
    _QUEUE_DIR.mkdir(exist_ok=True)
CELERY_BROKER_TRANSPORT_OPTIONS = (
    # Longer than the longest task, or Redis hands it out twice.
    {
        "visibility_timeout": 6 * 3600,
        "socket_timeout": 2,
        "socket_connect_timeout": 1,
        # Kombu would go on for seconds before it says that the broker is away.
        "max_retries": 0,
    }
    if REDIS_URL
    else {
        "data_folder_in": str(_QUEUE_DIR),
        "data_folder_out": str(_QUEUE_DIR),
        "control_folder": str(_QUEUE_DIR / "control"),
        "polling_interval": 0.1,
    }
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A page that queues a refresh must not wait for a broker that is away.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "refresh"
CELERY_TASK_ROUTES = {
    "catalog.tasks.refresh_title": {"queue": "interactive"},
    "catalog.tasks.refresh_person": {"queue": "interactive"},
    "catalog.tasks.refresh_collection": {"queue": "interactive"},
    "catalog.tasks.refresh_terms": {"queue": "refresh"},
    "catalog.tasks.refresh_charts": {"queue": "refresh"},
    "catalog.tasks.refresh_due": {"queue": "bulk"},
    "catalog.tasks.refresh_people": {"queue": "bulk"},
    "catalog.tasks.refresh_collections": {"queue": "bulk"},
}
CELERY_BEAT_SCHEDULE = {
    "charts": {"task": "catalog.tasks.refresh_charts", "schedule": 3600},
    "terms": {"task": "catalog.tasks.refresh_terms", "schedule": crontab(hour="1", minute="0")},
    "due": {"task": "catalog.tasks.refresh_due", "schedule": 600},
    "people": {"task": "catalog.tasks.refresh_people", "schedule": 3600},
    "collections": {"task": "catalog.tasks.refresh_collections", "schedule": 3600},
}
