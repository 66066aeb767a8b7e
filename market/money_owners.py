"""Which organizations the ledger names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from market.models import Acquisition, FundingRound, Investment, LayerAssignment, Listing, ReportedFigure, Valuation
from projects.models import Organization

if TYPE_CHECKING:
    from django.db.models import QuerySet


def organizations_with_money() -> QuerySet[FundingRound, int]:
    """Return the keys of all organizations that raised, bought, were sold, listed, valued, told figures or invested.

    Those that analysts put into layers are among them.
    """
    rest = [
        Investment.objects.values_list("investor"),
        Acquisition.objects.values_list("target"),
        Acquisition.objects.exclude(acquirer=None).values_list("acquirer"),
        Listing.objects.values_list("organization"),
        Valuation.objects.values_list("organization"),
        ReportedFigure.objects.values_list("organization"),
        LayerAssignment.objects.exclude(organization=None).values_list("organization"),
    ]
    return FundingRound.objects.values_list("organization", flat=True).union(*rest)


def has_money(organization: Organization) -> bool:
    """Tell whether the ledger names an organization; one query."""
    return Organization.objects.filter(pk=organization.pk, pk__in=organizations_with_money()).exists()
