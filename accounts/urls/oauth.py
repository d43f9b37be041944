"""Where apps are let in: allauth's views by its names, at addresses of ours."""

from allauth.idp.oidc import views
from django.urls import include, path

from accounts.views import device, oauth

OIDC = [
    path(".well-known/openid-configuration", views.configuration, name="configuration"),
    path(".well-known/jwks.json", views.jwks, name="jwks"),
    path("oauth/authorize", oauth.Consent.as_view(), name="authorization"),
    path("oauth/token", oauth.token, name="token"),
    path("oauth/revoke", oauth.revoke, name="revoke"),
    path("oauth/userinfo", views.user_info, name="userinfo"),
    path("oauth/device/code", oauth.device_code, name="device_code"),
    path("oauth/sign-out", views.logout, name="logout"),
    path("device", device.device, name="device_authorization"),
]
urlpatterns = [path("", include(([path("", include((OIDC, "oidc")))], "idp")))]
