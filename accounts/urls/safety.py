"""Second factors, passkeys, sessions, and other houses' doors."""

from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.urls import include, path
from django.views.decorators.cache import never_cache

from accounts.views import connections, sessions

KEY = "settings/two-factor/keys/<int:pk>"

urlpatterns = [
    path("settings/sessions", sessions.listed, name="usersessions_list"),
    path("settings/sessions/<int:pk>/end", sessions.end, name="session_end"),
    path("settings/sessions/end-others", sessions.end_others, name="sessions_end_others"),
    path(
        "settings/connections", connections.Connections.as_view(), name="socialaccount_connections"
    ),
    path("settings/two-factor", mfa.index, name="mfa_index"),
    path("settings/two-factor/app", never_cache(totp.activate_totp), name="mfa_activate_totp"),
    path("settings/two-factor/app/off", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "settings/two-factor/recovery",
        never_cache(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "settings/two-factor/recovery/new",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "settings/two-factor/recovery/download",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("settings/two-factor/keys", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("settings/two-factor/keys/add", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path(f"{KEY}/remove", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path(f"{KEY}/name", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("sign-in/two-factor", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/again/two-factor", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(
        "sign-in/again/passkey",
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("sign-in/with/cancelled", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/with/error", social.login_error, name="socialaccount_login_error"),
    path("sign-up/with", social.signup, name="socialaccount_signup"),
    path("sign-in/with/", include(connections.addresses())),
]
