"""Members' webhooks."""

from django.urls import path

from accounts.views import hooks

ONE = "settings/webhooks/<int:pk>"

urlpatterns = [
    path("settings/webhooks", hooks.webhooks, name="webhooks"),
    path("settings/webhooks/add", hooks.add, name="webhook-add"),
    path(ONE, hooks.webhook, name="webhook"),
    path(f"{ONE}/change", hooks.change, name="webhook-change"),
    path(f"{ONE}/on", hooks.turn, {"on": True}, name="webhook-on"),
    path(f"{ONE}/off", hooks.turn, {"on": False}, name="webhook-off"),
    path(f"{ONE}/secret", hooks.change_secret, name="webhook-secret"),
    path(f"{ONE}/test", hooks.try_out, name="webhook-test"),
    path(f"{ONE}/remove", hooks.remove, name="webhook-remove"),
    path(f"{ONE}/deliveries/<uuid:key>/replay", hooks.replay, name="webhook-replay"),
]
