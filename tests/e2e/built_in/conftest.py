"""A server over the built-in data, which these tests only read: loaded once, emptied behind them."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.servers.basehttp import get_internal_wsgi_application
from django.db.backends.postgresql.creation import DatabaseCreation
from pytest_django.live_server_helper import LiveServer

from tests.built_in import load_built_in_site


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Run these tests after all others, one behind the other, and always against a database of tests."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.django_db)
    items.sort(key=lambda item: here in item.path.parents)


def drop_by_force(creation, name, _verbosity):
    """Drop a test database whatever still holds a session of it: answers that a browser no longer waited for."""
    with creation._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {creation.connection.ops.quote_name(name)} WITH (FORCE)")


# For the whole session: the database goes after every fixture of these tests.
DatabaseCreation._destroy_test_db = drop_by_force


@pytest.fixture(scope="package")
def site_url(chromium, django_db_setup, django_db_blocker, _static_files_of_the_live_server):
    with django_db_blocker.unblock():
        load_built_in_site()
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
        get_internal_wsgi_application().listener.stop()
        call_command("flush", verbosity=0, interactive=False)
