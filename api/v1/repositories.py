"""Source repositories that cards name."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import answers_conditionally
from api.filter_backends import Column
from api.provenance import provenance_of
from api.v1.fields import Instant, ProvenanceSerializer, Text, TextOrNull
from api.v1.filters import RepositoryFilterSet
from api.v1.viewsets import CatalogueViewSet
from projects.catalogue_at import item_slugs_of_repositories, repositories_at
from projects.models import Repository

SCHEME = "https://"


class RepositorySerializer(serializers.Serializer[Repository]):
    """A repository on any host; null is "unknown"."""

    slug = serializers.SerializerMethodField(help_text="Its address without the scheme.")
    url = Text(help_text="Its normalised address.")
    name = serializers.SerializerMethodField(help_text="owner/name where the host has that form, else the address.")
    host = Text()
    full_name = TextOrNull()
    items = serializers.SerializerMethodField(help_text="Slugs of the items that named it at that instant.")
    availability = Text(help_text="What the host last said: unknown, available, missing, blocked or refused.")
    availability_seen_at = Instant(allow_null=True)
    is_archived = serializers.BooleanField(read_only=True, allow_null=True)
    is_empty = serializers.BooleanField(read_only=True, allow_null=True)
    is_disabled = serializers.BooleanField(read_only=True, allow_null=True)

    def get_slug(self, repository: Repository) -> str:
        return repository.url.removeprefix(SCHEME)

    def get_name(self, repository: Repository) -> str:
        return str(repository)

    def get_items(self, repository: Repository) -> list[str]:
        slugs: list[str] = self.context["item_slugs"][repository.pk]
        return slugs


class RepositoryAnswerSerializer(ProvenanceSerializer, RepositorySerializer):
    """The detail as it is answered."""


class RepositoryViewSet(CatalogueViewSet):
    """The repositories that cards named: now with every further one, at a past instant the cards' main ones."""

    tag = "repositories"
    lookup_value_regex = r"[^?#\x00]+?"
    serializer_class = RepositorySerializer
    filterset_class = RepositoryFilterSet
    orderings: ClassVar[dict[str, Column]] = {"slug": "url", "name": Lower("full_name"), "host": "host"}
    default_ordering = "slug"
    queryset = Repository.objects.none()

    def get_queryset(self) -> QuerySet[Any]:
        return repositories_at(self.as_of, include_delisted=self.include_delisted)

    def row_context(self, rows: Sequence[Any]) -> dict[str, Any]:
        slugs = defaultdict(list, item_slugs_of_repositories(rows, self.as_of))
        return {**self.get_serializer_context(), "item_slugs": slugs}

    @extend_schema(responses=RepositoryAnswerSerializer)
    @answers_conditionally
    def retrieve(self, request: Request, slug: str) -> Response:
        """Answer one repository by its address without the scheme: ``github.com/kubernetes/kubernetes``."""
        rows = repositories_at(self.as_of, include_delisted=not self.as_of.text)
        repository = rows.filter(url__iexact=SCHEME + slug).first()
        if repository is None:
            raise NotFound(_("No card named a repository %(slug)s at that instant.") % {"slug": slug})
        serializer = self.get_serializer(repository, context=self.row_context([repository]))
        return Response({**provenance_of(self.as_of), **serializer.data})
