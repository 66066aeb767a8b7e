"""What every row of the ledger has: an address, a date and how exact it is, how sure it is, perhaps a price."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from market.models.vocabulary import Confidence, DatePrecision, Qualifier


def amount_field(label: StrOrPromise) -> "models.DecimalField[Any, Any]":
    """Return a column for an amount of money; null is unknown."""
    return models.DecimalField(label, max_digits=18, decimal_places=2, null=True, blank=True)


def stated_once(table: str) -> list[models.BaseConstraint]:
    """Return the constraints that every row of the ledger keeps."""
    return [
        models.CheckConstraint(condition=Q(date_precision__in=DatePrecision.values), name=f"{table}_precision_known"),
        models.CheckConstraint(condition=Q(confidence__in=Confidence.values), name=f"{table}_confidence_known"),
    ]


def priced(table: str) -> list[models.BaseConstraint]:
    """Return the constraints of a price: positive, with its currency, or unknown and marked as such."""
    return [
        models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gt=0), name=f"{table}_amount_positive"),
        models.CheckConstraint(
            condition=Q(amount_usd__isnull=True) | Q(amount_usd__gt=0, amount__isnull=False),
            name=f"{table}_amount_usd_positive",
        ),
        models.CheckConstraint(
            condition=Q(amount__isnull=True, currency="") | Q(amount__isnull=False, currency__regex=r"^[A-Z]{3}$"),
            name=f"{table}_amount_has_currency",
        ),
        models.CheckConstraint(
            condition=Q(is_undisclosed=False) | Q(amount__isnull=True),
            name=f"{table}_undisclosed_has_no_amount",
        ),
        models.CheckConstraint(condition=Q(amount_qualifier__in=Qualifier.values), name=f"{table}_qualifier_known"),
    ]


class LedgerRow(models.Model):
    """What every fact about money has: a name for the address, a precision, how sure it is, a note, the essay's id."""

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    date_precision = models.CharField(_("precision of the date"), max_length=10, choices=DatePrecision)
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence, default=Confidence.REPORTED)
    note = models.TextField(_("note"), blank=True, default="")
    note_zh = models.TextField(_("note in Chinese"), blank=True, default="")
    # The statement of the essay that names it ("F-01"), if one does.
    essay_id = models.CharField(_("id in the essay"), max_length=20, blank=True, default="")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


class Priced(models.Model):
    """A price: ``amount`` in ``currency`` as stated, ``amount_usd`` at the day's rate; unknown is null, never 0.

    ``is_undisclosed``: a source says that the amount was not told; else a null means that no source of ours tells it.
    """

    amount = amount_field(_("amount"))
    currency = models.CharField(_("currency (ISO 4217)"), max_length=3, blank=True, default="")
    amount_usd = amount_field(_("amount in USD"))
    amount_qualifier = models.CharField(_("the amount is"), max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    is_undisclosed = models.BooleanField(_("amount undisclosed"), default=False)

    class Meta:
        abstract = True
