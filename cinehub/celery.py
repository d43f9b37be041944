"""The workers' Celery application; its settings are the CELERY_ ones of cinehub.settings."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cinehub.settings")
# They would load all pages, which takes a worker a second and a fifth of its memory; `prepare`
# and the tests check.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

# By its name: it knows models, which are there once Django is set up.
app = Celery("cinehub", task_cls="cinehub.work.task:Task")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# It is above the apps, and none of them.
app.autodiscover_tasks(["cinehub"])
