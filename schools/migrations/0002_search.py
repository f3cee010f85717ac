"""The index over keyed stand-ins for words, in the form that each database knows."""

from django.db import migrations

MAKE = {
    "sqlite": """
        CREATE VIRTUAL TABLE schools_searchindex USING fts5(
            tokens, beginnings, content='schools_searchwords', content_rowid='id', tokenize='ascii'
        )
    """,
    "postgresql": """
        CREATE INDEX schools_searchindex ON schools_searchwords
        USING gin (to_tsvector('simple', tokens || ' ' || beginnings))
    """,
}
DROP = {"sqlite": "DROP TABLE schools_searchindex", "postgresql": "DROP INDEX schools_searchindex"}


def make(apps, schema_editor):
    schema_editor.execute(MAKE[schema_editor.connection.vendor])


def drop(apps, schema_editor):
    schema_editor.execute(DROP[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
