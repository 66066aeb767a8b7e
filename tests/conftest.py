"""What every test shares."""

import pytest


@pytest.fixture(autouse=True)
def _static_files_without_collectstatic(settings):
    """Let pages name static files by their own names, with no folder of collected ones."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.WHITENOISE_AUTOREFRESH = True
