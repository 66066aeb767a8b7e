"""How complete and how consistent the catalogue is."""

from datetime import date

import pytest
from model_bakery import baker

from projects.data_quality import coverage, review_counts, stages_to_review, unreadable_versions, version_counts
from projects.models import Logo, Organization, StageReview
from tests.web.catalogue import instant, item, version

pytestmark = pytest.mark.django_db


def shares():
    return {row.key: ((row.listed.known, row.listed.total), (row.hosted.known, row.hosted.total)) for row in coverage()}


def test_coverage_counts_listed_items_and_hosted_cards():
    full = {"repository_url": "https://example.org", "summary": "A.", "summary_zh": "一。"}
    item(
        "Full",
        maturity="sandbox",
        organization=baker.make(Organization),
        logo=baker.make(Logo),
        description="B.",
        **full,
    )
    item("Bare")
    item("Left", delisted_at=instant(2020, 1, 1), **full)

    assert shares() == dict.fromkeys(
        ["repository", "organization", "summary", "summary_zh", "description", "logo"], ((1, 2), (1, 1))
    )


def test_coverage_of_nothing_has_no_share():
    assert {(row.listed.share, row.hosted.share) for row in coverage()} == {(None, None)}


def test_coverage_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        coverage()


def test_stages_to_review_put_the_farthest_apart_first():
    def review(name, days, reason="seen_late"):
        baker.make(
            StageReview, item=item(name), days=days, reason=reason, stage="sandbox", declared_on=date(2020, 1, 1)
        )

    review("Late", 40)
    review("Early", -400, "seen_early")
    review("Never", None, "never_seen")

    assert [row.item.name for row in stages_to_review()] == ["Never", "Early", "Late"]
    assert [row.item.name for row in stages_to_review("seen_late")] == ["Late"]
    assert review_counts() == {"seen_late": 1, "seen_early": 1, "never_seen": 1}


def test_unreadable_versions_come_newest_first():
    version(instant(2018, 3, 1))
    older, newer = (version(instant(2018, month, 1), status="unreadable") for month in (4, 5))

    assert list(unreadable_versions()) == [newer, older]
    assert version_counts() == {"read": 1, "unreadable": 2}
