"""Everything a member has here, to take along: a zip of JSON and CSV.

A section is one kind of thing. This room tells its own; whole pages put those of all rooms together
and hand them to `pack`.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any

from allauth.account.models import EmailAddress
from allauth.idp.oidc.models import Client
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Model, QuerySet

from accounts import avatars
from accounts.models import Authorization, Delivery, PersonalToken, User
from accounts.models.hooks import SUBJECTS

# So many rows are in memory at once.
AT_ONCE = 500
PROFILE = ("username", "display_name", "bio", "email", "phone", "phone_verified", "date_joined")
PREFERENCES = (
    "audience",
    "default_audience",
    "language",
    "region",
    "time_zone",
    "first_weekday",
    "theme",
    "rating_scale",
    "spoiler_shield",
    "adult",
)
# A spreadsheet would take what begins like this for something to be worked out.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Section:
    """`rows` is asked twice, once for each format; a row has the fields, in their order."""

    name: str
    fields: tuple[str, ...]
    rows: Callable[[], Iterable[Row]]


def section(name: str, rows: QuerySet[Any], *fields: str, **named: str) -> Section:
    """Of rows in the database: fields under their own names, and others under better ones."""
    told = rows.order_by("pk").values(*fields, **{key: F(path) for key, path in named.items()})
    return Section(name, (*fields, *named), lambda: told.iterator(chunk_size=AT_ONCE))


def sections(member: User) -> Iterator[Section]:
    own = User.objects.filter(pk=member.pk)
    yield section("profile", own, *PROFILE)
    yield section("preferences", own, *PREFERENCES)
    yield section("streaming_services", member.providers.all(), "name")
    yield from _ties(member)
    told = member.notifications.all()
    yield section("notifications", told, "kind", "text", "url", "created_at", "read_at")
    yield section("notification_choices", member.choices.all(), "kind", "is_on_site", "mail")
    sent = member.invitations.all()
    yield section("invitations", sent, "email", "sent_at", "accepted_at")
    yield from _webhooks(member)
    yield from _doors(member)


def pictures(member: User) -> Iterator[tuple[str, bytes]]:
    digest = avatars.digest_of(member)
    picture = avatars.fetch(digest, avatars.SIZES[0]) if digest else None
    if picture:
        yield "picture.webp", picture


def pack(found: Iterable[Section], files: Iterable[tuple[str, bytes]] = ()) -> IO[bytes]:
    """Written row by row into a file that is gone once it is closed."""
    packed = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in found:
            with (
                archive.open(f"{each.name}.json", "w") as raw,
                io.TextIOWrapper(raw, "utf-8") as text,
            ):
                _write_json(text, each)
            with archive.open(f"{each.name}.csv", "w") as raw, _table(raw) as text:
                _write_csv(text, each)
        for name, content in files:
            archive.writestr(name, content)
    packed.seek(0)
    return packed


def _ties(member: User) -> Iterator[Section]:
    since = ("created_at", "accepted_at")
    yield section("followers", member.followers.all(), *since, member="follower__username")
    yield section("following", member.following.all(), *since, member="followed__username")
    yield section("blocked", member.blocks.all(), "created_at", member="blocked__username")
    yield section("muted", member.mutes.all(), "created_at", member="muted__username")


def _doors(member: User) -> Iterator[Section]:
    """How they sign in, without what would let somebody else in."""

    def of(model: type[Model]) -> QuerySet[Any]:
        return model._default_manager.filter(user=member)

    yield section("email_addresses", of(EmailAddress), "email", "verified", "primary")
    seen = ("ip", "user_agent", "created_at", "last_seen_at")
    yield section("sessions", of(UserSession), *seen)
    linked = ("provider", "uid", "date_joined", "last_login", "extra_data")
    yield section("connected_accounts", of(SocialAccount), *linked)
    yield section("second_factors", of(Authenticator), "type", "created_at", "last_used_at")
    used = ("created_at", "last_used_at")
    yield section("tokens", of(PersonalToken), "name", "scopes", "expires_at", *used)
    yield section("allowed_apps", of(Authorization), "scopes", *used, app="client__name")
    made = ("id", "name", "type", "redirect_uris", "data", "created_at")
    yield section("registered_apps", Client.objects.filter(owner=member), *made)


def _webhooks(member: User) -> Iterator[Section]:
    """Without the secrets that they sign with."""
    hears = SUBJECTS.values()
    hooks = member.webhooks.all()
    yield section("webhooks", hooks, "url", *hears, "is_on", "created_at", of="app__name")
    sent = Delivery.objects.filter(webhook__owner=member, member=member)
    became = ("status", "attempts", "created_at", "tried_at", "code")
    yield section("webhook_deliveries", sent, "event", "body", *became, url="webhook__url")


def _write_json(text: IO[str], found: Section) -> None:
    text.write("[")
    for number, row in enumerate(found.rows()):
        text.write(",\n " if number else "\n ")
        json.dump(row, text, cls=DjangoJSONEncoder, ensure_ascii=False)
    text.write("\n]\n")


def _write_csv(text: IO[str], found: Section) -> None:
    table = csv.writer(text)
    table.writerow(found.fields)
    for row in found.rows():
        table.writerow([_cell(row[name]) for name in found.fields])


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value.isoformat() if hasattr(value, "isoformat") else value


def _table(raw: IO[bytes]) -> io.TextIOWrapper:
    """With the sign by which spreadsheets know Unicode."""
    return io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
