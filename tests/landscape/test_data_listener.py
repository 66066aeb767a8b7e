"""The listener hears of every commit that writes data."""

import os
import threading
import time

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.test import RequestFactory
from model_bakery import baker

from landscape.data_listener import DataListener
from landscape.page_cache import PageCache
from projects.data_version import current_data_version
from projects.models import Organization, Source


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


def test_nothing_is_believed_while_what_arrived_is_not_taken():
    listener = DataListener()
    ours, theirs = os.pipe()
    listener._descriptor, listener._generation = ours, 7
    assert listener.generation == 7
    os.write(theirs, b"a notification")
    assert listener.generation is None
    os.read(ours, 100)
    assert listener.generation == 7
    os.close(ours)
    os.close(theirs)


def test_page_is_made_anew_after_a_commit(listener):
    """The whole way: Django's page, kept in front, and a change that another connection commits."""
    cache = PageCache(get_wsgi_application(), listener=listener, today=lambda: 20_672)
    wait_until(lambda: listener.generation is not None)

    def etag_of_page():
        heads = []
        environ = RequestFactory()._base_environ(PATH_INFO="/organizations/", HTTP_HOST="localhost")
        list(cache(environ, lambda status, headers: heads.append((status, dict(headers)))))
        status, headers = heads[-1]
        assert status == "200 OK"
        return headers["ETag"]

    before = etag_of_page()
    assert (etag_of_page(), len(cache.pages)) == (before, 1)
    baker.make(Organization, name="Newcomer", slug="newcomer")
    wait_until(lambda: etag_of_page() != before)


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
