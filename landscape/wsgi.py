"""The WSGI application that granian serves: Django behind the page cache."""

import os
from datetime import UTC, datetime

from django.core.wsgi import get_wsgi_application

from landscape.data_listener import DataListener
from landscape.page_cache import PageCache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "landscape.settings")


def utc_day() -> str:
    """Return the current UTC day, ISO."""
    return datetime.now(UTC).date().isoformat()


application = PageCache(get_wsgi_application(), listener=DataListener(), today=utc_day)
