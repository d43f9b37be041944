"""How the doors are built, for allauth: their forms, their limits, and what passes for a password.

The settings read it, before there are models: it names things and imports none.
"""

HASHERS = [
    f"django.contrib.auth.hashers.{name}PasswordHasher"
    # The first one makes them; what came with another one is made anew at its next sign-in.
    for name in ("Argon2", "PBKDF2", "BCryptSHA256", "BCrypt", "Scrypt")
]

VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    }
]

FORMS = {
    name: f"accounts.forms.doors.{form}"
    for name, form in {
        "login": "SignIn",
        "signup": "SignUp",
        "request_login_code": "AskCode",
        "confirm_login_code": "EnterCode",
        "reset_password": "ResetPassword",
        "reset_password_from_key": "NewPassword",
        "change_password": "ChangePassword",
        "set_password": "SetPassword",
        "reauthenticate": "SignInAgain",
        "add_email": "ChangeEmail",
        "change_phone": "ChangePhone",
        "verify_phone": "ConfirmPhone",
    }.items()
}

FACTOR_FORMS = {
    "activate_totp": "accounts.factors.SetUpApp",
    "authenticate": "accounts.factors.EnterCode",
    "reauthenticate": "accounts.factors.EnterCodeAgain",
    "add_webauthn": "accounts.factors.NewKey",
    "edit_webauthn": "accounts.factors.KeyName",
}

# By address, by account (key: what was typed), and by who is signed in.
LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,200/d/ip,5/5m/key,50/d/key",
    "signup": "10/m/ip,50/d/ip",
    "reset_password": "10/m/ip,3/m/key,10/d/key",
    "reset_password_from_key": "20/m/ip",
    "request_login_code": "10/m/ip,3/m/key,20/d/key",
    "reauthenticate": "10/m/user",
    "change_phone": "3/m/user,10/d/user",
    "verify_phone": "3/10m/key,10/d/key,5/m/ip",
}
