"""A browser for the tests that need one: Debian's chromium, or the one that CHROMIUM names."""

import os
import shutil
from pathlib import Path

import axe_playwright_python
import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import expect, sync_playwright

# Playwright's loop runs in the test's thread, where Django's ORM makes the rows.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# A busy machine with two cores is slow, not wrong.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)
SERIOUS = {"serious", "critical"}


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session", autouse=True)
def _static_files_of_the_live_server():
    """The live server starts before any test's own settings hold."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}, WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(scope="session")
def chromium():
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.skip("No browser: install Debian's chromium, or name one in CHROMIUM.")
    return found


@pytest.fixture(scope="session")
def browser(chromium):
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def site_url(live_server):
    return live_server.url


@pytest.fixture
def new_page(browser, site_url):
    """Open pages of the site; a script that fails, the policy's veto or a request to elsewhere fails the test."""
    contexts, problems = [], []

    def note_request(request):
        if not request.url.startswith((site_url, "data:", "blob:")):
            problems.append(f"asked {request.url}")

    def make(path="/", **options):
        context = browser.new_context(base_url=site_url, **{"viewport": {"width": 1440, "height": 900}} | options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: message.type == "error" and problems.append(message.text))
        page.on("request", note_request)
        page.goto(path)
        return page

    yield make
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture(scope="session")
def violations():
    """Name the serious and critical rules of axe that a page breaks, each with its first element."""
    source = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()

    def find(page):
        page.evaluate(source)
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
        return [(rule["id"], rule["nodes"][0]["html"]) for rule in found if rule["impact"] in SERIOUS]

    return find
