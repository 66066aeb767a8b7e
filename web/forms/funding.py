"""Query strings of the pages of money."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from market.exits import LISTING, ExitFilter, known_acquirers, known_exit_years
from market.funding_rounds import RoundFilter, known_countries, known_years
from market.investors import known_investors
from market.models import Acquisition, Confidence, Framework, Layer, Series
from market.organization_layers import assigned_frameworks
from projects.localized import localized
from projects.models import Organization
from web.country_names import country_name

CONFIDENCES = [("", _("Any confidence")), *Confidence.choices]


class NamedChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when the program runs
    """A row by its slug, named in the reader's language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(to_field_name="slug", required=False, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return localized(obj, "name", language=get_language())


class YearField(forms.TypedChoiceField):
    """A year in which something happened."""

    def __init__(self) -> None:
        super().__init__(coerce=int, empty_value=None, required=False, label=_("Year"))

    def offer(self, years: list[int]) -> None:
        """Let readers choose among these years."""
        self.choices = [("", _("All years")), *((year, str(year)) for year in years)]


class FundingForm(forms.Form):
    """Which rounds to show, and by which division of the landscape to sum them."""

    year = YearField()
    framework = NamedChoiceField(queryset=Framework.objects.none(), label=_("Divided by"), empty_label=None)
    layer = forms.ChoiceField(required=False, label=_("Layer"))
    series = forms.ChoiceField(choices=[("", _("All series")), *Series.choices], required=False, label=_("Series"))
    country = forms.ChoiceField(required=False, label=_("Country"))
    investor = NamedChoiceField(
        queryset=Organization.objects.none(), label=_("Investor"), empty_label=_("All investors")
    )
    confidence = forms.ChoiceField(choices=CONFIDENCES, required=False, label=_("Confidence"))

    def __init__(self, data: QueryDict) -> None:
        """Offer what the ledger holds; six queries."""
        super().__init__(data)
        self.frameworks = list(assigned_frameworks())
        fields: dict[str, Any] = self.fields
        fields["year"].offer(known_years())
        fields["framework"].queryset = assigned_frameworks()
        self.layers = {
            layer.slug: layer
            for layer in (self.chosen_framework.layers.order_by("position", "pk") if self.chosen_framework else ())
        }
        language = get_language()
        fields["layer"].choices = [
            ("", _("All layers")),
            *((slug, localized(layer, "name", language=language)) for slug, layer in self.layers.items()),
        ]
        if not self.frameworks:
            del fields["framework"], fields["layer"]
        named = sorted((country_name(code), code) for code in known_countries())
        fields["country"].choices = [("", _("All countries")), *((code, name) for name, code in named)]
        fields["investor"].queryset = known_investors()

    @property
    def chosen_framework(self) -> Framework | None:
        """The framework asked for, else the first; None if there is none."""
        asked = self.data.get("framework", "")
        found = (framework for framework in self.frameworks if framework.slug == asked)
        return next(found, self.frameworks[0] if self.frameworks else None)

    @property
    def chosen(self) -> RoundFilter:
        """What narrows the rounds; invalid values narrow nothing."""
        cleaned = self.cleaned_data
        layer: Layer | None = self.layers.get(cleaned.get("layer", ""))
        return RoundFilter(
            year=cleaned.get("year"),
            series=cleaned.get("series", ""),
            country=cleaned.get("country", ""),
            confidence=cleaned.get("confidence", ""),
            investor=cleaned.get("investor"),
            layer=layer,
        )


class ExitsForm(forms.Form):
    """Which exits to show."""

    KINDS = (("", _("All kinds")), *Acquisition.Kind.choices, (LISTING, _("listing")))

    year = YearField()
    kind = forms.ChoiceField(choices=KINDS, required=False, label=_("Kind"))
    acquirer = NamedChoiceField(
        queryset=Organization.objects.none(), label=_("Acquirer"), empty_label=_("All acquirers")
    )
    confidence = forms.ChoiceField(choices=CONFIDENCES, required=False, label=_("Confidence"))

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["year"].offer(known_exit_years())
        fields["acquirer"].queryset = known_acquirers()

    @property
    def chosen(self) -> ExitFilter:
        """What narrows the tape; invalid values narrow nothing."""
        cleaned = self.cleaned_data
        return ExitFilter(
            year=cleaned.get("year"),
            kind=cleaned.get("kind", ""),
            acquirer=cleaned.get("acquirer"),
            confidence=cleaned.get("confidence", ""),
        )
