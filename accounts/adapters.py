"""Where allauth asks the house."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts import inviting, mailing, mails, numbers, phoning
from accounts.models import Invitation, User
from accounts.names import misleads
from accounts.numbers import NumberField
from cinehub.kit import visiting
from cinehub.kit.refusing import too_many

# What the limit of an account counts.
LOCKED_SECONDS = 300
# In the session of who was invited: the key, and the address that the sign-up page suggests.
INVITATION = "invitation"
INVITED_EMAIL = "account_verified_email"
MISMATCH = _("These do not match. Try again, or choose a new password.")


class Doors(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": MISMATCH,
        "phone_password_mismatch": MISMATCH,
        "username_password_mismatch": MISMATCH,
        "enter_current_password": _("This is not your password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This is not the code that was sent."),
        "username_blacklisted": _("This name is not for anybody to take."),
        "username_taken": _("There is a member with this name."),
        "same_as_current": _("This is what you have already."),
        "too_many_login_attempts": _("That was tried too often. Ask for a new code later."),
        "rate_limited": _("That was a little fast. Try again in a moment."),
    }

    # --- Invitations -----------------------------------------------------------------------------
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return not settings.SIGN_UP_CLOSED or bool(inviting.find(_invitation(request)))

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        saved: User = super().save_user(request, user, form, commit)
        was_invited = inviting.accept(_invitation(request), saved)
        if settings.SIGN_UP_CLOSED and not was_invited:
            # Somebody else has come in by it a moment ago.
            raise PermissionDenied
        request.session.pop(INVITATION, None)
        return saved

    def unstash_verified_email(self, request: HttpRequest) -> None:
        """Who was invited may sign up with another address than the mail went to."""

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """The link came by mail, so whoever has it reads what comes to that address."""
        invited = request.session.get(INVITED_EMAIL, "") == email.lower()
        return invited and not EmailAddress.objects.is_verified(email)

    # --- Who comes -------------------------------------------------------------------------------

    def get_client_ip(self, request: HttpRequest) -> str:
        """As everybody here counts visitors."""
        return visiting.address(request)

    def clean_username(self, username: str, shallow: bool = False) -> str:
        if misleads(username):
            raise self.validation_error("username_blacklisted")
        return str(super().clean_username(username, shallow))

    def validation_error(self, code: str, *args: Any) -> Any:
        """Too often is no mistake in a form: it is a page of its own wherever allauth finds it."""
        if code == "too_many_login_attempts":
            raise ImmediateHttpResponse(too_many(self.request, seconds=LOCKED_SECONDS))
        return super().validation_error(code, *args)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """An account is one, whichever of its names is typed; what is no account counts, too."""
        phone = numbers.plain(credentials.get("phone", ""))
        typed = (credentials.get("email") or phone or credentials.get("username", "")).lower()
        return f"account:{User.objects.typed(typed) or typed}"

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

    # --- Phone -----------------------------------------------------------------------------------
    def phone_form_field(self, **told: Any) -> NumberField:
        return NumberField(**told)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        """allauth tells of numbers that are not confirmed yet; they are nobody's."""
        if verified:
            self.set_phone_verified(user, phone)

    def set_phone_verified(self, user: User, phone: str) -> None:
        if phoning.keep(user, phone):
            self.send_notification_mail("account/email/phone_changed", user)

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=numbers.plain(phone), phone_verified=True).first()

    def send_verification_code_sms(self, user: User, phone: str, code: str, **_told: Any) -> None:
        words = _("%(code)s is your code for CineHub. Nobody from CineHub will ask you for it.")
        mailing.text(phone, words % {"code": code})

    def send_unknown_account_sms(self, phone: str, **_told: Any) -> None:
        mailing.text(phone, str(_("No account at CineHub has this number.")))

    def send_account_already_exists_sms(self, phone: str) -> None:
        mailing.text(phone, str(_("This number has an account at CineHub: another one.")))


def invited(invitation: Invitation, key: str) -> dict[str, str]:
    """What the session of somebody knows who came by an invitation."""
    return {INVITATION: key, INVITED_EMAIL: invitation.email}


def _invitation(request: HttpRequest) -> str:
    return str(request.session.get(INVITATION, ""))
