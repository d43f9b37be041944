"""The log of the admin: everybody on the staff who may read it reads it, and nobody edits it."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.test import Client

from accounts.models import User
from tests.read import shown

LOG = "/admin/admin/logentry/"


@pytest.fixture
def entry(superuser: User) -> LogEntry:
    LogEntry.objects.log_actions(superuser.pk, [superuser], CHANGE, "Picture removed")
    return LogEntry.objects.get()


def test_the_log_says_what_was_changed_by_whom(as_superuser: Client, entry: LogEntry) -> None:
    page = shown(as_superuser, LOG)

    assert "Picture removed" in page
    assert "root" in page


@pytest.mark.parametrize("address", ["add/", "{pk}/change/", "{pk}/delete/"])
def test_not_even_a_superuser_writes_in_the_log(
    as_superuser: Client, entry: LogEntry, address: str
) -> None:
    answer = as_superuser.post(LOG + address.format(pk=entry.pk), {"post": "yes"})

    assert answer.status_code == 403
    assert LogEntry.objects.get() == entry
