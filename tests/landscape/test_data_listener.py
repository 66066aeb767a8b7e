"""The listener hears of every commit that writes data."""

import threading
import time

import pytest
from django.db import connection, transaction

from landscape.data_listener import DataListener
from projects.data_version import current_data_version
from projects.models import Source


@pytest.fixture
def listener(transactional_db):
    listener = DataListener(seconds_between_pings=0.2)
    listener.start()
    yield listener
    listener.stop()


def wait_until(condition):
    for _ in range(500):
        if condition():
            return
        time.sleep(0.01)
    pytest.fail("waited in vain")


def test_commit_moves_generation(listener):
    wait_until(lambda: listener.generation is not None)
    before = listener.generation
    Source.objects.create(url="https://example.org/", title="Example")
    wait_until(lambda: listener.generation != before)


def test_generation_is_unknown_after_the_connection_broke(listener):
    wait_until(lambda: listener.generation is not None)
    listener.stop()
    assert listener.generation is None


def test_data_version_rises_once_for_a_transaction(transactional_db):
    before = current_data_version()
    with transaction.atomic():
        Source.objects.create(url="https://example.org/1", title="One")
        Source.objects.create(url="https://example.org/2", title="Two")
    assert current_data_version() == before + 1


def test_data_version_does_not_rise_for_what_is_rolled_back(transactional_db):
    before = current_data_version()
    with transaction.atomic():
        Source.objects.create(url="https://example.org/1", title="One")
        transaction.set_rollback(True)
    assert current_data_version() == before


def test_writers_do_not_wait_for_each_other(transactional_db):
    """A long import holds no lock on the data version until it commits."""
    done = threading.Event()

    def write():
        Source.objects.create(url="https://example.org/other", title="Other")
        connection.close()
        done.set()

    with transaction.atomic():
        Source.objects.create(url="https://example.org/1", title="One")
        writer = threading.Thread(target=write)
        writer.start()
        assert done.wait(10)
    writer.join()
