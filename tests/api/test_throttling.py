import logging

import pytest
import time_machine
from django.core.cache import caches

from accounts.models import ApiToken, User
from api.throttling import AnonymousThrottle, UserThrottle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _low_limits(monkeypatch):
    rates = {"anon": "2/min", "user": "3/min"}
    for throttle in (AnonymousThrottle, UserThrottle):
        monkeypatch.setattr(throttle, "THROTTLE_RATES", rates)


def test_one_request_too_many_is_429_and_says_when_to_ask_again(get):
    with time_machine.travel("2024-06-15T12:00:20Z", tick=False):
        get("items/")
        get("landscape/")
        refused = get("items/", status=429)
    assert refused["Retry-After"] == "40"
    assert list(refused.json()) == ["detail"]
    with time_machine.travel("2024-06-15T12:01:00Z", tick=False):
        get("items/")


def test_addresses_are_counted_apart(get):
    with time_machine.travel("2024-06-15T12:00:20Z", tick=False):
        for _ in range(2):
            get("items/", REMOTE_ADDR="192.0.2.1")
        get("items/", status=429, REMOTE_ADDR="192.0.2.1")
        get("items/", REMOTE_ADDR="192.0.2.2")


def test_a_forwarded_address_is_not_believed_without_a_proxy(get):
    with time_machine.travel("2024-06-15T12:00:20Z", tick=False):
        for number in range(2):
            get("items/", headers={"X-Forwarded-For": f"198.51.100.{number}"})
        get("items/", status=429, headers={"X-Forwarded-For": "198.51.100.9"})


def test_a_person_has_a_limit_of_their_own(get):
    user = User.objects.create_user("ada", "ada@example.org", "secret")
    _row, plain = ApiToken.issue(user, name="test")
    with time_machine.travel("2024-06-15T12:00:20Z", tick=False):
        for _ in range(3):
            get("items/", headers={"Authorization": f"Bearer {plain}"})
        get("items/", status=429, headers={"Authorization": f"Bearer {plain}"})
        get("items/")


def test_counts_are_kept_in_the_shared_cache(get):
    with time_machine.travel("2024-06-15T12:00:20Z", tick=False):
        get("items/", REMOTE_ADDR="192.0.2.1")
        window = 1718452820 // 60
        assert caches["default"].get(f"throttle_anon_192.0.2.1_{window}") == 1
        assert caches["process"].get(f"throttle_anon_192.0.2.1_{window}") is None


def test_a_silent_cache_is_logged_and_the_process_counts_alone(get, settings, caplog):
    nobody = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "unix:///nonexistent/valkey.sock"}
    settings.CACHES = {**settings.CACHES, "default": nobody}
    with time_machine.travel("2024-06-15T12:00:20Z", tick=False), caplog.at_level(logging.ERROR, "api.throttling"):
        get("items/")
        get("items/")
        get("items/", status=429)
    assert {record.message for record in caplog.records if record.name == "api.throttling"} == {
        "The cache does not answer; this process counts API requests alone."
    }
