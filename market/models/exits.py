"""Who bought whom, and whose shares came to an exchange."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from market.models.ledger import LedgerRow, Priced, amount_field, priced, stated_once
from market.models.vocabulary import Qualifier
from projects.models import Organization


class Acquisition(LedgerRow, Priced):
    """A purchase or merger; ``subject`` says what was sold if it was not the whole ``target``."""

    class Kind(models.TextChoices):
        """What happened."""

        ACQUISITION = "acquisition", _("acquisition")
        MERGER = "merger", _("merger")
        ASSET_SALE = "asset_sale", _("sale of a business")

    target = models.ForeignKey(Organization, models.PROTECT, related_name="sold_in", verbose_name=_("target"))
    subject = models.CharField(_("what was sold"), max_length=200, blank=True, default="")
    subject_zh = models.CharField(_("what was sold, in Chinese"), max_length=200, blank=True, default="")
    # Null: the source names no buyer.
    acquirer = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="acquisitions", verbose_name=_("acquirer")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.ACQUISITION)
    announced_on = models.DateField(_("announced on"))

    class Meta:
        verbose_name = _("acquisition")
        verbose_name_plural = _("acquisitions")
        constraints = [
            *stated_once("acquisition"),
            *priced("acquisition"),
            models.CheckConstraint(
                condition=Q(kind__in=["acquisition", "merger", "asset_sale"]), name="acquisition_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(acquirer__isnull=True) | ~Q(acquirer=models.F("target")), name="acquisition_of_another"
            ),
        ]

    def get_absolute_url(self) -> str:
        return f"{self.target.get_absolute_url()}#{self.slug}"


class Listing(LedgerRow):
    """An organization's shares come to an exchange; ``market_cap_usd`` at the listing, null if unknown."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="listings", verbose_name=_("organization")
    )
    listed_on = models.DateField(_("listed on"))
    exchange = models.CharField(_("exchange"), max_length=50, blank=True, default="")
    ticker = models.CharField(_("ticker"), max_length=20, blank=True, default="")
    market_cap_usd = amount_field(_("market capitalization in USD"))
    market_cap_qualifier = models.CharField(
        _("the capitalization is"), max_length=10, choices=Qualifier, default=Qualifier.EXACT
    )

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        constraints = [
            *stated_once("listing"),
            models.CheckConstraint(
                condition=Q(market_cap_usd__isnull=True) | Q(market_cap_usd__gt=0), name="listing_cap_positive"
            ),
            models.CheckConstraint(
                condition=Q(market_cap_qualifier__in=Qualifier.values), name="listing_qualifier_known"
            ),
        ]
