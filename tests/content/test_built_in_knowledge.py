"""The built-in knowledge base: in both languages, connected, and without a link that leads nowhere."""

import re
from collections import defaultdict

import pytest
from django.conf import settings

from knowledge.models import InsightKind
from sources.clients.content_files import read_catalogue_content
from sources.clients.knowledge_files import read_knowledge

CONTENT = settings.BASE_DIR / "content"
LINK = re.compile(r"\]\((\w+):([^)\s]+)\)")
STUCK = re.compile(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def entries():
    return read_knowledge(CONTENT)


@pytest.fixture(scope="module")
def known(entries):
    catalogue = read_catalogue_content(CONTENT)
    kinds = defaultdict(set)
    for entry in entries:
        kinds[entry.kind].add(entry.slug)
    return {
        "concept": kinds["concepts"],
        "comparison": kinds["comparisons"],
        "question": kinds["questions"],
        "timeline": kinds["timeline"],
        "forecast": kinds["forecasts"],
        "item": {item.slug for item in catalogue.items},
        "organization": {organization.slug for organization in catalogue.organizations},
    }


def texts(entry):
    """Give every text of an entry with the name of its column, cells and captions included."""
    yield from ((name, value) for name, value in entry.columns.items() if isinstance(value, str))
    for row in entry.parts.get("rows", ()):
        for cell in row["cells"]:
            yield from cell.items()


def test_no_link_of_a_text_leads_nowhere(entries, known):
    dangling = [
        (entry.place, f"{kind}:{slug}")
        for entry in entries
        for _name, text in texts(entry)
        for kind, slug in LINK.findall(text)
        if kind in known and slug not in known[kind]
    ]
    assert dangling == []


def test_links_name_only_what_has_a_page(entries, known):
    kinds = {kind for entry in entries for _name, text in texts(entry) for kind, _slug in LINK.findall(text)}
    assert kinds <= {*known, "layer", "insight", "https", "http"}


def test_every_text_is_there_in_chinese(entries):
    lacking = [
        (entry.place, name)
        for entry in entries
        for name, text in texts(entry)
        if text and f"{name}_zh" in entry.columns and not entry.columns[f"{name}_zh"]
    ]
    assert lacking == []


def test_chinese_and_latin_letters_stand_apart(entries):
    stuck = [
        (entry.place, name, found.group())
        for entry in entries
        for name, text in texts(entry)
        if name.endswith("_zh") and (found := STUCK.search(re.sub(r"\]\([^)]*\)|`[^`]*`", "", text)))
    ]
    assert stuck == []


def test_every_concept_is_related_to_another(entries):
    concepts = {entry.slug for entry in entries if entry.kind == "concepts"}
    related = set()
    for entry in entries:
        for _kind, other in entry.parts.get("relations", ()):
            related |= {entry.slug, other}
    assert concepts - related == set()


def test_a_concept_has_a_definition_of_one_sentence(entries):
    for entry in entries:
        if entry.kind == "concepts":
            assert entry.columns["definition"].endswith("."), entry.place
            assert entry.columns["definition_zh"].endswith("。"), entry.place


def test_every_entry_has_a_source(entries):
    assert [entry.place for entry in entries if entry.kind != "statements" and not entry.sources] == []


def test_the_insights_are_of_known_kinds(entries):
    assert {entry.columns["kind"] for entry in entries if entry.kind == "insights"} <= set(InsightKind.values)
