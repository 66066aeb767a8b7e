"""The figures of the real history, and of versions parsed whole, against an import of the bundle."""

import datetime as dt
import os
import random
import subprocess
from collections import Counter

import pytest
import yaml
from django.db import transaction

from projects.models import Change, ItemPeriod, LandscapeVersion, Project, StageReview, SubcategoryPeriod, VersionStatus
from sources.clients.landscape_source import open_source
from sources.importers.landscape_import import import_landscape

BUNDLE = os.environ.get("STRATA_LANDSCAPE_BUNDLE", "")
WHOLE_PARSES = 40

pytestmark = [
    pytest.mark.bundle,
    pytest.mark.django_db,
    pytest.mark.skipif(not BUNDLE, reason="STRATA_LANDSCAPE_BUNDLE names no bundle of the landscape's history"),
]


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def _catalogue(django_db_setup, django_db_blocker):
    """The whole history, imported once for this module and rolled back behind it."""
    with django_db_blocker.unblock(), transaction.atomic():
        import_landscape(BUNDLE, clock=lambda: utc(2026, 11, 1))
        yield
        transaction.set_rollback(True)


def maturities(at):
    return dict(Counter(ItemPeriod.objects.as_of(at).hosted().values_list("maturity", flat=True)))


@pytest.mark.usefixtures("_catalogue")
class TestRealHistory:
    def test_a_day_of_april_2020(self):
        noon = ItemPeriod.objects.as_of(utc(2020, 4, 25, 12))
        assert noon.count() == 1381
        assert noon.values("subcategory__category").distinct().count() == 9
        assert noon.values("subcategory").distinct().count() == 38
        assert maturities(utc(2020, 4, 25, 12)) == {"graduated": 9, "incubating": 17, "sandbox": 22}
        assert ItemPeriod.objects.as_of(utc(2020, 4, 25, 23, 59, 59, 999999)).count() == 1382

    def test_cilium_graduates(self):
        changes = Change.objects.filter(item__slug="cilium", kind="promoted", after="graduated")
        assert [change.at.date() for change in changes] == [dt.date(2023, 10, 11)]

    def test_cards_are_not_projects(self):
        periods = ItemPeriod.objects.as_of(utc(2023, 11, 1, 12)).hosted()
        by_project = {}
        for project, maturity in periods.values_list("project_id", "maturity"):
            by_project.setdefault(project, Counter())[maturity] += 1
        commonest = Counter(stages.most_common(1)[0][0] for stages in by_project.values())
        assert periods.count() == 183
        assert len(by_project) == 173
        assert commonest == {"graduated": 24, "incubating": 35, "sandbox": 109, "archived": 5}

    def test_versions(self):
        assert LandscapeVersion.objects.count() == 4271
        assert LandscapeVersion.objects.filter(status=VersionStatus.UNREADABLE).count() == 2

    def test_hosted_projects(self):
        assert Project.objects.count() == 261
        assert maturities(utc(2026, 8, 8)) == {"graduated": 38, "incubating": 38, "sandbox": 151, "archived": 28}

    def test_stages_to_review(self):
        assert StageReview.objects.count() == 132

    def test_versions_parsed_whole_say_the_same(self):
        versions = list(LandscapeVersion.objects.filter(status=VersionStatus.READ).order_by("position"))
        last_of_its_instant = {version.effective_at: version for version in versions}
        chosen = random.Random(7).sample(sorted(last_of_its_instant), WHOLE_PARSES)
        with open_source(BUNDLE) as source:
            for at in chosen:
                text = _file(source.repository, last_of_its_instant[at].commit)
                stored_cards, stored_sections = _stored(at)
                cards, sections = _parsed(text)
                assert [card for card in stored_cards if card not in cards] == [], at
                assert stored_cards == cards, at
                assert stored_sections == sections, at


def _file(repository, commit):
    command = ["git", f"--git-dir={repository}", "show", f"{commit}:landscape.yml"]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _parsed(text):
    cards, sections = [], []
    for category in yaml.load(text, Loader=yaml.CSafeLoader)["landscape"]:
        for subcategory in category["subcategories"]:
            sections.append((category["name"], subcategory["name"]))
            for item in subcategory["items"] or []:
                maturity = item.get("project") or item.get("cncf_project") or ""
                url = item.get("repo_url") or ""
                cards.append((category["name"], subcategory["name"], item["name"].strip(), maturity, url.strip()))
    return sorted(cards), sections


def _stored(at):
    rows = ItemPeriod.objects.as_of(at).values_list(
        "subcategory__category__name", "subcategory__name", "name", "maturity", "repository_url"
    )
    sections = (
        SubcategoryPeriod.objects.filter(during__contains=at)
        .order_by("category_position", "position")
        .values_list("subcategory__category__name", "subcategory__name")
    )
    return sorted(rows), list(sections)
