"""Where allauth asks the house."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation

from accounts import mailing, mails
from accounts.models import User
from cinehub.kit import visiting


class Doors(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return not settings.SIGN_UP_CLOSED

    def get_client_ip(self, request: HttpRequest) -> str:
        """As everybody here counts visitors."""
        return visiting.address(request)

    # --- Mails -----------------------------------------------------------------------------------
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        mailing.post(self.render_mail(template_prefix, email, {"email": email} | context))

    def render_mail(
        self,
        template_prefix: str,
        email: str,
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMultiAlternatives:
        """In the language of whom it is for; who has none yet reads that of the page."""
        member = context.get("user")
        language = getattr(member, "language", "") or translation.get_language()
        with translation.override(language):
            subject = render_to_string(f"{template_prefix}_subject.txt", context, self.request)
            text = render_to_string(f"{template_prefix}_message.txt", context, self.request)
            return mails.write(" ".join(subject.split()), text, email, headers)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        told = {"user": user} | (context or {})
        super().send_notification_mail(template_prefix, user, told, email)
