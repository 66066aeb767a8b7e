"""Published activity: whole years in order, with what must not be believed."""

from datetime import date

import pytest
from model_bakery import baker

from metrics.activity import activity_of_items
from metrics.models import ActivityWindow
from projects.models import Item, Source

pytestmark = pytest.mark.django_db


def test_whole_years_in_order_with_their_doubts(django_assert_num_queries):
    item, other = (
        baker.make(Item, kind="project", slug="a", name="A"),
        baker.make(Item, kind="project", slug="b", name="B"),
    )
    source = baker.make(Source, url="https://example.org")
    windows = [
        (date(2025, 1, 1), date(2026, 1, 1), True),
        (date(2021, 1, 1), date(2021, 7, 1), False),
        (date(2024, 1, 1), date(2025, 1, 1), False),
    ]
    for start, end, unreliable in windows:
        ActivityWindow.objects.create(
            project_name="A", item=item, source=source, period_start=start, period_end=end, commits=5,
            is_event_based_unreliable=unreliable,
        )  # fmt: skip

    with django_assert_num_queries(1):
        found = activity_of_items([item.pk, other.pk])

    assert found[other.pk] == ()
    before, after = found[item.pk]
    assert (before.period_end, before.unreliable, before.is_authors_break) == (date(2025, 1, 1), (), False)
    assert (after.period_end, after.is_authors_break) == (date(2026, 1, 1), True)
    assert after.unreliable == ("pull_requests", "issues", "comments", "activity", "pushes")
    assert (after.counts["commits"], after.counts["authors"]) == (5, None)
