"""Members' webhooks, below /api/v1/."""

from django.urls import path

from accounts.api import hooks
from cinehub.kit import addresses as addresses  # <key:pk>

ONE = "webhooks/<key:pk>"

urlpatterns = [
    path("webhooks/", hooks.Webhooks.as_view(), name="webhooks"),
    path(f"{ONE}/", hooks.OneWebhook.as_view(), name="webhook"),
    path(f"{ONE}/secret/", hooks.NewSecret.as_view(), name="webhook-secret"),
    path(f"{ONE}/test/", hooks.Test.as_view(), name="webhook-test"),
    path(f"{ONE}/deliveries/", hooks.Deliveries.as_view(), name="webhook-deliveries"),
    path(f"{ONE}/deliveries/<uuid:key>/replay/", hooks.Replay.as_view(), name="webhook-replay"),
]
