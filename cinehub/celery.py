"""The workers' Celery application; where its broker is, the CELERY_ settings say."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cinehub.settings")
# They would load all pages, which takes a worker a second and a fifth of its memory; `prepare`
# and the tests check.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

# By its name: it knows models, which are there once Django is set up.
app = Celery("cinehub", task_cls="cinehub.work.task:Task")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    # However long the broker is away, workers are there when it is back.
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    # A page that queues a refresh must not wait for a broker that is away.
    task_publish_retry=False,
    task_ignore_result=True,
    # A message is kept until its task has ended; who is killed leaves it to another.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    # What is under way then goes on, and may be handed out a second time.
    worker_cancel_long_running_tasks_on_connection_loss=False,
    worker_hijack_root_logger=False,
    # Mails to the console are for who runs the site: as lines of the log they would hide links.
    worker_redirect_stdouts=False,
    timezone="UTC",
    beat_scheduler="cinehub.work.beat:Scheduler",
    # When something ran last is known to whoever takes over.
    beat_sync_every=1,
    # Tasks name their own; the default is where one goes that forgot.
    task_routes="cinehub.work.queues.route",
    task_default_queue="refresh",
)
app.autodiscover_tasks()
# One is above the apps, the other within one of them.
app.autodiscover_tasks(["cinehub", "accounts.hooks"])
