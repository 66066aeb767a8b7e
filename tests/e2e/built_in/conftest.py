"""A server over the built-in data, which these tests only read: loaded once, emptied behind them."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
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


@pytest.fixture(scope="package")
def site_url(chromium, django_db_setup, django_db_blocker, _static_files_of_the_live_server):
    with django_db_blocker.unblock():
        load_built_in_site()
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
        end_other_sessions()
        call_command("flush", verbosity=0, interactive=False)


def end_other_sessions():
    """End what answers that a browser no longer waited for have left open: the database could not be dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
