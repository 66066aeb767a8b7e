"""Of how many items a licence is known, of those that one could be known of."""

from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from projects.data_quality import HOSTED, Coverage, Share
from projects.models import Item, ItemRepository


def licence_coverage() -> Coverage:
    """Count the listed items with a licence that their card names or GitHub recognised; one query.

    The total leaves out items whose card names none and whose main repository GitHub has not told of: they are unknown.
    """
    main = ItemRepository.objects.filter(item=OuterRef("pk"), is_primary=True, is_current=True)
    told = Coalesce(NullIf("license", Value("")), Subquery(main.values("repository__facts__license_spdx")[:1]))
    is_told = Q(told__isnull=False)
    is_known = is_told & ~Q(told__in=["", "NOASSERTION"])
    found = (
        Item.objects.listed()
        .annotate(told=told)
        .aggregate(
            known=Count("pk", filter=is_known),
            total=Count("pk", filter=is_told),
            known_hosted=Count("pk", filter=is_known & HOSTED),
            total_hosted=Count("pk", filter=is_told & HOSTED),
        )
    )
    return Coverage(
        "license",
        _("Licence"),
        Share(found["known"], found["total"]),
        Share(found["known_hosted"], found["total_hosted"]),
    )
