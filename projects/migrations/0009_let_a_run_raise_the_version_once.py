"""Let a long run that writes in hundreds of transactions raise the data version once, when it is done.

A transaction with ``strata.keep_data_version`` on (``projects.data_version.keep_data_version``) raises nothing;
``strata_note_touch()`` raises the number at its transaction's commit.
"""

from django.db import migrations

APPLY = """
CREATE FUNCTION strata_note_touch() RETURNS void LANGUAGE sql AS $$
    INSERT INTO projects_datatouch (xid) VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;
$$;

CREATE OR REPLACE FUNCTION strata_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('strata.keep_data_version', true) IS DISTINCT FROM 'on' THEN
        PERFORM strata_note_touch();
    END IF;
    RETURN NULL;
END $$;
"""

REVERSE = """
CREATE OR REPLACE FUNCTION strata_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO projects_datatouch (xid) VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
DROP FUNCTION strata_note_touch();
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0008_relabel_early_stages")]
    operations = [migrations.RunSQL(APPLY, REVERSE)]
