"""The role of who looks after the catalogue: a group with exactly these permissions."""

from django.db import migrations

NAME = "Catalogue editor"
# Nobody deletes what TMDB may tell again: it is hidden.
MAY = {
    "catalog": {
        "view change": [
            "title", "person", "collection", "genre", "keyword", "company", "network",
            "country", "language", "provider", "errand", "picture",
        ],
        "view": [
            "credit", "season", "chart", "syncrun", "changescursor", "picturefile",
        ],
    },
    "work": {"view change": ["deadletter"], "view": ["measure"]},
    "django_celery_beat": {"view": ["periodictask", "crontabschedule", "intervalschedule"]},
}


def make(apps, schema_editor):
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=NAME)
    group.permissions.set(
        _permission(apps, app, model, action)
        for app, granted in MAY.items()
        for actions, models in granted.items()
        for model in models
        for action in actions.split()
    )


def remove(apps, schema_editor):
    """The permissions stay: they are Django's, who would make them again."""
    apps.get_model("auth", "Group").objects.filter(name=NAME).delete()


def _permission(apps, app, model, action):
    """Django makes it after all migrations, which is too late on a new site."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app, model=model
    )
    name = apps.get_model(app, model)._meta.verbose_name
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=f"{action}_{model}", defaults={"name": f"Can {action} {name}"}
    )
    return permission


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0001_initial"),
        ("catalog", "0004_workers"),
        ("work", "0001_initial"),
        ("django_celery_beat", "0019_alter_periodictasks_options"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make, remove)]
