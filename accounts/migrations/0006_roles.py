"""The roles beside the catalogue editor: groups with exactly these permissions."""

from importlib import import_module

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

editor = import_module("accounts.migrations.0002_catalogue_editor")

MODERATOR = {"accounts": {"view suspend": ["user"]}}
# Neither rights nor groups: what an admin may make of others is in accounts/ranks.py.
ADMINISTRATOR = {
    "accounts": {"view change suspend": ["user"], "view add delete": ["invitation"]},
    "admin": {"view": ["logentry"]},
    "catalog": editor.MAY["catalog"],
    "work": {"view change": ["deadletter"], "view": ["measure", "claim"]},
    "django_celery_beat": {
        "view change": ["periodictask"],
        "view add change": ["crontabschedule", "intervalschedule"],
    },
}
ROLES = {"Moderator": MODERATOR, "Administrator": ADMINISTRATOR}


def make(apps, schema_editor):
    for name, may in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.set(
            editor._permission(apps, app, model, action)
            for app, granted in may.items()
            for actions, models_ in granted.items()
            for model in models_
            for action in actions.split()
        )


def remove(apps, schema_editor):
    """The permissions stay: they are Django's, who would make them again."""
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_usernames'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('catalog', '0005_rare_titles'),
        ('admin', '0003_logentry_add_action_flag_choices'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('django_celery_beat', '0019_alter_periodictasks_options'),
        ('work', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='invitation',
            options={'verbose_name': 'invitation', 'verbose_name_plural': 'invitations'},
        ),
        migrations.AlterModelOptions(
            name='user',
            options={'permissions': [('suspend_user', 'Can suspend member')], 'verbose_name': 'member', 'verbose_name_plural': 'members'},
        ),
        migrations.AlterField(
            model_name='invitation',
            name='accepted_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='accepted at'),
        ),
        migrations.AlterField(
            model_name='invitation',
            name='accepted_by',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invitation', to=settings.AUTH_USER_MODEL, verbose_name='accepted by'),
        ),
        migrations.AlterField(
            model_name='invitation',
            name='invited_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invitations', to=settings.AUTH_USER_MODEL, verbose_name='invited by'),
        ),
        migrations.AlterField(
            model_name='invitation',
            name='sent_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent at'),
        ),
        migrations.AlterField(
            model_name='user',
            name='leaves_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='leaves at'),
        ),
        migrations.AlterField(
            model_name='user',
            name='phone_verified',
            field=models.BooleanField(default=False, verbose_name='phone number confirmed'),
        ),
        migrations.AddIndex(
            model_name='user',
            index=models.Index(fields=['date_joined'], name='user_joined'),
        ),
        migrations.AddIndex(
            model_name='user',
            index=models.Index(fields=['last_login'], name='user_signed_in'),
        ),
        migrations.RunPython(make, remove),
    ]
