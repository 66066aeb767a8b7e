"""How complete and how consistent the catalogue is: what a reader should know before trusting a figure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q
from django.db.models.functions import Abs
from django.utils.translation import gettext_lazy as _

from projects.models import Item, LandscapeVersion, StageReview, VersionStatus

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

# What can be known of an item, and the condition under which it is.
KNOWABLE: dict[str, tuple[_StrPromise, Q]] = {
    "repository": (_("Repository"), ~Q(repository_url="")),
    "organization": (_("Organization"), Q(organization__isnull=False)),
    "summary": (_("Summary in English"), ~Q(summary="")),
    "summary_zh": (_("Summary in Chinese"), ~Q(summary_zh="")),
    "description": (_("Description in the landscape"), ~Q(description="")),
    "logo": (_("Logo"), Q(logo__isnull=False)),
}
HOSTED = ~Q(maturity="")


@dataclass(frozen=True, slots=True)
class Share:
    """``known`` of ``total`` items."""

    known: int
    total: int

    @property
    def share(self) -> float | None:
        """The part from 0 to 1; None of nothing."""
        return self.known / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of how many listed items something is known, and of how many hosted cards among them."""

    key: str
    label: _StrPromise
    listed: Share
    hosted: Share


def coverage() -> list[Coverage]:
    """Count what is known of the items that the newest version lists; one query."""
    figures: dict[str, Any] = {"total": Count("pk"), "total_hosted": Count("pk", filter=HOSTED)}
    for key, (_label, known) in KNOWABLE.items():
        figures[f"known_{key}"] = Count("pk", filter=known)
        figures[f"known_{key}_hosted"] = Count("pk", filter=known & HOSTED)
    found = Item.objects.listed().aggregate(**figures)
    return [
        Coverage(
            key,
            label,
            Share(found[f"known_{key}"], found["total"]),
            Share(found[f"known_{key}_hosted"], found["total_hosted"]),
        )
        for key, (label, _known) in KNOWABLE.items()
    ]


def stages_to_review(reason: str = "") -> QuerySet[StageReview]:
    """Return the stages whose dates disagree, the farthest apart first; of one reason, or "" for all."""
    reviews = StageReview.objects.select_related("item").order_by(
        Abs("days").desc(nulls_first=True), F("item__name"), "pk"
    )
    return reviews.filter(reason=reason) if reason else reviews


def review_counts() -> Counter[str]:
    """Count the stages to review by reason; one query."""
    return Counter(dict(StageReview.objects.order_by().values_list("reason").annotate(n=Count("pk"))))


def unreadable_versions() -> QuerySet[LandscapeVersion]:
    """Return the versions of the file that could not be read, newest first."""
    return LandscapeVersion.objects.filter(status=VersionStatus.UNREADABLE).order_by("-position")


def version_counts() -> Counter[str]:
    """Count the versions by status; one query."""
    return Counter(dict(LandscapeVersion.objects.order_by().values_list("status").annotate(n=Count("pk"))))
