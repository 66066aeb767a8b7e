"""Puts the history of the sections under the data version."""

from django.db import migrations

TABLES = ["subcategoryperiod", "taxonomybreak"]


class Migration(migrations.Migration):
    dependencies = [("projects", "0004_add_taxonomy_breaks")]
    operations = [
        migrations.RunSQL(
            f"SELECT strata_watch('projects_{table}')", f"DROP TRIGGER strata_touch ON projects_{table}"
        )
        for table in TABLES
    ]
