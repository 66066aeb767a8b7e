"""Without a database: 503, a page or JSON, one line in the log."""

import os
import subprocess
import sys

import pytest
from django.db import DataError, OperationalError
from psycopg import errors

from landscape.embedded.paths import PROJECT
from web.database_away import is_away

ASK = """
import sys, django
from django.conf import settings
django.setup()
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.WHITENOISE_AUTOREFRESH = True
settings.ALLOWED_HOSTS = ["testserver"]
from django.test import Client
client = Client(raise_request_exception=False)
client.cookies["sessionid"] = "somebody"
for path in sys.argv[1:]:
    answer = client.get(path)
    content = answer.content.decode()
    print(path, answer.status_code, answer["Retry-After"], answer["Content-Type"].partition(";")[0],
          "cannot be read just now" in content or "does not answer" in content or "暂时" in content)
"""
PATHS = ["/", "/zh-hans/table/", "/data/items.csv", "/accounts/", "/api/v1/items/"]


def test_without_a_database_every_address_says_so_and_when_to_ask_again():
    environment = os.environ | {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "DJANGO_SETTINGS_MODULE": "landscape.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK, *PATHS],
        env=environment,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )

    kinds = ["application/json" if path.startswith("/api/") else "text/html" for path in PATHS]
    assert done.stdout.splitlines() == [f"{path} 503 5 {kind} True" for path, kind in zip(PATHS, kinds, strict=True)]
    assert "Traceback" not in done.stderr
    assert done.stderr.count("The database does not answer, so") == len(PATHS)


def caused(error, cause):
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (caused(OperationalError(), errors.OperationalError("connection refused")), True),
        (caused(OperationalError(), errors.AdminShutdown()), True),
        (caused(OperationalError(), errors.CannotConnectNow()), True),
        (caused(OperationalError(), errors.QueryCanceled()), False),
        (caused(OperationalError(), errors.DeadlockDetected()), False),
        (DataError(), False),
        (ValueError(), False),
    ],
)
def test_only_a_lost_connection_is_the_database_away(error, expected):
    assert is_away(error) is expected
