"""What moderators and administrators may do about reviews and comments."""

from importlib import import_module

from django.db import migrations

editor = import_module("accounts.migrations.0002_catalogue_editor")

MAY = {"view decide": ["report"], "view": ["review", "comment", "decision"]}
ROLES = ("Moderator", "Administrator")


def _permissions(apps):
    return [
        editor._permission(apps, "reviews", model, action)
        for actions, models in MAY.items()
        for model in models
        for action in actions.split()
    ]


def give(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(*_permissions(apps))


def take(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.remove(*_permissions(apps))


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0001_initial'),
        ('accounts', '0008_moderation'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [migrations.RunPython(give, take)]
