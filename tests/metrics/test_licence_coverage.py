"""Of how many items a licence is known."""

import pytest
from model_bakery import baker

from metrics.licence_coverage import licence_coverage
from metrics.models import RepositoryFacts
from projects.data_quality import Share
from projects.models import ItemRepository, Repository
from tests.web.catalogue import FIRST, instant, item

pytestmark = pytest.mark.django_db


def asked(name, answer, *, is_primary=True, is_current=True, **values):
    """Make an item whose repository GitHub was asked about."""
    repository = baker.make(Repository, url=f"https://github.com/x/{name}")
    card = item(name, **values)
    baker.make(ItemRepository, item=card, repository=repository, is_primary=is_primary, is_current=is_current)
    baker.make(RepositoryFacts, repository=repository, observed_at=FIRST, license_spdx=answer)


def test_licence_coverage_takes_what_was_not_asked_for_unknown():
    item("Never asked", maturity="sandbox")
    asked("Not answered", None)

    row = licence_coverage()

    assert (row.listed, row.hosted) == (Share(0, 0), Share(0, 0))
    assert row.listed.share is None


def test_licence_coverage_counts_licences_that_are_named_or_recognised():
    asked("Apache", "Apache-2.0", maturity="sandbox")
    asked("None", "", maturity="sandbox")
    asked("Unrecognised", "NOASSERTION")
    asked("Second", "MIT", is_primary=False)
    asked("Former", "MIT", is_current=False)
    asked("Left", "MIT", delisted_at=instant(2020, 1, 1))
    item("Named on its card", license="MIT")

    row = licence_coverage()

    assert (row.listed, row.hosted) == (Share(2, 4), Share(1, 2))


def test_licence_coverage_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        licence_coverage()
