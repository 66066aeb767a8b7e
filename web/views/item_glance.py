"""An item at a glance: what the map shows of a tile that one points at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from metrics.sparklines import weekly_stars
from metrics.table_figures import figures_day, figures_of_items
from projects.item_state import item_state
from projects.models import Item
from web.caching import catalogue_page
from web.forms.as_of import AsOfForm
from web.sparks import spark_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@catalogue_page
def item_glance(request: HttpRequest, slug: str) -> HttpResponse:
    """Show name, maturity, stars and the weeks that they were gained in, now or as of a day; no page of its own."""
    item = get_object_or_404(Item.objects.for_detail(), slug=slug)
    form = AsOfForm(request.GET, now=timezone.now())
    form.is_valid()
    as_of = form.chosen
    day = figures_day(last=as_of.day)
    weeks = weekly_stars([item.pk], last=as_of.day).get(item.pk)
    context = {
        "item": item,
        "state": item_state(item, as_of),
        "day": day,
        "stars": figures_of_items([item.pk], ["stars"], day=day).get(item.pk, {}).get("stars"),
        "spark": spark_of(weeks) if weeks else None,
    }
    return render(request, "items/_glance.html", context)
