from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0004_add_run_steps"),
    ]

    operations = [
        migrations.AlterField(
            model_name="importnotice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("unknown_key", "unknown key"),
                    ("unreadable", "unreadable version"),
                    ("logo", "logo left out"),
                    ("placement", "second path to a place that does not exist"),
                    ("repository", "address that is no repository"),
                    ("duplicate", "name that several cards carry"),
                    ("value", "value left out"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
    ]
