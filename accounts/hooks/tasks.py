"""What workers do for webhooks."""

from celery import shared_task

from accounts.hooks import delivery
from accounts.models import Webhook
from cinehub.work.queues import goes_to


@shared_task
@goes_to("hooks")
def send_webhook(*, webhook: int) -> None:
    again = delivery.send(webhook)
    if again is not None:
        send_webhook.apply_async(kwargs={"webhook": webhook}, countdown=again)


@shared_task
@goes_to("hooks")
def send_webhooks() -> None:
    """What no broker took, what had to wait, and what a worker died over."""
    for pk in Webhook.objects.due().values_list("pk", flat=True):
        send_webhook.delay(webhook=pk)


@shared_task
@goes_to("bulk")
def forget_deliveries() -> None:
    delivery.forget_outdated()
