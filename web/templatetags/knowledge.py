"""Texts of the knowledge base, and dates as exactly as they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from knowledge.models import EventPrecision
from metrics.models import SnapshotMethod
from web.sparks import spark_of
from web.templatetags.dates import time_tag
from web.templatetags.numbers import number

if TYPE_CHECKING:
    from datetime import date

    from django.template import Context

    from knowledge.essay import Essay
    from knowledge.page_texts import PageTexts
    from metrics.sparklines import WeeklyStars
    from metrics.stars_by_item import StarCount
    from web.sparks import Spark

register = template.Library()

YEARS_OF_DECADE = 10


@register.simple_tag(takes_context=True)
def prose(context: Context, row: object, name: str) -> SafeString:
    """Render a Markdown column of ``row`` by the page's ``texts``; English stands for a translation that lacks."""
    texts: PageTexts = context["texts"]
    html = texts.prose(row, name)
    if texts.is_missing(row, name):
        note = _("Not yet translated")
        return format_html('<p class="untranslated">{}</p><div lang="en">{}</div>', note, html)
    return html


@register.simple_tag(takes_context=True)
def line(context: Context, row: object, name: str) -> SafeString:
    """Render a sentence of ``row`` by the page's ``texts``; English stands for a translation that lacks."""
    texts: PageTexts = context["texts"]
    html = texts.line(row, name)
    if texts.is_missing(row, name):
        return format_html('<span lang="en" title="{}">{}</span>', _("Not yet translated"), html)
    return html


def event_date_words(day: date, precision: str) -> str:
    """Return "1970s", "2014", "June 2014" or "22 July 2014": never more than is known."""
    if precision == EventPrecision.DECADE:
        return _("%(decade)ss") % {"decade": day.year - day.year % YEARS_OF_DECADE}
    if precision == EventPrecision.YEAR:
        return format_date(day, pgettext("date format", "Y"))
    if precision == EventPrecision.MONTH:
        return format_date(day, pgettext("date format", "F Y"))
    return format_date(day, pgettext("date format", "j F Y"))


@register.filter
def event_date(day: date, precision: str) -> SafeString:
    """Return the date as exactly as it is known, inside ``<time>``; HTML has no decades."""
    words = event_date_words(day, precision)
    if precision == EventPrecision.DECADE:
        return format_html('<span class="when">{}</span>', words)
    machine = day.isoformat()[: {EventPrecision.YEAR: 4, EventPrecision.MONTH: 7}.get(EventPrecision(precision), 10)]
    return format_html('<time datetime="{}">{}</time>', machine, words)


@register.simple_tag
def star_count(count: StarCount | None) -> SafeString:
    """Return the stars, or a dash with the reason."""
    if count is None:
        return format_html(
            '<span class="unknown" title="{0}">–<span class="visually-hidden"> {0}</span></span>', _("never measured")
        )
    return format_html('<data value="{}">{}</data>', count.stars, number(count.stars))


@register.simple_tag
def star_origin(count: StarCount | None) -> SafeString:
    """Return the day of a count and how it is known; "" without one."""
    if count is None:
        return SafeString()
    return format_html('{} <small class="muted">{}</small>', time_tag(count.day), SnapshotMethod(count.method).label)


@register.simple_tag
def status_count(essay: Essay, status: str) -> str:
    """Return how many of all statements have a status."""
    return number(essay.by_status[status])


@register.filter
def drawn(weeks: WeeklyStars) -> Spark:
    """Return the line of the stars that were gained week by week."""
    return spark_of(weeks)
