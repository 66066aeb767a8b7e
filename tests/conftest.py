"""What every test shares."""

import os
from collections.abc import Iterator

import pytest
from django.utils import translation

from market.screen.matrix import forget_matrices


@pytest.fixture(autouse=True)
def _static_files_without_collectstatic(settings):
    """Let pages name static files by their own names, with no folder of collected ones."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def _english_until_a_test_chooses() -> Iterator[None]:
    """Leave no language behind: a request activates one for its thread."""
    translation.activate("en")
    yield
    translation.activate("en")


@pytest.fixture(autouse=True)
def _nothing_kept_of_another_test():
    """Forget what the screener keeps under the data version, which a test's data, never committed, do not raise."""
    forget_matrices()


@pytest.fixture(autouse=True)
def _cache_of_ones_own(settings):
    """Keep the parallel runs of pytest-xdist from counting each other's requests."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    settings.CACHES = {**settings.CACHES, "default": {**settings.CACHES["default"], "KEY_PREFIX": f"test-{worker}"}}
