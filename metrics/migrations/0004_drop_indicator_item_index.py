"""Drop the index on an indicator's item alone: the unique one begins with the item too.

With both, PostgreSQL joins the two indexes row by row where the unique one alone finds the few rows at once.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("metrics", "0003_watch_data_version")]
    operations = [
        migrations.AlterField(
            model_name="indicator",
            name="item",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="indicators", to="projects.item"
            ),
        ),
    ]
