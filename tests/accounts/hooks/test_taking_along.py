"""What of webhooks a member takes along."""

import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from accounts.exporting import pack, sections
from accounts.hooks import happening, listening
from accounts.models import User, Webhook
from cinehub.kit.sealing import unseal
from tests.make import make_user

pytestmark = pytest.mark.django_db
MakeHook = Callable[..., Webhook]


def unpacked(member: User, name: str) -> list[dict[str, Any]]:
    with zipfile.ZipFile(pack(sections(member))) as archive:
        rows: list[dict[str, Any]] = json.loads(archive.read(f"{name}.json"))
    return rows


def test_webhooks_go_along_without_what_they_sign_with(make_hook: MakeHook) -> None:
    ann = make_user()
    hook = make_hook(ann, subjects=["list"])

    [row] = unpacked(ann, "webhooks")

    assert (row["url"], row["hears_lists"], row["hears_ratings"]) == (hook.url, True, False)
    assert unseal(hook.secret) not in str(row)
    assert hook.secret not in str(row)


def test_what_was_sent_goes_along_as_far_as_it_is_ones_own(make_hook: MakeHook) -> None:
    ann, bob = make_user(username="ann"), make_user(username="bob")
    hook = make_hook(ann)
    listening.try_out(hook)
    happening.send([hook], bob, "rating.set", {})

    [row] = unpacked(ann, "webhook_deliveries")

    assert row["event"] == "test"
    assert unpacked(bob, "webhook_deliveries") == []
