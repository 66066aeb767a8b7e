import pytest

from landscape.cache_address import NoCacheError, cache_url


@pytest.mark.parametrize(
    ("broker", "cache"),
    [
        ("redis://127.0.0.1:6379/0", "redis://127.0.0.1:6379/1"),
        ("redis://127.0.0.1:6379", "redis://127.0.0.1:6379/1"),
        (
            "rediss://:secret@valkey:6379/3?ssl_cert_reqs=required",
            "rediss://:secret@valkey:6379/4?ssl_cert_reqs=required",
        ),
        ("redis+socket:///srv/strata/valkey.sock", "unix:///srv/strata/valkey.sock?db=1"),
        ("redis+socket:///srv/strata/valkey.sock?virtual_host=2", "unix:///srv/strata/valkey.sock?db=3"),
    ],
)
def test_the_cache_is_the_brokers_next_database(broker, cache):
    assert cache_url(broker) == cache


@pytest.mark.parametrize("broker", ["amqp://guest@localhost//", "sqs://", ""])
def test_another_broker_holds_no_cache(broker):
    with pytest.raises(NoCacheError, match="set CACHE_URL"):
        cache_url(broker)
