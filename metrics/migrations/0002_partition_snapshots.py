"""Snapshots in a table partitioned by year of their day, so that ten years of ten thousand repositories stay fast.

``metrics_ensure_partition(year)`` makes a year's partition if it is missing; the nightly run calls it for
the year at hand and the next one, and this migration for the years that are known now.
"""

import django.db.models.deletion
from django.db import migrations, models

CREATE = """
CREATE TABLE metrics_repositorysnapshot (
    repository_id bigint NOT NULL REFERENCES projects_repository (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    day date NOT NULL,
    observed_at timestamptz NOT NULL,
    method varchar(10) NOT NULL
        CONSTRAINT snapshot_method_known CHECK (method IN ('graphql', 'confirmed', 'landscape')),
    stars integer CHECK (stars >= 0),
    forks integer CHECK (forks >= 0),
    watchers integer CHECK (watchers >= 0),
    open_issues integer CHECK (open_issues >= 0),
    closed_issues integer CHECK (closed_issues >= 0),
    open_pull_requests integer CHECK (open_pull_requests >= 0),
    merged_pull_requests integer CHECK (merged_pull_requests >= 0),
    closed_pull_requests integer CHECK (closed_pull_requests >= 0),
    releases integer CHECK (releases >= 0),
    commits_30d integer CHECK (commits_30d >= 0),
    contributors integer CHECK (contributors >= 0),
    missing jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (repository_id, day)
) PARTITION BY RANGE (day);

CREATE FUNCTION metrics_ensure_partition(year integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE TABLE IF NOT EXISTS %I PARTITION OF metrics_repositorysnapshot FOR VALUES FROM (%L) TO (%L)',
        'metrics_repositorysnapshot_' || year, make_date(year, 1, 1), make_date(year + 1, 1, 1)
    );
END $$;

SELECT metrics_ensure_partition(year) FROM generate_series(2015, 2028) AS year;
"""

DROP = """
DROP TABLE metrics_repositorysnapshot;
DROP FUNCTION metrics_ensure_partition(integer);
"""


class Migration(migrations.Migration):
    dependencies = [("metrics", "0001_initial"), ("projects", "0005_watch_taxonomy_breaks")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(CREATE, DROP)],
            state_operations=[
                migrations.CreateModel(
                    name='RepositorySnapshot',
                    fields=[
                        ('pk', models.CompositePrimaryKey('repository_id', 'day', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('day', models.DateField(verbose_name='day')),
                        ('observed_at', models.DateTimeField(verbose_name='observed at')),
                        ('method', models.CharField(choices=[('graphql', 'GitHub GraphQL, in a batch'), ('confirmed', 'GitHub GraphQL, asked again alone'), ('landscape', 'processed_landscape.yml of the landscape')], max_length=10, verbose_name='method')),
                        ('stars', models.PositiveIntegerField(null=True, verbose_name='stars')),
                        ('forks', models.PositiveIntegerField(null=True, verbose_name='forks')),
                        ('watchers', models.PositiveIntegerField(null=True, verbose_name='watchers')),
                        ('open_issues', models.PositiveIntegerField(null=True, verbose_name='open issues')),
                        ('closed_issues', models.PositiveIntegerField(null=True, verbose_name='closed issues')),
                        ('open_pull_requests', models.PositiveIntegerField(null=True, verbose_name='open pull requests')),
                        ('merged_pull_requests', models.PositiveIntegerField(null=True, verbose_name='merged pull requests')),
                        ('closed_pull_requests', models.PositiveIntegerField(null=True, verbose_name='closed pull requests')),
                        ('releases', models.PositiveIntegerField(null=True, verbose_name='releases')),
                        ('commits_30d', models.PositiveIntegerField(null=True, verbose_name='commits in 30 days')),
                        ('contributors', models.PositiveIntegerField(null=True, verbose_name='contributors')),
                        ('missing', models.JSONField(default=dict, verbose_name='reasons for unknown counts')),
                        ('repository', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='snapshots', to='projects.repository')),
                    ],
                    options={
                        'verbose_name': 'repository snapshot',
                        'verbose_name_plural': 'repository snapshots',
                        'constraints': [models.CheckConstraint(condition=models.Q(('method__in', ['graphql', 'confirmed', 'landscape'])), name='snapshot_method_known')],
                    },
                ),
            ],
        ),
    ]
