"""The computed figures of one item."""

from datetime import date

from django.db.models import Max, Subquery

from metrics.models import Indicator, Metric

_PLACES = {metric: place for place, metric in enumerate(Metric.values)}


def item_indicators(item_id: int, *, last: date | None = None) -> list[Indicator]:
    """Return the figures of the newest day (up to ``last``) that has any, refusals included; one query."""
    own = Indicator.objects.of_items([item_id])
    days = own if last is None else own.filter(day__lte=last)
    newest = days.order_by().values("item").annotate(newest=Max("day")).values("newest")
    figures = own.filter(day=Subquery(newest))
    return sorted(figures, key=lambda figure: (_PLACES[figure.metric], figure.window_days))
