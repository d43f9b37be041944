"""manage.py first_admin: who runs the site gets in, though nobody can let them in yet."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from accounts.models.user import spelling
from cinehub.kit import env


class Command(BaseCommand):
    help = "Make ADMIN_USERNAME a superuser, with ADMIN_PASSWORD, while there is none."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        username, password = env.text("ADMIN_USERNAME"), env.text("ADMIN_PASSWORD")
        if not username or User.objects.filter(is_superuser=True).exists():
            return
        if not password:
            raise CommandError("ADMIN_USERNAME is set, and ADMIN_PASSWORD is missing.")
        if User.objects.named(username).exists():
            raise CommandError(f"ADMIN_USERNAME is {username!r}, and that member is no admin.")
        _check(username, password)
        admin = User.objects.create_superuser(username, env.text("ADMIN_EMAIL"), password)
        if admin.email:
            # Who sets up the site says so.
            EmailAddress.objects.create(user=admin, email=admin.email, primary=True, verified=True)
        self.stdout.write(f"{admin.username} is the first admin.")


def _check(username: str, password: str) -> None:
    try:
        spelling(username)
        validate_password(password, User(username=username))
    except ValidationError as error:
        said = " ".join(error.messages)
        raise CommandError(f"ADMIN_USERNAME or ADMIN_PASSWORD will not do: {said}") from error
