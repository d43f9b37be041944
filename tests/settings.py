"""CineHub's settings in the surroundings of the suite: this machine's .env is not for tests."""

import os
import tempfile
from urllib.parse import urlsplit


def _redis() -> str:
    """Each process of the suite empties databases of its own: this one, and tests' other one."""
    url = urlsplit(os.environ.get("REDIS_URL", ""))
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    number = int(url.path.strip("/") or 15) - 2 * int(worker)
    return url._replace(path=f"/{number}").geturl() if url.netloc else ""


os.environ |= {
    "DATA_DIR": tempfile.mkdtemp(prefix="cinehub-tests-"),
    "SECRET_KEY": "a secret of the tests, and of nothing else in the world",
    "SECRET_KEY_FALLBACKS": "",
    "DEBUG": "off",
    "SITE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "TMDB_TOKEN": "",
    "TMDB_API_KEY": "",
    "TMDB_BASE_URL": "https://tmdb.test/3",
    "TMDB_IMAGE_URL": "https://images.test/t/p",
    "TMDB_EXPORT_URL": "https://exports.test/p/exports",
    "TMDB_LANGUAGE": "en-US",
    "FANART_API_KEY": "",
    "FANART_URL": "https://fanart.test/v3",
    "FANART_IMAGE_URL": "https://art.test",
    "MEDIA_S3_BUCKET": "",
    "LOG_LEVEL": "WARNING",
    "LOG_FORMAT": "line",
    "SENTRY_DSN": "",
    "METRICS_TOKEN": "",
    "TWILIO_ACCOUNT_SID": "",
    "ADMIN_USERNAME": "",
    "INVITATIONS_A_DAY": "",
    "EMAIL_VERIFICATION": "",
    "SIGN_UP_CLOSED": "",
    "OIDC_PROVIDERS": "",
    "OAUTH_KEY": "",
    "OAUTH_KEY_BEFORE": "",
    "OAUTH_ACCESS_SECONDS": "",
    "OAUTH_REFRESH_SECONDS": "",
    **dict.fromkeys(
        (
            f"{house}_CLIENT_{part}"
            for house in ("GOOGLE", "FACEBOOK", "GITHUB", "X")
            for part in ("ID", "SECRET")
        ),
        "",
    ),
    "PROMETHEUS_MULTIPROC_DIR": "",
    # Named on the command line or not at all: tests empty what they use.
    "DATABASE_URL": os.environ.get("DATABASE_URL", ""),
    "REDIS_URL": _redis(),
}

from cinehub.kit import languages, providers  # noqa: E402
from cinehub.settings import *  # noqa: E402, F403
from cinehub.settings import BASE_DIR, DATA_DIR, DATABASES, INSTALLED_APPS  # noqa: E402

languages.compile_into(DATA_DIR / "locale", BASE_DIR / "locale")

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as on a site: one in memory is one connection, which a server's threads would share.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "tests.sqlite3"}

# All that can be set up, so that there are addresses for them; which are is for a test to say.
_HOUSES: providers.Providers = {name: {} for name in [*providers.HOUSES, providers.OPENID]}
INSTALLED_APPS = [*INSTALLED_APPS, *providers.apps(_HOUSES)]

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    # Hashed names need collectstatic; the finders serve the plain ones.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
# What a test has made is to be seen at once; tests of keeping ask for it.
KEEP_PAGES = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT = None
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {}
