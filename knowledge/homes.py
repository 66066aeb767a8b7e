"""Where a statement of the essay is answered: the page, and what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knowledge.markdown import url_of
from knowledge.models import SearchText
from market.models import Acquisition, Framework, FundingRound, Layer, Listing, ReportedFigure, Valuation
from projects.models import Item, Organization

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django_stubs_ext import StrOrPromise

# Homes that are a whole page, by the name of its address; the essay's own list of references has no other page.
PAGES: Mapping[str, tuple[str, StrOrPromise]] = {
    "catalogue": ("map", _("The landscape")),
    "funding": ("funding", _("Funding")),
    "exits": ("exits", _("Exits")),
    "adoption": ("adoption", _("Adoption")),
    "glossary": ("glossary", _("Glossary")),
    "timeline": ("timeline", _("Timeline")),
    "forecasts": ("forecasts", _("Forecasts")),
    "layers": ("layers", _("Layers")),
    "frameworks": ("layers", _("Layers")),
    "reference": ("essay", _("The essay’s own references")),
    "essay": ("essay", _("Essay")),
}
LEDGER = (FundingRound, Acquisition, Listing, Valuation, ReportedFigure)
# Kinds of home that name a row of the ledger by its id in the essay.
LEDGER_KINDS = frozenset({"funding", "exit", "exits", "acquisition", "valuation", "figure"})


@dataclass(frozen=True, slots=True)
class Home:
    """A page with its title in both languages; ``url`` is "" where there is none."""

    url: str
    title: StrOrPromise
    title_zh: str = ""


def homes_of(paths: Collection[str]) -> dict[str, Home]:
    """Return what each path ("concept:sidecar", "funding:F-01", "catalogue") leads to; at most ten queries."""
    by_kind: dict[str, set[str]] = {}
    for path in paths:
        kind, _colon, slug = path.partition(":")
        by_kind.setdefault(kind, set()).add(slug)
    titles = {
        row[0]: row[1:] for row in SearchText.objects.filter(path__in=paths).values_list("path", "title", "title_zh")
    }
    items = Item.objects.filter(slug__in=by_kind.get("item", ()))
    titles |= {f"item:{slug}": (name, "") for slug, name in items.values_list("slug", "name")}
    organizations = Organization.objects.filter(slug__in=by_kind.get("organization", ()))
    names = organizations.values_list("slug", "name", "name_zh")
    titles |= {f"organization:{slug}": (name, name_zh) for slug, name, name_zh in names}
    titles |= _layers(by_kind.get("layer", ()))
    ledger = _ledger({slug for kind in LEDGER_KINDS for slug in by_kind.get(kind, ()) if slug})
    return {path: _home(path, titles, ledger) for path in paths}


def _home(path: str, titles: Mapping[str, tuple[str, str]], ledger: Mapping[str, Organization]) -> Home:
    kind, _colon, slug = path.partition(":")
    if kind in LEDGER_KINDS and slug in ledger:
        organization = ledger[slug]
        return Home(f"{organization.get_absolute_url()}#money", organization.name, organization.name_zh)
    if path in titles:
        return Home(url_of(path), *titles[path])
    if kind in PAGES:
        page, title = PAGES[kind]
        return Home(reverse(page), title)
    return Home(url_of(path), slug or path)


def _layers(paths: Iterable[str]) -> dict[str, tuple[str, str]]:
    frameworks = Framework.objects.filter(slug__in={path.partition("/")[0] for path in paths})
    found = {f"layer:{row.slug}": (row.name, row.name_zh) for row in frameworks}
    for row in Layer.objects.filter(framework__in=frameworks).select_related("framework"):
        found[f"layer:{row.framework.slug}/{row.slug}"] = (row.name, row.name_zh)
    return found


def _ledger(codes: Collection[str]) -> dict[str, Organization]:
    """Return the organization of each row of the ledger by the row's id in the essay."""
    found: dict[str, Organization] = {}
    for model in LEDGER:
        owner = "target" if model is Acquisition else "organization"
        for row in model._default_manager.filter(essay_id__in=codes).select_related(owner):  # noqa: SLF001  (as above)
            found.setdefault(row.essay_id, getattr(row, owner))
    return found
