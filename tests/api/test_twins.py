"""Whatever can be done on a page, a program can do: every address of the site has its twin in the
API, or stands among those that need none.
"""

from django.urls import URLPattern, URLResolver, get_resolver

from tests.api.world import methods, routes

# By the name of a page's address: what does and tells the same, as method and name.
TWINS = {
    # --- Looking -------------------------------------------------------------------------------
    "home": "get movies-popular",
    "title": "get movies-details",
    "catalog:discover": "get movies-list",
    "catalog:names": "get keywords",
    "catalog:genre": "get genre",
    "catalog:keyword": "get keyword",
    "catalog:company": "get company",
    "catalog:network": "get network",
    "catalog:country": "get countries",
    "catalog:chart": "get chart",
    "catalog:calendar": "get calendar",
    "catalog:search": "get search",
    "catalog:suggest": "get search",
    "catalog:further": "post search-further",
    "catalog:credits": "get movies-credits",
    "catalog:images": "get movies-images",
    "catalog:releases": "get movies-release-dates",
    "catalog:refresh": "post movies-sync",
    "catalog:season": "get season",
    "catalog:episode": "get episode",
    "catalog:person": "get person",
    "catalog:collection": "get collection",
    "language": "patch me",
    "theme": "patch me",
    # --- Signing up, in and out ----------------------------------------------------------------
    "account_login": "post auth-login",
    "account_signup": "post auth-register",
    "account_logout": "post auth-logout",
    "account_request_login_code": "post auth-code",
    "account_confirm_login_code": "post auth-code-confirm",
    "account_confirm_email": "post auth-email-confirm",
    "account_email_verification_sent": "post auth-email-resend",
    "account_reset_password": "post auth-reset",
    "account_reset_password_from_key": "post auth-reset-confirm",
    "mfa_authenticate": "post auth-second-factor",
    "account_reauthenticate": "post auth-again",
    "mfa_reauthenticate": "post auth-again",
    "account_change_password": "post auth-password",
    "account_set_password": "post auth-password",
    "account_email": "post auth-email",
    "account_change_phone": "post auth-phone",
    "account_verify_phone": "post auth-phone-confirm",
    "account_remove_phone": "delete auth-phone",
    "mfa_activate_totp": "post auth-app",
    "mfa_deactivate_totp": "delete auth-app",
    "mfa_generate_recovery_codes": "post auth-recovery",
    "usersessions_list": "get auth-sessions",
    "session_end": "delete auth-session-end",
    "sessions_end_others": "delete auth-sessions",
    # --- Members -------------------------------------------------------------------------------
    "member": "get user",
    "accounts:followers": "get user-followers",
    "accounts:following": "get user-following",
    "accounts:follow": "put user-follow",
    "accounts:unfollow": "delete user-follow",
    "accounts:mute": "put user-mute",
    "accounts:unmute": "delete user-mute",
    "accounts:block": "put user-block",
    "accounts:unblock": "delete user-block",
    "accounts:settings-profile": "patch me",
    "accounts:settings-privacy": "patch me",
    "accounts:settings-preferences": "patch me",
    "accounts:settings-followers": "get me-requests",
    "accounts:accept": "put me-request",
    "accounts:decline": "delete me-request",
    "accounts:remove": "delete me-follower",
    "accounts:invitations": "post me-invitations",
    "accounts:invitation-resend": "post me-resend",
    "accounts:invitation-withdraw": "delete me-invitation",
    "accounts:leave": "post me-leave",
    "accounts:stay": "delete me-leave",
    "accounts:notifications": "get notifications",
    "accounts:bell": "get notifications-unread",
    "accounts:notifications-read": "put notifications-read",
    "accounts:notification-open": "put notification-read",
    "accounts:settings-notifications": "patch me-notification-settings",
    "accounts:unsubscribe": "patch me-notification-settings",
    "data-download": "get me-export",
    "feed": "get feed",
    "stats": "get user-stats",
    "year": "get user-year",
    # --- Apps ----------------------------------------------------------------------------------
    "accounts:apps": "get apps",
    "accounts:app-new": "post apps",
    "accounts:app": "patch app",
    "accounts:app-secret": "post app-secret",
    "accounts:app-delete": "delete app",
    "accounts:authorizations": "get authorizations",
    "accounts:authorization-revoke": "delete authorization",
    "accounts:tokens": "post tokens",
    "accounts:token-revoke": "delete token",
    "accounts:webhooks": "get webhooks",
    "accounts:webhook-add": "post webhooks",
    "accounts:webhook": "get webhook-deliveries",
    "accounts:webhook-change": "patch webhook",
    "accounts:webhook-on": "patch webhook",
    "accounts:webhook-off": "patch webhook",
    "accounts:webhook-secret": "post webhook-secret",
    "accounts:webhook-test": "post webhook-test",
    "accounts:webhook-remove": "delete webhook",
    "accounts:webhook-replay": "post webhook-replay",
    # --- Lists ---------------------------------------------------------------------------------
    "lists:watchlist": "put watchlist-title",
    "lists:favorite": "put favorites-title",
    "lists:of-title": "put movie-lists",
    "lists:on-list": "put list-title",
    "lists:my-watchlist": "get watchlist",
    "lists:my-favorites": "get favorites",
    "lists:all-seen": "get seen",
    "lists:mine": "get lists",
    "lists:new": "post lists",
    "lists:of-member": "get member-lists",
    "lists:list": "get member-list",
    "lists:edit": "patch list",
    "lists:delete": "delete list",
    "lists:link": "post list-link",
    "lists:clone": "post list-clone",
    "lists:remove": "post list-remove",
    "lists:arrange": "put list-order",
    "lists:note": "patch list-item",
    "lists:transfer": "post list-transfer",
    "lists:answer": "put list-proposal",
    "lists:people": "post list-people",
    "lists:role": "patch list-person",
    "lists:part": "delete list-person",
    "lists:leave": "delete list-person",
    "lists:linked": "get list",
    "lists:clone-linked": "post list-clone",
    # --- History -------------------------------------------------------------------------------
    "lists:seen": "put movie-watched",
    "lists:seen-season": "put season-watched",
    "lists:seen-episode": "put episode-watched",
    "lists:state": "put tv-state",
    "lists:viewings": "post history",
    "lists:viewings-episode": "post history",
    "lists:viewing": "patch viewing",
    "lists:viewing-again": "post viewing-again",
    "lists:viewing-delete": "delete viewing",
    "lists:history": "get history",
    "lists:member-history": "get member-history",
    "lists:progress": "get progress",
    "lists:up-next": "get up-next",
    "lists:my-calendar": "get my-calendar",
    "lists:calendar-link": "post calendar-link",
    "undo": "post undo",
    # --- Reviews -------------------------------------------------------------------------------
    "reviews:rate": "put rating",
    "reviews:rate-season": "put rating-of-season",
    "reviews:rate-episode": "put rating-of-episode",
    "reviews:write": "post reviews",
    "reviews:about": "get movie-reviews",
    "reviews:withdraw": "delete review",
    "reviews:of-member": "get user-reviews",
    "reviews:ratings": "get user-ratings",
    "reviews:review": "get review",
    "reviews:editions": "get review-history",
    "reviews:like": "put review-like",
    "reviews:comment": "post comments",
    "reviews:like-comment": "put comment-like",
    "reviews:edit-comment": "patch comment",
    "reviews:remove-comment": "delete comment",
    "reviews:report-review": "post reports",
    "reviews:report-comment": "post reports",
    "reviews:moderation": "get moderation",
    "reviews:decisions": "get decisions",
    "reviews:case-review": "post case-review",
    "reviews:case-comment": "post case-comment",
    # --- How the site is -----------------------------------------------------------------------
    "health": "get health",
    "health-one": "get health-one",
}
# Without one, and why none is needed.
WITHOUT = {
    "about": "words about the site",
    "api-nowhere": "is where the API is not",
    "metrics": "is for a program already",
    "robots": "is for a program already",
    "sitemap": "is for a program already",
    "sitemap-chunk": "is for a program already",
    "catalog:picture": "answers name pictures by these addresses",
    "accounts:avatar": "answers name pictures by these addresses",
    "accounts:settings-data": "only leads to the download and to leaving",
    "accounts:leaving": "only asks whether to stay",
    "accounts:invitation": "its key is sent along by who registers",
}
# Whole rooms of them, by how their names begin.
ROOMS_WITHOUT = {
    "admin:": "the Django admin is a page and nothing else",
    "dashboard": "the Django admin is a page and nothing else",
    "api:": "the API itself",
    "idp:": "OAuth is for programs already; only a browser can ask its member",
    "socialaccount_": "another house's door opens in a browser",
    "google_": "another house's door opens in a browser",
    "github_": "another house's door opens in a browser",
    "facebook_": "another house's door opens in a browser",
    "twitter_": "another house's door opens in a browser",
    "openid_": "another house's door opens in a browser",
}
# What only a browser can do: keys that a device holds, and codes that are shown once there.
IN_A_BROWSER = {
    *("account_inactive", "account_reset_password_done", "account_reset_password_from_key_done"),
    *("mfa_reauthenticate_webauthn", "mfa_login_webauthn", "mfa_list_webauthn"),
    *("mfa_add_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn"),
    *("mfa_index", "mfa_view_recovery_codes", "mfa_download_recovery_codes"),
}
FEEDS = ("-rss", "-atom", "-ical")


def pages() -> set[str]:
    """The names of all addresses of the site."""
    return set(_names(get_resolver(), ""))


def _names(resolver: URLResolver, space: str) -> list[str]:
    found = []
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            found += [space + one.name] if one.name else []
        else:
            found += _names(one, f"{space}{one.namespace}:" if one.namespace else space)
    return found


def test_every_page_has_its_twin_or_needs_none() -> None:
    needs_none = set(WITHOUT) | IN_A_BROWSER
    lacking = {
        name
        for name in pages() - set(TWINS) - needs_none
        if not name.startswith(tuple(ROOMS_WITHOUT)) and not name.endswith(FEEDS)
    }

    assert lacking == set()


def test_every_twin_is_there() -> None:
    there = {f"{method} {route.name}" for _path, route in routes() for method in methods(route)}

    assert set(TWINS.values()) - there == set()


def test_no_page_is_named_that_is_gone() -> None:
    assert (set(TWINS) | set(WITHOUT) | IN_A_BROWSER) - pages() == set()
