"""What a card says of its title to a member, and what they can do from there."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Title
from cinehub.kit.addresses import Ref, address, below
from cinehub.kit.own import Told
from cinehub.kit.written import Given, WrittenRows
from lists.models import List, ListItem, Tracking, Viewing


@dataclass(frozen=True, slots=True)
class Standing:
    """How a member stands to a title; the numbers are a show's."""

    is_wanted: bool = False
    is_watched: bool = False
    seen: int = 0
    left: int = 0

    @property
    def is_seen(self) -> bool:
        """A film once is enough; a show as far as it has aired."""
        return self.is_watched and not self.left

    @property
    def is_begun(self) -> bool:
        return self.seen > 0 and self.left > 0


NONE = Standing()


def standings(member: User, titles: Sequence[int]) -> dict[int, Standing]:
    """By the titles' keys, in one question."""
    return {
        pk: Standing(bool(is_wanted), bool(is_watched), seen or 0, left or 0)
        for pk, is_wanted, is_watched, seen, left in STANDINGS.ask(
            member=member.pk, titles=list(titles)
        )
    }


def _standings() -> QuerySet[Any, Any]:
    title, member = OuterRef("pk"), Given("member")
    wanted = ListItem.objects.accepted().filter(
        list__owner=member, list__kind=List.Kind.WATCHLIST, title=title
    )
    progress = Tracking.objects.filter(user=member, title=title)
    return (
        Title.objects.filter(pk__among=Given("titles"))
        .order_by()
        .annotate(
            is_wanted=Exists(wanted),
            is_watched=Exists(Viewing.objects.filter(user=member, title=title)),
            seen=Subquery(progress.values("seen")),
            left=Subquery(progress.values("left")),
        )
        .values_list("pk", "is_wanted", "is_watched", "seen", "left")
    )


STANDINGS = WrittenRows(_standings)


def cards(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `card`; who is not signed in is shown nothing."""
    if not request.user.is_authenticated:
        return [""] * len(asked)
    known = standings(request.user, [int(told[0]) for told in asked])
    return [
        _card(pk, kind, Ref(int(tmdb_id), slug), name, known.get(int(pk), NONE))
        for pk, kind, tmdb_id, slug, name in asked
    ]


def _card(pk: str, kind: str, ref: Ref, name: str, standing: Standing) -> str:
    seen = _seen(kind, ref, name, standing)
    wanted = _button(
        below("lists:watchlist", ref, kind=kind),
        "bookmark",
        standing.is_wanted,
        _("%(name)s: on your watchlist") % {"name": name},
    )
    more = escape(_("%(name)s: what to do") % {"name": name})
    return (
        f'<div class="own-card" data-own="card-{pk}">{_mark(standing)}'
        # Where nothing hovers the deeds wait behind it.
        f'<details class="own-more" name="own-more"><summary aria-label="{more}">'
        f"{_drawn('ellipsis')}</summary></details>"
        f'<div class="own-deeds">{wanted}{seen}{_rate(kind, ref, name)}</div></div>'
    )


def _rate(kind: str, ref: Ref, name: str) -> str:
    said = escape(_("%(name)s: rate") % {"name": name})
    return (
        f'<a class="own-deed" href="{address("title", ref, kind)}#rating" title="{said}">'
        f"{_drawn('star')}</a>"
    )


def _seen(kind: str, ref: Ref, name: str, standing: Standing) -> str:
    """Of a show, from its card, nobody marks all episodes by one touch."""
    if kind != "movie":
        return ""
    said = _("%(name)s: seen") % {"name": name}
    return _button(below("lists:seen", ref, kind=kind), "check", standing.is_seen, said)


def _button(address: str, drawn: str, is_on: bool, name: str) -> str:
    """Pressed again it takes back what it did."""
    state = "true" if is_on else "false"
    return (
        f'<button class="own-deed" form="own" name="on" value="{int(not is_on)}"'
        f' formaction="{address}" hx-post="{address}" hx-swap="none" aria-pressed="{state}"'
        f' data-deed="{drawn}" title="{escape(name)}">{_drawn(drawn)}</button>'
    )


def _drawn(name: str, size: int = 18) -> str:
    """Of the drawings that each page of a member has once (_own_form.html)."""
    return (
        f'<svg class="icon" width="{size}" height="{size}" aria-hidden="true">'
        f'<use href="#own-{name}"/></svg>'
    )


def _mark(standing: Standing) -> str:
    """In the corner: the furthest that it has come to."""
    if standing.is_seen:
        said, drawn = _("Seen"), _drawn("check", 14)
    elif standing.is_begun:
        there, all_of = standing.seen, standing.seen + standing.left
        said = _("%(seen)s of %(all)s episodes seen") % {"seen": there, "all": all_of}
        drawn = f'<span aria-hidden="true">{there}/{all_of}</span>'
    elif standing.is_wanted:
        said, drawn = _("On your watchlist"), _drawn("bookmark", 14)
    else:
        return ""
    return f'<p class="own-mark">{drawn}<span class="visually-hidden">{escape(said)}</span></p>'
