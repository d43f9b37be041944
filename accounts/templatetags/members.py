"""Members, as templates want them."""

from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts import avatars
from accounts.models import User

register = template.Library()

# Tones of middling lightness, on which white letters can be read (static/css/tones.css).
TONES = range(22, 36)


@register.simple_tag
def avatar(member: User, size: int = 96, css: str = "") -> SafeString:
    """Beside a name, so it has none of its own. Initials on a tone, where there is no picture."""
    digest = avatars.digest_of(member)
    if not digest:
        tone = TONES[(member.pk or 0) % len(TONES)]
        return format_html(
            '<span class="avatar {}" data-tone="{}" aria-hidden="true">{}</span>',
            css,
            tone,
            initials(member.name),
        )
    addresses = {each: reverse("accounts:avatar", args=[each, digest]) for each in avatars.SIZES}
    large, small = avatars.SIZES
    if size >= large:
        return format_html(
            '<img class="avatar {}" src="{}" width="{}" height="{}" alt="">',
            css,
            addresses[large],
            large,
            large,
        )
    return format_html(
        '<img class="avatar {}" src="{}" srcset="{} {}w, {} {}w" sizes="{}px"'
        ' width="{}" height="{}" alt="" decoding="async">',
        css,
        addresses[small],
        addresses[small],
        small,
        addresses[large],
        large,
        size,
        size,
        size,
    )


def initials(name: str) -> str:
    """Of the first word and the last, or of the only one."""
    words = name.split() or [""]
    letters = [next((sign for sign in word if sign.isalnum()), "") for word in words]
    return "".join([letters[0], *letters[1:][-1:]]).upper() or "?"


@register.simple_tag(takes_context=True)
def door(context: template.Context, name: str) -> str:
    """The way to sign in or up, and from there back to here."""
    request: HttpRequest = context["request"]
    found = request.resolver_match
    is_door = bool(found and found.view_name.startswith(("account_", "mfa_", "socialaccount_")))
    back = request.GET.get("next", "") if is_door else request.get_full_path()
    return f"{reverse(name)}?{urlencode({'next': back})}" if back else reverse(name)


@register.simple_tag
def may_sign_up() -> bool:
    return not settings.SIGN_UP_CLOSED


register.simple_tag(avatars.address_of, name="avatar_address")
