"""The WSGI application that granian serves: Django behind the page cache."""

import os
import time

from django.core.wsgi import get_wsgi_application

from landscape.data_listener import DataListener
from landscape.page_cache import PageCache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "landscape.settings")


SECONDS_A_DAY = 86_400


def utc_day() -> int:
    """Return the current UTC day, counted from 1970."""
    return int(time.time()) // SECONDS_A_DAY


application = PageCache(get_wsgi_application(), listener=DataListener(), today=utc_day)
