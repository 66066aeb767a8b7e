"""What Django's constraints cannot say: an assignment stands in its layer's framework, and each row of the ledger has a source.

Whether a row has a source is asked at the commit, so that a row and its citation can be written in either order.
"""

from django.db import migrations

WATCHED = [
    "acquisition", "assessment", "citation", "counterpart", "criterion", "framework", "fundinground", "investment",
    "layer", "layerassignment", "listing", "reportedfigure", "survey", "surveyfigure", "surveywave", "valuation",
]  # fmt: skip
CITED = {
    "fundinground": "funding_round_id",
    "acquisition": "acquisition_id",
    "listing": "listing_id",
    "valuation": "valuation_id",
    "reportedfigure": "reported_figure_id",
}

FRAMEWORK_OF_LAYER = """
CREATE FUNCTION strata_framework_of_layer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT framework_id INTO NEW.framework_id FROM market_layer WHERE id = NEW.layer_id;
    RETURN NEW;
END $$;
CREATE TRIGGER strata_framework_of_layer BEFORE INSERT OR UPDATE ON market_layerassignment
    FOR EACH ROW EXECUTE FUNCTION strata_framework_of_layer();
"""

NO_FRAMEWORK_OF_LAYER = """
DROP TRIGGER strata_framework_of_layer ON market_layerassignment;
DROP FUNCTION strata_framework_of_layer();
"""


def demand_citation(table: str, column: str) -> str:
    """Return the SQL that refuses a commit after which a row of ``table`` has no citation."""
    return f"""
CREATE FUNCTION strata_cited_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    fact bigint := CASE WHEN TG_TABLE_NAME = 'market_citation'
        THEN (to_jsonb(OLD) ->> '{column}')::bigint ELSE (to_jsonb(NEW) ->> 'id')::bigint END;
BEGIN
    IF EXISTS (SELECT FROM market_{table} WHERE id = fact)
        AND NOT EXISTS (SELECT FROM market_citation WHERE {column} = fact) THEN
        RAISE EXCEPTION 'market_{table} % has no citation', fact USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER strata_cited AFTER INSERT ON market_{table} DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION strata_cited_{table}();
CREATE CONSTRAINT TRIGGER strata_cited_{table} AFTER DELETE OR UPDATE ON market_citation DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION strata_cited_{table}();
"""  # noqa: S608  (names of ours)


def demand_no_citation(table: str) -> str:
    """Return the SQL that takes the demand back."""
    return f"""
DROP TRIGGER strata_cited ON market_{table};
DROP TRIGGER strata_cited_{table} ON market_citation;
DROP FUNCTION strata_cited_{table}();
"""


class Migration(migrations.Migration):
    dependencies = [("market", "0001_initial"), ("projects", "0003_watch_data_version")]
    operations = [
        migrations.RunSQL(FRAMEWORK_OF_LAYER, NO_FRAMEWORK_OF_LAYER),
        *[
            migrations.RunSQL(demand_citation(table, column), demand_no_citation(table))
            for table, column in CITED.items()
        ],
        *[
            migrations.RunSQL(f"SELECT strata_watch('market_{table}')", f"DROP TRIGGER strata_touch ON market_{table}")
            for table in WATCHED
        ],
    ]
