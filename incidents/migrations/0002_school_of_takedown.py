"""A takedown and each of its versions carry the home school of their record, so that a list reads no record."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    record = apps.get_model("schools", "Record").objects.filter(pk=OuterRef("record_id"))
    for name in ("Takedown", "HistoricalTakedown"):
        apps.get_model("incidents", name).objects.update(school_id=Subquery(record.values("school_id")[:1]))


class Migration(migrations.Migration):
    dependencies = [("incidents", "0001_initial"), ("schools", "0002_search")]

    operations = [
        migrations.AddField(
            "historicaltakedown",
            "school",
            models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="schools.school",
            ),
        ),
        migrations.AddField(
            "takedown",
            "school",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.school"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
