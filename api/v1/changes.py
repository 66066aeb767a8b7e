"""The feed of what entered, left, moved, was renamed or promoted."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.db.models.functions import Lower
from rest_framework import serializers

from api.filter_backends import Column
from api.v1.fields import CommitOrNull, Instant, Text, TextOrNull
from api.v1.filters import ChangeFilterSet
from api.v1.viewsets import LIST_PARAMETERS, CatalogueViewSet
from projects.models import Change, ChangeKind

COLUMNS = (
    "at", "kind", "before", "after", "item__slug", "item__name",
    "category__name", "category__slug", "version__commit", "version__committed_at",
)  # fmt: skip


class ChangeSerializer(serializers.Serializer[dict[str, Any]]):
    """One difference between two neighbouring versions."""

    at = Instant()
    kind = serializers.ChoiceField(ChangeKind.choices, read_only=True)
    slug = Text(source="item__slug", help_text="The item's.")
    name = Text(source="item__name", help_text="The item's, of today.")
    before = TextOrNull(help_text="As people read it: a name, a place, a maturity; null: nothing.")
    after = TextOrNull()
    category = Text(source="category__name", help_text="Where the item stood just after; of one that left, before.")
    category_slug = Text(source="category__slug")
    commit = CommitOrNull(source="version__commit")
    committed_at = Instant(source="version__committed_at")


class ChangeViewSet(CatalogueViewSet):
    """The changes up to an instant, newest first."""

    tag = "changes"
    serializer_class = ChangeSerializer
    filterset_class = ChangeFilterSet
    orderings: ClassVar[dict[str, Column]] = {
        "slug": "item__slug",
        "at": "at",
        "kind": "kind",
        "name": Lower("item__name"),
    }
    default_ordering = "-at"
    queryset = Change.objects.none()
    # Nothing leaves a feed.
    shared_parameters = LIST_PARAMETERS - {"include_delisted"}

    def get_queryset(self) -> QuerySet[Any]:
        return Change.objects.between(None, self.as_of.instant)

    def page_rows(self, page: QuerySet[Any]) -> Sequence[Any]:
        changes = Change.objects.filter(pk__in=page.values("pk"))
        return list(changes.order_by(*page.query.order_by).values(*COLUMNS))
