"""What happens to a member's pages: a small world, and all that may be done in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import erasure, following, leaving, moderating, undoing
from accounts.forms.profile import PrivacyForm, ProfileForm
from accounts.models import Audience, Follow, Kind, Notification, User
from accounts.notifying import mark_read, notify
from catalog import editing
from catalog.models import Chart, Title
from cinehub.undo import DEEDS
from lists import collaborating, keeping, making, tracking, watching
from lists.models import Collaborator, State
from lists.when import When
from reviews import commenting, erasing, liking, rating, writing
from reviews import moderating as deciding
from reviews.models import Review
from tests.lists.keep import make_list, share
from tests.lists.shows import make_running_show
from tests.make import make_chart, make_comment, make_title, make_user


@dataclass
class World:
    """Ann looks at pages, follows Ben, and may edit a list of his; Carl is a stranger to both."""

    ann: User = field(default_factory=lambda: make_user(username="ann"))
    ben: User = field(default_factory=lambda: make_user(username="ben"))
    carl: User = field(default_factory=lambda: make_user(username="carl"))
    staff: User = field(default_factory=lambda: make_user(username="eve", is_superuser=True))
    film: Title = field(default_factory=lambda: make_title(name="Solaris"))

    def __post_init__(self) -> None:
        self.show, self.episodes = make_running_show(3, name="Twin Peaks")
        self.season = self.episodes[0].season
        for kind, title in (("movie", self.film), ("tv", self.show)):
            make_chart(title, name=Chart.Name.TRENDING_DAY, kind=kind)
        now = timezone.now()
        Follow.objects.create(follower=self.ann, followed=self.ben, accepted_at=now)
        self.list = make_list(self.ann, name="Rainy Sundays")
        self.shared = make_list(self.ben, self.film, name="Ours")
        self.working = share(self.shared, self.ann)
        watching.see(self.ann, self.show, episode=self.episodes[0], when=When.now(self.ann))
        for member, value in ((self.ann, 7), (self.ben, 8), (self.carl, 9)):
            rating.rate(member, title=self.film, value=Decimal(value))
        self.review = self.says(self.ben, self.film)
        self.says(self.carl, self.film)
        self.says(self.carl, self.show)
        self.said = make_comment(self.review, self.carl)
        commenting.recount(self.review)
        self.tell()

    def says(self, author: User, title: Title) -> Review:
        values = {"has_spoilers": False, "covers": None, "audience": Audience.PUBLIC}
        return writing.publish(author, title, text=f"{author} has seen it.", **values)

    def tell(self) -> None:
        # At another place each time, or the same would be told anew.
        url = f"/{uuid4()}"
        notify(recipient=self.ann, actor=self.carl, kind=Kind.LIKE, text="Liked.", url=url)

    def addresses(self) -> list[str]:
        return [
            "/",
            reverse("catalog:discover", args=["movie"]),
            self.film.get_absolute_url(),
            self.show.get_absolute_url(),
            reverse("catalog:season", args=[self.show.ref, self.season.number]),
            "/search?q=solaris",
        ]


def _choose(form: type[PrivacyForm | ProfileForm], member: User, **data: str) -> None:
    given = form(data, instance=User.objects.get(pk=member.pk))
    assert given.is_valid(), given.errors
    given.save()


def _prefer(member: User, **values: object) -> None:
    """Columns of one's own row, whoever writes them."""
    User.objects.filter(pk=member.pk).update(**values)


def _leave(world: World, member: User) -> None:
    """And be erased two weeks later."""
    leaving.leave(member)
    User.objects.filter(pk=member.pk).update(leaves_at=timezone.now() - timedelta(days=1))
    assert erasure.erase(member.pk, rooms=[erasing.erase])


def _undo(member: User, key: object) -> None:
    found = undoing.take(member, key)  # type: ignore[arg-type]
    assert found
    DEEDS[found.deed](member, found.data)


def _rename(title: Title) -> None:
    title.name = "Another name"
    title.save(update_fields=["name"])
    editing.edit(title, ["name"])


def _now(w: World) -> When:
    return When.now(w.ann)


# --- What Ann does -------------------------------------------------------------------------------
OWN: dict[str, Callable[[World], object]] = {
    "wants a film": lambda w: keeping.put(keeping.watchlist(w.ann), w.film, by=w.ann),
    "likes a film": lambda w: keeping.put(keeping.favorites(w.ann), w.film, by=w.ann),
    "puts a film on a list": lambda w: keeping.put(w.list, w.film, by=w.ann),
    "begins a list": lambda w: making.make(w.ann, name="Another one"),
    "renames a list": lambda w: making.describe(w.list, name="Sundays"),
    "deletes a list": lambda w: making.delete(w.list),
    "takes a film off a shared list": lambda w: keeping.remove(w.shared, [w.film], by=w.ann),
    "goes from a shared list": lambda w: collaborating.part(w.working),
    "sees a film": lambda w: watching.see(w.ann, w.film, when=_now(w)),
    "sees an episode": lambda w: watching.see(w.ann, w.show, episode=w.episodes[1], when=_now(w)),
    "sees a season": lambda w: watching.watch_season(w.ann, w.season, when=_now(w)),
    "has not seen an episode": lambda w: watching.unwatch(w.ann, w.show, episode=w.episodes[0]),
    "drops a show": lambda w: tracking.say(w.ann, w.show, State.DROPPED),
    "rates a film": lambda w: rating.rate(w.ann, title=w.film, value=Decimal(3)),
    "takes a rating back": lambda w: rating.rate(w.ann, title=w.film, value=None),
    "rates a season": lambda w: rating.rate(w.ann, title=w.show, season=w.season, value=Decimal(3)),
    "writes a review": lambda w: w.says(w.ann, w.film),
    "likes a review": lambda w: liking.like(w.ann, w.review),
    "follows": lambda w: following.follow(w.ann, w.carl),
    "follows no longer": lambda w: following.unfollow(w.ann, w.ben),
    "blocks": lambda w: following.block(w.ann, w.ben),
    "mutes": lambda w: following.mute(w.ann, w.ben),
    "reads what she was told": lambda w: mark_read(Notification.objects.all(), w.ann),
    "chooses a scale": lambda w: _prefer(w.ann, rating_scale="5"),
    "chooses a language": lambda w: _prefer(w.ann, language="ru"),
    "drops her shield": lambda w: _prefer(w.ann, spoiler_shield=False),
    "chooses a theme": lambda w: _prefer(w.ann, theme="dark"),
    "chooses a name": lambda w: _choose(ProfileForm, w.ann, display_name="Anna"),
}
# --- What others do ------------------------------------------------------------------------------
OTHERS: dict[str, Callable[[World], object]] = {
    "a friend rates": lambda w: rating.rate(w.ben, title=w.film, value=Decimal(1)),
    "a friend sees a show": lambda w: watching.see(
        w.ben, w.show, episode=w.episodes[0], when=_now(w)
    ),
    "a friend wants a show": lambda w: keeping.put(keeping.watchlist(w.ben), w.show, by=w.ben),
    "a friend writes": lambda w: w.says(w.ben, w.show),
    "a friend withdraws what they wrote": lambda w: writing.withdraw(w.review),
    "a friend keeps things to themselves": lambda w: _choose(
        PrivacyForm, w.ben, audience="public", default_audience="private"
    ),
    "a friend is called otherwise": lambda w: _choose(ProfileForm, w.ben, display_name="Benny"),
    "a friend blocks": lambda w: following.block(w.ben, w.ann),
    "a friend lets nobody follow": lambda w: following.remove(w.ben, w.ann),
    "a friend leaves": lambda w: leaving.leave(w.ben),
    "a friend is erased": lambda w: _leave(w, w.ben),
    "a friend is turned out": lambda w: moderating.deactivate([w.ben], by=w.staff),
    "a friend renames the shared list": lambda w: making.describe(w.shared, name="Theirs"),
    "a friend takes a film off it": lambda w: keeping.remove(w.shared, [w.film], by=w.ben),
    "a friend puts a show on it": lambda w: keeping.add(w.shared, w.show, by=w.ben),
    "a friend deletes it": lambda w: making.delete(w.shared),
    "a friend ends the sharing": lambda w: collaborating.part(w.working),
    "a friend shares another": lambda w: collaborating.invite(
        make_list(w.ben, name="More of ours"), "ann", Collaborator.Role.EDITOR
    ),
    "a stranger rates": lambda w: rating.rate(w.carl, title=w.film, value=Decimal(1)),
    "a stranger rates a season": lambda w: rating.rate(
        w.carl, title=w.show, season=w.season, value=Decimal(2)
    ),
    "a stranger likes a review": lambda w: liking.like(w.carl, w.review),
    "a stranger comments": lambda w: commenting.comment(
        w.review, w.carl, text="Quite so.", key=uuid4()
    ),
    "a stranger is erased": lambda w: _leave(w, w.carl),
    "a stranger keeps to themselves": lambda w: following.show_to(w.carl, Audience.PRIVATE),
    "a moderator hides a review": lambda w: deciding.hide(w.review, by=w.staff, reason="spam"),
    "a moderator hides a comment": lambda w: deciding.hide(w.said, by=w.staff, reason="spam"),
    "something is told": lambda w: w.tell(),
    "an admin renames a film": lambda w: _rename(w.film),
    "an admin hides a film": lambda w: editing.hide([w.film.pk]),
}
# --- What is taken back --------------------------------------------------------------------------
UNDONE: dict[str, Callable[[World], object]] = {
    "a film on the watchlist": lambda w: keeping.put(keeping.watchlist(w.ann), w.film, by=w.ann)[1],
    "a film off a list": lambda w: keeping.remove(w.shared, [w.film], by=w.ann),
    "an episode seen": lambda w: (
        watching.see(w.ann, w.show, episode=w.episodes[1], when=_now(w)).undo
    ),
    "an episode not seen": lambda w: watching.unwatch(w.ann, w.show, episode=w.episodes[0]).undo,
    "a show dropped": lambda w: tracking.say(w.ann, w.show, State.DROPPED),
    "a rating": lambda w: rating.rate_undoably(w.ann, title=w.film, value=Decimal(2)),
    "a review gone": lambda w: writing.withdraw(w.says(w.ann, w.film)),
}


def undo(world: World, key: object) -> None:
    _undo(world.ann, key)


def signed_in(member: User) -> Client:
    client = Client()
    client.force_login(member)
    return client
