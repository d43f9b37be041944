"""Signing up, in and out."""

from allauth.account import views
from django.urls import path, re_path

from accounts.views import phone

urlpatterns = [
    path("sign-in", views.login, name="account_login"),
    path("sign-in/code", views.request_login_code, name="account_request_login_code"),
    path("sign-in/code/confirm", views.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/again", views.reauthenticate, name="account_reauthenticate"),
    path("sign-in/inactive", views.account_inactive, name="account_inactive"),
    path("sign-up", views.signup, name="account_signup"),
    path("sign-out", views.logout, name="account_logout"),
    path("confirm-email", views.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)$", views.confirm_email, name="account_confirm_email"),
    path("password/reset", views.password_reset, name="account_reset_password"),
    path("password/reset/sent", views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/done",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("settings/phone", phone.change, name="account_change_phone"),
    path("settings/phone/confirm", phone.confirm, name="account_verify_phone"),
    path("settings/phone/remove", phone.remove, name="account_remove_phone"),
    path("settings/email", views.email, name="account_email"),
    path("settings/password", views.password_change, name="account_change_password"),
    path("settings/password/set", views.password_set, name="account_set_password"),
]
