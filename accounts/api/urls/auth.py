"""Coming in and going out, for apps; below /api/v1/."""

from django.urls import path

from accounts.api import auth, auth_own, auth_recovery, auth_sessions

urlpatterns = [
    path("auth/register/", auth.Register.as_view(), name="auth-register"),
    path("auth/login/", auth.Login.as_view(), name="auth-login"),
    path("auth/second-factor/", auth.SecondFactor.as_view(), name="auth-second-factor"),
    path("auth/code/", auth.Code.as_view(), name="auth-code"),
    path("auth/code/confirm/", auth.CodeConfirm.as_view(), name="auth-code-confirm"),
    path("auth/refresh/", auth.Refresh.as_view(), name="auth-refresh"),
    path("auth/logout/", auth_sessions.Logout.as_view(), name="auth-logout"),
    path("auth/logout-all/", auth_sessions.LogoutAll.as_view(), name="auth-logout-all"),
    path("auth/email/confirm/", auth_recovery.EmailConfirm.as_view(), name="auth-email-confirm"),
    path("auth/email/resend/", auth_recovery.EmailResend.as_view(), name="auth-email-resend"),
    path("auth/password/reset/", auth_recovery.PasswordReset.as_view(), name="auth-reset"),
    path(
        "auth/password/reset/confirm/",
        auth_recovery.PasswordResetConfirm.as_view(),
        name="auth-reset-confirm",
    ),
    path("auth/again/", auth_own.Again.as_view(), name="auth-again"),
    path("auth/password/", auth_own.Password.as_view(), name="auth-password"),
    path("auth/email/", auth_own.EmailChange.as_view(), name="auth-email"),
    path("auth/phone/", auth_own.Phone.as_view(), name="auth-phone"),
    path("auth/phone/confirm/", auth_own.PhoneConfirm.as_view(), name="auth-phone-confirm"),
    path("auth/factors/app/", auth_own.App.as_view(), name="auth-app"),
    path("auth/factors/app/confirm/", auth_own.AppConfirm.as_view(), name="auth-app-confirm"),
    path("auth/factors/recovery/", auth_own.Recovery.as_view(), name="auth-recovery"),
    path("auth/session/", auth_sessions.Session.as_view(), name="auth-session"),
    path("auth/sessions/", auth_sessions.Sessions.as_view(), name="auth-sessions"),
    path("auth/sessions/<int:pk>/", auth_sessions.OneSession.as_view(), name="auth-session-end"),
    path("auth/providers/", auth_sessions.Providers.as_view(), name="auth-providers"),
]
