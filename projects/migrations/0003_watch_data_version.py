"""Raise the data version once for each transaction that writes to a table of the catalogue.

A statement trigger notes the transaction in ``projects_datatouch``; a deferred trigger on that one
row raises the number when the transaction commits. So the row lock on the number is held only for
the commit itself, long imports do not block the admin, and a reader never sees the new number with
old data. Other packages watch their tables with ``SELECT strata_watch('their_table')``.
"""

from django.db import migrations

TABLES = [
    "category", "subcategory", "organization", "item", "itemalias", "itemorganization", "itemperiod", "project",
    "stagedeclaration", "stagereview", "change", "repository", "repositoryname", "itemrepository", "landscape",
    "landscapeversion", "logo", "logosheet", "source",
]

CREATE = """
CREATE FUNCTION strata_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO projects_datatouch (xid) VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION strata_raise_data_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM projects_datatouch WHERE xid = NEW.xid;
    INSERT INTO projects_dataversion (id, number, changed_at) VALUES (1, 1, clock_timestamp())
        ON CONFLICT (id) DO UPDATE SET number = projects_dataversion.number + 1, changed_at = clock_timestamp();
    NOTIFY data_version;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER strata_raise_data_version AFTER INSERT ON projects_datatouch
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION strata_raise_data_version();

CREATE FUNCTION strata_watch(watched regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER strata_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s
                    FOR EACH STATEMENT EXECUTE FUNCTION strata_touch()', watched);
END $$;

INSERT INTO projects_dataversion (id, number, changed_at) VALUES (1, 0, clock_timestamp());
"""

DROP = """
DROP FUNCTION strata_watch(regclass);
DROP TRIGGER strata_raise_data_version ON projects_datatouch;
DROP FUNCTION strata_raise_data_version();
DROP FUNCTION strata_touch() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_catalogue")]
    operations = [
        migrations.RunSQL(CREATE, DROP),
        *(
            migrations.RunSQL(f"SELECT strata_watch('projects_{table}')", migrations.RunSQL.noop)
            for table in TABLES
        ),
    ]
