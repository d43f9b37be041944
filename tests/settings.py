"""CineHub's settings in the surroundings of the suite: this machine's .env is not for tests."""

import os
import tempfile

os.environ |= {
    "DATA_DIR": tempfile.mkdtemp(prefix="cinehub-tests-"),
    "SECRET_KEY": "a secret of the tests, and of nothing else in the world",
    "DEBUG": "off",
    "SITE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "TMDB_TOKEN": "",
    "TMDB_API_KEY": "",
    "TMDB_BASE_URL": "https://tmdb.test/3",
    "TMDB_IMAGE_URL": "https://images.test/t/p",
    "TMDB_EXPORT_URL": "https://exports.test/p/exports",
    "TMDB_LANGUAGE": "en-US",
    "LOG_LEVEL": "WARNING",
    # Named on the command line or not at all: tests empty what they use.
    "DATABASE_URL": os.environ.get("DATABASE_URL", ""),
    "REDIS_URL": os.environ.get("REDIS_URL", ""),
}

from cinehub.settings import *  # noqa: F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    # Hashed names need collectstatic; the finders serve the plain ones.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {}
