from landscape.cache_address import cache_url
from landscape.embedded import paths, tools
from landscape.embedded.postgres import Postgres
from landscape.embedded.services import Services
from landscape.embedded.valkey import Valkey


def test_test_runs_beside_each_other_share_no_database(own_home):
    (paths.tests().run).mkdir(parents=True)
    services = Services(paths.tests(), Postgres(paths.tests()), Valkey(paths.tests()))

    with tools.slot() as first, tools.slot() as second:
        environments = [tools.test_environment(services, number) for number in (first, second)]
    with tools.slot() as again:
        assert (first, second, again) == (1, 2, 1)

    brokers = [environment["CELERY_BROKER_URL"] for environment in environments]
    used = [environment["DATABASE_URL"] for environment in environments] + brokers + [cache_url(url) for url in brokers]
    assert len(set(used)) == 6


def test_test_runs_touch_nothing_of_the_site(own_home):
    services = Services(paths.tests(), Postgres(paths.tests()), Valkey(paths.tests()))

    environment = tools.test_environment(services, 1)

    assert environment["STRATA_HOME"] == str(own_home.base / "test")
    assert str(own_home.base / "test") in environment["CELERY_BROKER_URL"]
    assert "strata_1" in environment["DATABASE_URL"]
