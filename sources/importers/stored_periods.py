"""All periods of the database in a light form, for what follows from the whole history."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.postgres.fields.ranges import RangeStartsWith
from django.db.models.fields.json import KT, KeyTransform

from projects.models import ItemPeriod


class StoredPeriod(NamedTuple):
    """What the landscape said of an item during ``[start, end)``; an ``end`` of None is still open."""

    item: int
    start: datetime
    end: datetime | None
    name: str
    maturity: str
    repository_url: str
    branch: str
    additional_repositories: list[list[str]]

    @property
    def is_hosted(self) -> bool:
        return bool(self.maturity)


def stored_periods() -> list[StoredPeriod]:
    """Give every period, by item and time."""
    rows = (
        ItemPeriod.objects.annotate(
            branch=KT("extra__other__branch"), additional=KeyTransform("additional_repos", "extra")
        )
        .order_by("item_id", RangeStartsWith("during"))
        .values_list("item_id", "during", "name", "maturity", "repository_url", "branch", "additional")
    )
    return [
        StoredPeriod(item, during.lower, during.upper, name, maturity, url, branch or "", additional or [])
        for item, during, name, maturity, url, branch, additional in rows
    ]
