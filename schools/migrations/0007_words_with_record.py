"""Which record a row of stand-ins belongs to is found without reading the row, which is long."""

from django.db import migrations, models

# PostgreSQL keeps the stand-ins of new rows apart from them, so that a row is short; SQLite reads the index instead.
APART = "ALTER TABLE schools_searchwords SET (toast_tuple_target = 128)"
TOGETHER = "ALTER TABLE schools_searchwords RESET (toast_tuple_target)"


def keep_apart(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(APART)


def keep_together(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(TOGETHER)


class Migration(migrations.Migration):
    dependencies = [("schools", "0006_accounts_confirmed")]
    operations = [
        migrations.AddIndex(
            model_name="searchwords",
            index=models.Index(fields=["id", "record"], name="words_with_record"),
        ),
        migrations.RunPython(keep_apart, keep_together),
    ]
