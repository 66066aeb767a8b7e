"""Raise the data version when the knowledge base is written, its links included."""

from django.db import migrations

TABLES = [
    "comparison", "comparisoncolumn", "comparisonrow", "concept", "concept_layers", "concept_sources",
    "concept_subcategories", "conceptalias", "conceptitem", "conceptrelation", "forecast", "insight",
    "insight_concepts", "insight_items", "insight_organizations", "question", "question_comparisons",
    "question_concepts", "question_items", "statement", "timelineevent", "timelineevent_concepts",
    "timelineevent_items", "timelineevent_organizations",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_initial"), ("projects", "0003_watch_data_version")]
    operations = [
        migrations.RunSQL(
            f"SELECT strata_watch('knowledge_{table}')", f"DROP TRIGGER strata_touch ON knowledge_{table}"
        )
        for table in TABLES
    ]
