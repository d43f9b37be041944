"""Text messages: to the console, or by Twilio where its settings are there.

Another way to send is a function such as these, named by SMS_SENDER in the settings.
"""

import sys
from http import HTTPStatus

import requests
from django.conf import settings
from django.utils.module_loading import import_string

# Seconds to connect, and to answer.
TIMEOUT = (3.05, 10)


class Unsent(Exception):
    """For good: the number or the account is not what it should be."""


class Busy(Unsent):
    """For now: to be tried again."""


def send(phone: str, text: str) -> None:
    import_string(settings.SMS_SENDER)(phone, text)


def console(phone: str, text: str) -> None:
    sys.stdout.write(f"\nSMS to {phone}:\n{text}\n\n")
    sys.stdout.flush()


def twilio(phone: str, text: str) -> None:
    account = settings.TWILIO_ACCOUNT_SID
    try:
        answer = requests.post(
            f"{settings.TWILIO_URL}/2010-04-01/Accounts/{account}/Messages.json",
            data={"To": phone, "From": settings.TWILIO_FROM, "Body": text},
            auth=(account, settings.TWILIO_AUTH_TOKEN),
            timeout=TIMEOUT,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise Busy(f"Twilio does not answer: {type(error).__name__}") from None
    if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS or answer.status_code >= 500:
        raise Busy(f"Twilio answers {answer.status_code}")
    if answer.status_code != HTTPStatus.CREATED:
        raise Unsent(f"Twilio answers {answer.status_code}, error {_code(answer)}")


def _code(answer: requests.Response) -> str:
    """Twilio's number for what is wrong; its sentence may name whom it was for."""
    try:
        return str(answer.json()["code"])
    except (ValueError, KeyError, TypeError):
        return "unknown"
