"""Facets tell of the languages spoken, too: `prepare` files every title anew that has none."""

from django.db import migrations


def _forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("TRUNCATE catalog_facets")


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0006_beginnings"),
    ]

    operations = [
        migrations.RunPython(_forwards, migrations.RunPython.noop),
    ]
