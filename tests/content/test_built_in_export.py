"""The built-in data through a fresh database and back: whole, and the same to the byte."""

import shutil
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.management import call_command

from sources.importers.content_load import load_content
from sources.importers.funding_files import read_funding
from sources.importers.funding_kinds import KINDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "content"
    shutil.copytree(settings.BASE_DIR / "content", root)
    load_content(root, now=datetime(2026, 8, 8, tzinfo=UTC))
    return root


def texts(root):
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_export_of_an_untouched_load_changes_nothing(root):
    before = texts(root)
    call_command("export_content", root)
    after = texts(root)
    assert [str(path) for path in before.keys() | after.keys() if before.get(path) != after.get(path)] == []


def test_every_fact_about_money_is_shown_without_an_import(root):
    files = read_funding(root).files
    for kind in KINDS:
        written = {entry["slug"] for file in files for _, entry in file.entries(kind)}
        assert set(kind.model.objects.values_list("slug", flat=True)) == written
