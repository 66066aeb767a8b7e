"""The ledger: rounds, sales, listings, valuations and told figures, each with its citations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from market.currencies import CURRENCIES, USD
from market.ledger_csv import LedgerFileError, template_text
from market.ledger_import import import_ledger
from market.models import Acquisition, Citation, FundingRound, Investment, Listing, ReportedFigure, Valuation
from market.partial_dates import parse_partial_date, partial_date_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest
    from django.urls import URLPattern

DATES = ("announced_on", "listed_on", "valued_on", "stated_on")
CITED = [
    "source",
    "page",
    "quote",
    "retrieved_on",
    "stated_amount_usd",
    "stated_on",
    "stated_precision",
    "remark",
    "remark_zh",
]
COMMON = ["date_precision", "confidence", "note", "note_zh", "essay_id"]
PRICE = ["amount", "currency", "amount_usd", "amount_qualifier", "is_undisclosed"]


class LedgerForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when the program runs
    """What the database cannot say: known currencies, USD that is its own value, dates without what is not known."""

    def clean_currency(self) -> str:
        """Refuse what is no currency."""
        code = str(self.cleaned_data["currency"]).upper()
        if code and code not in CURRENCIES:
            raise ValidationError(_("This is no currency code of ISO 4217, such as USD, EUR or CNY."))
        return code

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        cleaned = self.cleaned_data
        for name in DATES:
            if cleaned.get(name) and cleaned.get("date_precision"):
                cleaned[name], _precision = parse_partial_date(
                    partial_date_text(cleaned[name], cleaned["date_precision"])
                )
        if cleaned.get("amount") is not None and cleaned.get("currency") == USD:
            cleaned["amount_usd"] = cleaned["amount"]
        if cleaned.get("amount") is not None and cleaned.get("amount_usd") is None and "amount_usd" in self.fields:
            self.add_error("amount_usd", _("Give the amount in USD as a source tells it; no rate is assumed."))
        return cleaned


class CitationInline(admin.StackedInline[Citation, Any]):
    """Where a fact is from; one at least."""

    model = Citation
    extra = 0
    min_num = 1
    fields = (*CITED,)
    autocomplete_fields = ["source"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        """Ask for at least one source before the database does."""
        return super().get_formset(request, obj, **{**options, "validate_min": True})


class InvestmentInline(admin.TabularInline[Investment, FundingRound]):
    """Who invested; whether an investor led is unknown unless a source says so."""

    model = Investment
    extra = 0
    autocomplete_fields = ["investor"]


class LedgerAdmin(admin.ModelAdmin[Any]):
    """A kind of fact with its citations."""

    form = LedgerForm
    inlines = (CitationInline,)
    list_per_page = 50
    own: Sequence[str] = ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return ["slug", *self.own, *COMMON]


@admin.register(FundingRound)
class FundingRoundAdmin(LedgerAdmin):
    """Rounds; the ledger's CSV files are taken in here, too."""

    change_list_template = "admin/market/ledger_list.html"
    inlines = (InvestmentInline, CitationInline)  # type: ignore[assignment]  # two kinds of rows
    own = [
        *["organization", "announced_on", "series", *PRICE, "post_money_usd"],
        *["raised_to_date_usd", "raised_to_date_qualifier"],
    ]
    list_display = ["slug", "organization", "series", "announced_on", "date_precision", "amount_usd", "confidence"]
    list_filter = ["series", "confidence", "is_undisclosed"]
    list_select_related = ["organization"]
    search_fields = ["slug", "organization__name", "organization__name_zh"]
    autocomplete_fields = ["organization"]
    ordering = ["-announced_on", "slug"]

    def get_urls(self) -> list[URLPattern]:
        """Add the upload and its template."""
        wrap = self.admin_site.admin_view
        return [
            path("import/", wrap(self.import_file), name="market_ledger_import"),
            path("import/template.csv", wrap(self.import_template), name="market_ledger_template"),
            *super().get_urls(),
        ]

    def import_template(self, request: HttpRequest) -> HttpResponse:
        """Answer the header of a ledger file."""
        answer = HttpResponse(template_text(), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="strata-funding.csv"'
        return answer

    def import_file(self, request: HttpRequest) -> HttpResponse:
        """Take in a ledger file: all of its lines or none, with every mistake by line and column."""
        if not all(request.user.has_perm(f"market.add_{name}") for name in _WRITTEN):
            raise PermissionDenied
        form = LedgerUploadForm(request.POST or None, request.FILES or None)
        mistakes: list[Any] = []
        imported = None
        if request.method == "POST" and form.is_valid():
            try:
                imported = import_ledger(form.cleaned_data["file"].read(), dry_run=form.cleaned_data["is_trial"])
            except LedgerFileError as error:
                mistakes = error.mistakes
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import facts about money"),
            "opts": self.opts,
            "form": form,
            "mistakes": mistakes,
            "imported": imported,
            "list_url": reverse("admin:market_fundinground_changelist"),
        }
        return TemplateResponse(request, "admin/market/import_ledger.html", context)


_WRITTEN = ("fundinground", "acquisition", "listing", "valuation", "citation", "investment")


class LedgerUploadForm(forms.Form):
    """A ledger file."""

    file = forms.FileField(label=_("CSV file"))
    is_trial = forms.BooleanField(required=False, label=_("Only check it, write nothing"))


@admin.register(Acquisition)
class AcquisitionAdmin(LedgerAdmin):
    """Sales and mergers."""

    own = ["target", "acquirer", "kind", "subject", "subject_zh", "announced_on", *PRICE]
    list_display = ["slug", "target", "acquirer", "kind", "announced_on", "date_precision", "amount_usd", "confidence"]
    list_filter = ["kind", "confidence"]
    list_select_related = ["target", "acquirer"]
    search_fields = ["slug", "target__name", "acquirer__name"]
    autocomplete_fields = ["target", "acquirer"]
    ordering = ["-announced_on", "slug"]


@admin.register(Listing)
class ListingAdmin(LedgerAdmin):
    """Listings on exchanges."""

    own = ["organization", "listed_on", "exchange", "ticker", "market_cap_usd", "market_cap_qualifier"]
    list_display = ["slug", "organization", "exchange", "listed_on", "date_precision", "market_cap_usd", "confidence"]
    list_select_related = ["organization"]
    search_fields = ["slug", "organization__name", "ticker"]
    autocomplete_fields = ["organization"]
    ordering = ["-listed_on", "slug"]


@admin.register(Valuation)
class ValuationAdmin(LedgerAdmin):
    """Valuations."""

    own = ["organization", "valued_on", "kind", "amount_usd", "amount_qualifier", "round"]
    list_display = ["slug", "organization", "kind", "valued_on", "date_precision", "amount_usd", "confidence"]
    list_filter = ["kind", "confidence"]
    list_select_related = ["organization"]
    search_fields = ["slug", "organization__name"]
    autocomplete_fields = ["organization", "round"]
    ordering = ["-valued_on", "slug"]


@admin.register(ReportedFigure)
class ReportedFigureAdmin(LedgerAdmin):
    """Figures that companies told."""

    own = ["organization", "item", "metric", "stated_on", "value", "value_qualifier"]
    list_display = ["slug", "organization", "metric", "stated_on", "date_precision", "value", "confidence"]
    list_filter = ["metric", "confidence"]
    list_select_related = ["organization"]
    search_fields = ["slug", "organization__name"]
    autocomplete_fields = ["organization", "item"]
    ordering = ["-stated_on", "slug"]
