"""After an import the database knows at once what its tables hold."""

from django.db import connection, transaction
from model_bakery import baker

from projects.models import Item
from sources.importers.table_upkeep import tidy_tables


def known_rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::int FROM pg_class WHERE relname = 'projects_item'")
        return cursor.fetchone()[0]


def test_tables_are_vacuumed_and_analysed(transactional_db):
    baker.make(Item, _quantity=7, kind="product")
    tidy_tables()
    assert known_rows() == 7


def test_inside_a_transaction_nothing_is_done(transactional_db):
    tidy_tables()
    with transaction.atomic():
        baker.make(Item, kind="product")
        tidy_tables()
    assert known_rows() != 1
