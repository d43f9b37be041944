"""What workers do for members."""

import json

from celery import shared_task
from django.utils import timezone

from accounts import digest, lapsed, mails, sessions, sms, undoing
from accounts.models import Notification
from cinehub.kit.sealing import unseal
from cinehub.work import letters
from cinehub.work.models import DeadLetter
from cinehub.work.queues import goes_to

# A day's mails leave in portions: who has just asked for a new password waits behind one at most.
DIGESTS_AT_ONCE = 300
# In a letter that says no more than that its message has not been queued yet.
NOT_QUEUED = "The broker was away when this was to be queued."


@shared_task(autoretry_for=(OSError,), retry_backoff=5, retry_backoff_max=600, max_retries=20)
@goes_to("mail")
def send_mail(*, subject: str, sealed: str) -> None:
    """The subject is for whoever reads that it failed. SMTP may be away for two hours."""
    mails.unpack(sealed).send()


@shared_task(autoretry_for=(sms.Busy,), retry_backoff=2, max_retries=6)
@goes_to("interactive")
def send_sms(*, sealed: str) -> None:
    """Somebody waits for it; after two minutes they have asked for another one."""
    sms.send(**json.loads(unseal(sealed)))


@shared_task
@goes_to("mail")
def queue_left_mails() -> None:
    """Those that no broker took; it is back, or this would not run."""
    for letter in DeadLetter.objects.open().filter(error=NOT_QUEUED):
        letters.retry(letter)


@shared_task
@goes_to("mail")
def send_digests() -> None:
    """To those in whose morning it is; the others of them get theirs with the next portion."""
    now = timezone.now()
    for pk in digest.due(now, DIGESTS_AT_ONCE):
        message = digest.claim(pk, now)
        if message:
            send_mail.delay(subject=str(message.subject), sealed=mails.pack(message))


@shared_task
@goes_to("bulk")
def prune_notifications() -> None:
    digest.give_up(timezone.now())
    Notification.objects.outdated().delete()


@shared_task
@goes_to("bulk")
def tidy_sessions() -> None:
    sessions.tidy()


@shared_task
@goes_to("bulk")
def forget_undos() -> None:
    """What it is too late to take back."""
    undoing.forget_lapsed()


@shared_task
@goes_to("bulk")
def forget_lapsed_keys() -> None:
    lapsed.forget()
