"""A member of whom there is everything that the API's addresses are about, and what they name."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from allauth.idp.oidc.models import Client as App
from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import get_converters
from django.utils import timezone

from accounts import following, registering
from accounts.hooks import listening
from accounts.models import Authorization, Invitation, Kind, PersonalToken, User
from accounts.notifying import notify
from catalog.models import (
    Company,
    Country,
    Keyword,
    Language,
    Network,
    Provider,
    SyncRun,
    Title,
)
from cinehub.kit.api import NotHere
from lists import keeping, making, subscribing
from lists.models import Collaborator, Visibility
from lists.watching import When, watch
from reviews.rating import rate
from tests.make import (
    make_chart,
    make_collection,
    make_comment,
    make_credit,
    make_episode,
    make_genre,
    make_person,
    make_review,
    make_season,
    make_show,
    make_title,
    make_user,
)

FILM, SHOW = 603, 1396
SCOPES = ("read", "write:lists", "write:history", "write:reviews", "profile")
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass
class World:
    ann: User
    # Nobody's friend, nobody's enemy.
    bob: User
    boss: User
    # What stands in addresses: by the name of the address and of the part, or by that of the part.
    parts: dict[str, Any] = field(default_factory=dict)

    def address(self, route: URLPattern, path: str) -> str:
        """Raises KeyError for a part that nobody has thought of."""
        for name, converter in route.pattern.converters.items():
            own = f"{route.name}.{name}"
            usual = "show" if name == "tmdb_id" and "/tv/" in path else name
            value = self.parts[own] if own in self.parts else self.parts[usual]
            path = path.replace(_placeholder(converter, name), str(value))
        return f"/{path}"


def routes() -> list[tuple[str, URLPattern]]:
    """Every address of the API, as it is written down, and what answers there."""
    return [
        (path, route)
        for path, route in _walk(get_resolver(), "")
        if path.startswith("api/v1/") and getattr(route.callback, "cls", NotHere) is not NotHere
    ]


def methods(route: URLPattern) -> list[str]:
    return [name for name in METHODS if hasattr(route.callback.cls, name)]  # type: ignore[attr-defined]


def make_world() -> World:
    world = World(
        ann=make_user(username="ann", adult=False),
        bob=make_user(username="bob"),
        boss=make_user(username="boss", is_staff=True, is_superuser=True),
    )
    world.parts |= _catalogue()
    world.parts |= _records(world)
    world.parts |= _account(world)
    return world


def _walk(resolver: URLResolver, prefix: str) -> list[tuple[str, URLPattern]]:
    found = []
    for one in resolver.url_patterns:
        here = prefix + str(one.pattern)
        found += [(here, one)] if isinstance(one, URLPattern) else _walk(one, here)
    return found


def _placeholder(converter: Any, name: str) -> str:
    """As it stands in the address, whatever the converter is called there."""
    for known, registered in get_converters().items():
        if registered is converter or type(registered) is type(converter):
            return f"<{known}:{name}>"
    raise KeyError(name)


def _catalogue() -> dict[str, Any]:
    now = timezone.now()
    fetched = {"fetched_at": now, "refresh_at": now + timedelta(days=7)}
    collection = make_collection(**fetched)
    film = make_title(tmdb_id=FILM, name="The Matrix", collection=collection, imdb_id="tt0133093")
    show = make_show(tmdb_id=SHOW, name="Breaking Bad")
    season = make_season(show, number=1, air_date=date(2008, 1, 20))
    for number, day in ((1, date(2008, 1, 20)), (2, date(2008, 1, 27))):
        make_episode(season, number=number, air_date=day)
    person, genre = make_person(**fetched, details_at=now), make_genre(pk=53, name="Thriller")
    make_credit(film, person)
    film.genres.add(genre)
    terms = {
        "keyword": Keyword.objects.create(pk=83, name="saving the world"),
        "company": Company.objects.create(pk=79, name="Village Roadshow"),
        "network": Network.objects.create(pk=174, name="AMC"),
    }
    Country.objects.get_or_create(pk="US", defaults={"name": "United States"})
    Language.objects.get_or_create(pk="en", defaults={"name": "English"})
    Provider.objects.create(pk=8, name="Netflix")
    make_chart(film, name="popular", kind="movie")
    call_command("reindex")
    return {
        "tmdb_id": FILM,
        "show": SHOW,
        "media_type": "movie",
        "kind": "movie",
        "season_number": 1,
        "episode_number": 1,
        "chart.slug": "popular",
        "external_id": "tt0133093",
        "person.tmdb_id": person.pk,
        "person-credits.tmdb_id": person.pk,
        "person-images.tmdb_id": person.pk,
        "collection.tmdb_id": collection.pk,
        "genre.tmdb_id": genre.pk,
        **{f"{name}.tmdb_id": term.pk for name, term in terms.items()},
        "year": 2020,
        "problem.kind": "invalid",
        "health-one.name": "live",
        "name": "live",
    }


def _records(world: World) -> dict[str, Any]:
    film, show = Title.objects.get(tmdb_id=FILM), Title.objects.get(tmdb_id=SHOW)
    ann = world.ann
    own = making.make(ann, name="Rainy days", visibility=Visibility.PRIVATE)
    item = keeping.add(own, film, by=ann)
    helper = make_user(username="helper")
    Collaborator.objects.create(list=own, user=helper, role=Collaborator.Role.SUGGESTER)
    proposal = keeping.add(own, show, by=helper)
    keeping.put(keeping.watchlist(ann), film, by=ann)
    keeping.put(keeping.favorites(ann), film, by=ann)
    viewing = watch(ann, film, when=When.now(ann))
    _item, undo = keeping.put(keeping.watchlist(ann), show, by=ann)
    season = show.seasons.get()
    rate(ann, title=film, value=Decimal(8))
    rate(ann, title=show, season=season, value=Decimal(8))
    rate(ann, title=show, episode=season.episodes.first(), value=Decimal(8))
    subscribing.open_link(ann)
    review = make_review(ann, film, text="Good.")
    comment = make_comment(review, ann)
    return {
        **dict.fromkeys(_of("list", "pk"), own.pk),
        "item": item.pk,
        "list-proposal.item": proposal.pk,
        "list-person.username": "helper",
        "viewing.pk": viewing.pk,
        "viewing-again.pk": viewing.pk,
        "undo.key": undo,
        "other": making.make(ann, name="Sunny days").pk,
        **{f"{name}.pk": review.pk for name in ("review", "review-history", "comments")},
        **{f"{name}.pk": review.pk for name in ("review-like", "review-likes", "case-review")},
        **{f"{name}.pk": comment.pk for name in ("comment", "comment-like", "comment-likes")},
        "case-comment.pk": comment.pk,
        "member-list.slug": own.slug,
    }


def _account(world: World) -> dict[str, Any]:
    ann = world.ann
    asks = make_user(username="asks")
    following.follow(asks, ann)
    following.block(ann, make_user(username="enemy"))
    told = notify(recipient=ann, actor=None, kind=Kind.SECURITY, text="Hello", url="/")
    invited = Invitation.objects.create(invited_by=ann, email="new@example.org", key_hash="k" * 64)
    app, _secret = registering.register(
        ann,
        name="Telly",
        description="",
        homepage="https://app.example/",
        redirect_uris=["https://app.example/back"],
        is_confidential=True,
    )
    allowed = Authorization.objects.create(user=ann, client=App.objects.get(), scopes="read")
    hook, _secret = listening.add(ann, url="https://hooks.example/", subjects=["rating"])
    delivery = listening.try_out(hook)
    browser = Client()
    browser.force_login(ann)
    session = UserSession.objects.create(
        user=ann, ip="127.0.0.1", session_key=browser.session.session_key
    )
    run = SyncRun.objects.create(
        kind="charts", state=SyncRun.State.DONE, finished_at=timezone.now()
    )
    return {
        "username": "ann",
        "me-request.username": "asks",
        "me-follower.username": "asks",
        **{f"{name}.username": "boss" for name in ("user-follow", "user-mute")},
        "user-block.username": "enemy",
        "notification-read.pk": told.pk if told else 0,
        "me-invitation.pk": invited.pk,
        "me-resend.pk": invited.pk,
        "app.key": app.pk,
        "app-secret.key": app.pk,
        "authorization.pk": allowed.pk,
        "token.pk": make_token(ann, "read").pk,
        **dict.fromkeys(_of("webhook", "pk"), hook.pk),
        "webhook-replay.key": delivery.key,
        "auth-session-end.pk": session.pk,
        "sync-run.pk": run.pk,
    }


def make_token(member: User, *scopes: str, value: str = "chp_x") -> PersonalToken:
    """Opened by `value`."""
    return PersonalToken.objects.create(
        user=member,
        name="A script",
        scopes=" ".join(scopes) or "nothing",
        hash=sha256(f"{value}".encode()).hexdigest(),
    )


def _of(beginning: str, part: str) -> list[str]:
    """The part in all addresses that are called so."""
    return [
        f"{route.name}.{part}"
        for _path, route in routes()
        if (route.name or "").split("-")[0] == beginning
    ]
