"""Dates and instants, UTC, as readers of either language write them."""

from datetime import UTC, date, datetime

from django import template
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

register = template.Library()


def _as_day(value: date | datetime) -> date:
    return value.astimezone(UTC).date() if isinstance(value, datetime) else value


def _unknown() -> SafeString:
    return format_html('<span class="unknown">{}</span>', _("unknown"))


@register.filter
def day(value: date | datetime | None) -> str:
    """Return "25 April 2020" or "2020年4月25日"; "unknown" for None."""
    return _unknown() if value is None else format_date(_as_day(value), pgettext("date format", "j F Y"))


@register.filter
def month(value: date | datetime | None) -> str:
    """Return "April 2020" or "2020年4月"; "unknown" for None."""
    return _unknown() if value is None else format_date(_as_day(value), pgettext("date format", "F Y"))


@register.filter
def instant(value: datetime | None) -> str:
    """Return "25 April 2020, 12:00 UTC"; "unknown" for None."""
    if value is None:
        return _unknown()
    return format_date(value.astimezone(UTC), pgettext("date format", "j F Y, H:i \\U\\T\\C"))


@register.filter
def iso(value: date | datetime | None) -> str:
    """Return "2020-04-25"; "" for None."""
    return "" if value is None else _as_day(value).isoformat()


@register.filter
def time_tag(value: date | datetime | None) -> str:
    """Return the day inside ``<time datetime>``; the instant is its title."""
    if value is None:
        return _unknown()
    if not isinstance(value, datetime):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), day(value))
    exact = value.astimezone(UTC)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', exact.isoformat(timespec="seconds"), instant(exact), day(exact)
    )
