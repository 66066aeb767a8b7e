"""Raise the data version when what pages show of the metrics is written.

Snapshots themselves are not watched: a night writes them in hundreds of small transactions, and pages read
indicators and series whose versions move once, when the run closes.
"""

from django.db import migrations

TABLES = ["activitywindow", "indicator", "maintainershare", "repositoryevent"]


class Migration(migrations.Migration):
    dependencies = [("metrics", "0002_partition_snapshots"), ("projects", "0003_watch_data_version")]
    operations = [
        migrations.RunSQL(
            f"SELECT strata_watch('metrics_{table}')", f"DROP TRIGGER strata_touch ON metrics_{table}"
        )
        for table in TABLES
    ]
