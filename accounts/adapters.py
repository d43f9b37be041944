"""Where allauth asks the house."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from cinehub.kit import visiting


class Doors(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return not settings.SIGN_UP_CLOSED

    def get_client_ip(self, request: HttpRequest) -> str:
        """As everybody here counts visitors."""
        return visiting.address(request)
