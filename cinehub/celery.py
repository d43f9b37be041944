"""The workers' Celery application; its settings are the CELERY_ ones of cinehub.settings."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cinehub.settings")

app = Celery("cinehub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
