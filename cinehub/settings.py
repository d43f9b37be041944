"""CineHub's settings, from the environment (.env.example), in the order of Django's reference."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from accounts import doors
from cinehub.kit import env, languages, logs, openapi, providers, sentry, servers

BASE_DIR = Path(__file__).resolve().parent.parent

# What this installation writes: database, mirrored images, queue, secret.
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var")

# --- Where the site is ---------------------------------------------------------------------------
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret("SECRET_KEY", DATA_DIR / "secret-key")
# Those it was before, for a while: what they signed or sealed is still believed.
SECRET_KEY_FALLBACKS = env.former_secrets("SECRET_KEY_FALLBACKS")
# A name, not an address: passkeys belong to names.
SITE_URL = env.url("SITE_URL", f"http://localhost:{env.number('PORT', 8000, least=1, most=65535)}")
_site = urlsplit(SITE_URL)
ALLOWED_HOSTS = [
    *env.words("ALLOWED_HOSTS", ("127.0.0.1", "localhost", "[::1]")),
    _site.hostname or "",
]
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", (f"{_site.scheme}://{_site.netloc}",))

# --- Caches --------------------------------------------------------------------------------------
REDIS_URL = env.url("REDIS_URL", schemes=("redis", "rediss"))
CACHES = servers.caches(REDIS_URL)
# Only where all processes hear that a page is to be thrown away.
KEEP_PAGES = bool(REDIS_URL)

# --- Open pages that hear what happens -----------------------------------------------------------
# Redis's databases share its channels; two sites on one Redis are not to hear each other.
LIVE_PREFIX = f"cinehub{urlsplit(REDIS_URL).path.strip('/')}"
CHANNEL_LAYERS = servers.channels(REDIS_URL, LIVE_PREFIX)

# --- Database ------------------------------------------------------------------------------------
DATABASES = {
    "default": servers.database(
        env.database("DATABASE_URL", f"sqlite:///{DATA_DIR}/cinehub.sqlite3"),
        # One for every thread of a process, or pages wait for each other.
        connections=max(env.number("WEB_THREADS", 8), env.number("WORKER_THREADS", 4)) + 1,
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Apps ----------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "lists",
    "reviews",
    "accounts",
    "catalog",
    "cinehub.work",
    "cinehub.seeding",
    "corsheaders",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "allauth.idp.oidc",
    "django_celery_beat",
    "django_htmx",
    "template_partials",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.forms",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "cinehub.kit.requests.Requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cinehub.kit.kept.KeptPages",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "cinehub.kit.api.delivery.Delivery",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.preferring.Preferring",
    "accounts.leaving.Leavers",
    "accounts.sessions.Seen",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cinehub.kit.again.ReadAgain",
    "cinehub.kit.own.Own",
]
# Who fills what on a page is a reader's own (cinehub/kit/own.py).
OWN = {
    "bar": "cinehub.bar.bars",
    "card": "lists.own.cards.cards",
    "friends": "cinehub.friends.on_titles",
    "episode": "lists.own.watching.episodes",
    "keep": "lists.own.keeping.title",
    "list": "lists.own.keeping.contents",
    "next": "lists.own.upnext.rows",
    "season": "lists.own.watching.seasons",
    "seen": "lists.own.watching.titles",
    "stars": "reviews.own.cards.stars",
    "viewing": "lists.own.history.lines",
    "rating": "reviews.own.rating.rating",
    "written": "reviews.own.written.written",
    "comments": "reviews.own.comments.comments",
}
FORM_RENDERER = "cinehub.kit.forms.Forms"
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
            "libraries": {
                "acting": "cinehub.kit.acting",
                "charts": "cinehub.kit.charts",
                "icons": "cinehub.kit.icons",
                "slots": "cinehub.kit.slots",
                "menu": "cinehub.menu",
                "once": "cinehub.kit.once",
                "own": "cinehub.kit.own",
                "statistics": "cinehub.statistics.drawing",
            },
        },
    },
]

# --- People --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = doors.HASHERS
AUTH_PASSWORD_VALIDATORS = doors.VALIDATORS
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapters.Doors"
ACCOUNT_LOGIN_METHODS = {"username", "email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_FORMS = doors.FORMS
# An address that somebody has may be signed up with again, so that nobody learns whose it is; it
# belongs to the one who confirms it.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_EMAIL_VERIFICATION = env.choice("EMAIL_VERIFICATION", "optional", ("optional", "mandatory"))
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# A mail may take a while.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
# Who has lost their password is in once they have a new one, whatever happens to the old door.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 10 * 60
ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_RATE_LIMITS = doors.LIMITS
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "CineHub"
MFA_ADAPTER = "accounts.factors.Factors"
MFA_FORMS = doors.FACTOR_FORMS
# A clock that is slow by up to half a minute is no reason to be kept out.
MFA_TOTP_TOLERANCE = 1
# Only who was invited may sign up.
SIGN_UP_CLOSED = env.flag("SIGN_UP_CLOSED")
# Each member's; the staff's are not counted.
INVITATIONS_A_DAY = env.number("INVITATIONS_A_DAY", 10, least=0, most=1000)
# Other houses whose accounts sign in here: each that the environment has an id and a secret of.
SOCIALACCOUNT_PROVIDERS = providers.configured(
    {
        "google": (env.text("GOOGLE_CLIENT_ID"), env.text("GOOGLE_CLIENT_SECRET")),
        "facebook": (env.text("FACEBOOK_CLIENT_ID"), env.text("FACEBOOK_CLIENT_SECRET")),
        "github": (env.text("GITHUB_CLIENT_ID"), env.text("GITHUB_CLIENT_SECRET")),
        "twitter_oauth2": (env.text("X_CLIENT_ID"), env.text("X_CLIENT_SECRET")),
    },
    env.text("OIDC_PROVIDERS"),
)
INSTALLED_APPS += providers.apps(SOCIALACCOUNT_PROVIDERS)
SOCIALACCOUNT_ADAPTER = "accounts.connecting.Connecting"
SOCIALACCOUNT_FORMS = {"disconnect": "accounts.connecting.DisconnectForm"}
# What name they bear here, members say themselves.
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
# The API's doors are allauth's without its pages; they have no addresses but ours.
HEADLESS_CLIENTS = ("app",)
HEADLESS_TOKEN_STRATEGY = "accounts.api.auth_doors.OnTheWay"  # noqa: S105 - names a class
# Apps that members let in (OAuth 2), and sites that they sign in to from here (OpenID Connect).
IDP_OIDC_ADAPTER = "accounts.openid.Provider"
OAUTH_KEY = env.pem("OAUTH_KEY")
# Until all has lapsed that the one before has signed.
OAUTH_KEY_BEFORE = env.pem("OAUTH_KEY_BEFORE")
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = env.number("OAUTH_ACCESS_SECONDS", 15 * 60, least=60)
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = env.number("OAUTH_REFRESH_SECONDS", 7 * 86_400, least=3600)
# As long as it takes to find one's phone.
IDP_OIDC_DEVICE_CODE_EXPIRES_IN = 10 * 60
IDP_OIDC_RATE_LIMITS = {"device_user_code": "20/m/ip"}

# --- For machines --------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_THROTTLE_CLASSES": ["cinehub.kit.api.limits.Limit"],
    "DEFAULT_PARSER_CLASSES": ["cinehub.kit.api.parsing.JSON"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "cinehub.kit.api.schema.Schema",
    "EXCEPTION_HANDLER": "cinehub.kit.api.problems.handled",
    "URL_FORMAT_OVERRIDE": None,
    "COERCE_DECIMAL_TO_STRING": False,
    "UNICODE_JSON": True,
}
API_AUTHENTICATION = [
    "accounts.api.authentication.Bearer",
    "accounts.api.authentication.Session",
]
API_PERMISSIONS = ["accounts.api.permissions.Allowed"]
# Requests a minute, of a token, a member or an address.
API_LIMITS = {
    "auth": env.number("API_LIMIT_AUTH", 10, least=1),
    "search": env.number("API_LIMIT_SEARCH", 150, least=1),
    "recommendations": env.number("API_LIMIT_RECOMMENDATIONS", 30, least=1),
    "user": env.number("API_LIMIT_USER", 60, least=1),
    "watchlist": env.number("API_LIMIT_WATCHLIST", 200, least=1),
    "lists": env.number("API_LIMIT_LISTS", 200, least=1),
    "history": env.number("API_LIMIT_HISTORY", 200, least=1),
    "details": env.number("API_LIMIT_DETAILS", 300, least=1),
    "stats": env.number("API_LIMIT_STATS", 100, least=1),
    # TMDB is asked.
    "further": env.number("API_LIMIT_FURTHER", 10, least=1),
    "else": env.number("API_LIMIT_ELSE", 100, least=1),
}
# Hosts (or host:port) of this site's own net that webhooks may go to, without TLS, too.
WEBHOOK_HOSTS = env.words("WEBHOOK_HOSTS")
# What `expand=` tells of titles, and its shape, by who knows (catalog.api.expanding).
API_EXPANSIONS: dict[str, str] = {
    "me": "cinehub.api.mine.titles",
    "reached": "lists.reached.reached",
}
API_SHAPES: dict[str, str] = {"me": "cinehub.api.mine.Mine"}
# What stands for each field in the examples of its description.
API_EXAMPLES = "cinehub.api.examples.EXAMPLES"
SPECTACULAR_SETTINGS = openapi.spectacular("1.0.0")
# Other sites whose pages may ask the API.
CORS_ALLOWED_ORIGINS = env.words("API_ORIGINS")
CORS_URLS_REGEX = r"^/(api|oauth|\.well-known)/"
CORS_EXPOSE_HEADERS = openapi.EXPOSED
CORS_ALLOW_HEADERS = openapi.ALLOWED

# --- Languages and time --------------------------------------------------------------------------
LANGUAGE_CODE = "en"
# A folder of locale/ is a language; `prepare` compiles it to where this machine writes.
LANGUAGES = languages.known(BASE_DIR / "locale")
LOCALE_PATHS = [DATA_DIR / "locale"]
FORMAT_MODULE_PATH = ["cinehub.kit.formats"]
TIME_ZONE = "UTC"
USE_TZ = True

# --- Files ---------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_S3_BUCKET = env.text("MEDIA_S3_BUCKET")
_WHITENOISE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": servers.shelf(
        MEDIA_S3_BUCKET,
        endpoint=env.url("MEDIA_S3_ENDPOINT"),
        region=env.text("MEDIA_S3_REGION"),
    ),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else _WHITENOISE
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Bytes of a file that somebody sends: a member's picture is the largest.
UPLOAD_AT_MOST = 10 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "cinehub.kit.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Megabytes of pictures that are kept at most; 0 for all there are.
MIRROR_QUOTA = env.number("MIRROR_QUOTA", 5000)
# Pictures that one process brings ahead at once.
MIRROR_AT_ONCE = env.number("MIRROR_AT_ONCE", 20, least=1, most=100)

# --- Security ------------------------------------------------------------------------------------
_HTTPS = _site.scheme == "https"
SECURE_SSL_REDIRECT = _HTTPS
# Asked from next door, not through the proxy.
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
BEHIND_PROXY = env.flag("BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
# No script reads them: forms carry what they need.
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cinehub.pages.form_refused"
X_FRAME_OPTIONS = "DENY"
RATELIMIT_IP_META_KEY = "cinehub.kit.visiting.address"
# A cache that fails is no reason to turn everybody away.
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

# --- Text messages: to the console until Twilio is named -----------------------------------------
TWILIO_ACCOUNT_SID = env.text("TWILIO_ACCOUNT_SID")
TWILIO_AUTH_TOKEN = env.text("TWILIO_AUTH_TOKEN")
TWILIO_FROM = env.text("TWILIO_FROM")
TWILIO_URL = env.url("TWILIO_URL", "https://api.twilio.com")
SMS_SENDER = f"accounts.sms.{'twilio' if TWILIO_ACCOUNT_SID else 'console'}"

# --- Logging -------------------------------------------------------------------------------------
LOG_LEVEL = env.choice("LOG_LEVEL", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOG_FORMAT = env.choice("LOG_FORMAT", "line", tuple(logs.FORMATS))
LOGGING = logs.configuration(LOG_LEVEL, LOG_FORMAT)
SENTRY_DSN = env.url("SENTRY_DSN")
if SENTRY_DSN:
    sentry.tell(SENTRY_DSN)

# --- Figures for Prometheus ----------------------------------------------------------------------
# Whoever shows this may read /metrics; without one this machine and the staff may.
METRICS_TOKEN = env.text("METRICS_TOKEN")
# Where the processes of a machine put their counts together; read when prometheus_client is loaded.
METRICS_DIR = env.folder("PROMETHEUS_MULTIPROC_DIR", DATA_DIR / "metrics")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_DIR)

# --- TMDB ----------------------------------------------------------------------------------------
TMDB_TOKEN = env.text("TMDB_TOKEN")
TMDB_API_KEY = env.text("TMDB_API_KEY")
# Without a key the bundled sample catalogue answers in TMDB's place.
TMDB_IS_SAMPLE = not (TMDB_TOKEN or TMDB_API_KEY)
TMDB_BASE_URL = env.url("TMDB_BASE_URL", "https://api.themoviedb.org/3")
TMDB_IMAGE_URL = env.url("TMDB_IMAGE_URL", "https://image.tmdb.org/t/p")
TMDB_EXPORT_URL = env.url("TMDB_EXPORT_URL", "https://files.tmdb.org/p/exports")
# Asked for a poster where TMDB has none, if there is a key.
FANART_API_KEY = env.text("FANART_API_KEY")
FANART_URL = env.url("FANART_URL", "https://webservice.fanart.tv/v3")
FANART_IMAGE_URL = env.url("FANART_IMAGE_URL", "https://assets.fanart.tv")
TMDB_LANGUAGE = env.language("TMDB_LANGUAGE", "en-US")
# Requests a second, all processes together; TMDB's own ceiling is about 50.
TMDB_RATE = env.number("TMDB_RATE", 40, least=1, most=1000)
# Requests a day (UTC's), all processes together; 0: as many as the rate allows.
TMDB_DAILY = env.number("TMDB_DAILY", 0, least=0, most=100_000_000)
# Pages of 20 of the popular films and of the popular shows that are kept fresh every day.
TMDB_SYNC_PAGES = env.number("TMDB_SYNC_PAGES", 50, least=1, most=500)
# So many workers of all machines bring in what is wanted of TMDB at once.
TMDB_RUNNERS = env.number("TMDB_RUNNERS", 2, least=1, most=100)

# --- Workers: the rest is in cinehub/celery.py ---------------------------------------------------
# Who has a message has so long to do what it says; then its worker is taken for dead, and another
# one gets it. Tasks are cut so that they take some minutes at most.
TASK_SECONDS = 20 * 60
QUEUE_DIR = DATA_DIR / "queue"
if not REDIS_URL:
    QUEUE_DIR.mkdir(exist_ok=True)
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT = f"cinehub.work.{'broker' if REDIS_URL else 'folder'}:Transport"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": TASK_SECONDS,
    **servers.queue_options(REDIS_URL, QUEUE_DIR),
}
