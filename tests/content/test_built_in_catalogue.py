"""The built-in data itself: complete, in both languages, and in the form that people agreed on."""

import re

import pytest
from django.conf import settings

from sources.clients.content_files import read_catalogue_content

CONTENT = settings.BASE_DIR / "content"


@pytest.fixture(scope="module")
def content():
    return read_catalogue_content(CONTENT)


def test_every_project_ever_hosted_has_a_summary_in_both_languages(content):
    hosted = [item for item in content.items if any(one.maturity for one in item.history)]
    assert len(hosted) > 250
    assert [item.slug for item in hosted if not item.summary or not item.summary_zh] == []


def test_summaries_are_one_sentence(content):
    for item in content.items:
        assert item.summary.endswith("."), item.slug
        assert item.summary_zh.endswith("。"), item.slug
        assert item.summary_zh.count("。") == 1, item.slug


def test_chinese_and_latin_letters_stand_apart(content):
    stuck = re.compile(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]")
    assert [item.slug for item in content.items if stuck.search(item.summary_zh)] == []


def test_every_section_of_a_history_has_a_chinese_name(content):
    places = {(one.category, one.subcategory) for item in content.items for one in item.history if one.category}
    assert [c for c, _ in places if c not in content.taxonomy.categories] == []
    assert [p for p in places if not content.taxonomy.subcategory_name_zh(*p)] == []


def test_parents_and_makers_of_unlisted_items_are_known(content):
    keys = {organization.permalink or organization.slug for organization in content.organizations}
    assert [o.slug for o in content.organizations if o.parent and o.parent not in keys] == []
    assert [i.slug for i in content.items if not i.history and i.organization and i.organization not in keys] == []
