"""The instant a reader asks about, and the landscape version in force at it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from projects.models import ItemPeriod, LandscapeVersion, VersionStatus

if TYPE_CHECKING:
    from projects.querysets.periods import ItemPeriodQuerySet

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
# A day is asked for as soon as it has begun somewhere on earth (UTC+14), so no reader's own "today" is refused.
EARLIEST_ZONE = timedelta(hours=14)


class InvalidAsOfError(ValueError):
    """The text names no instant that can be answered; the message is a sentence for the reader."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """An instant (UTC); ``text`` is what was asked ("" for now), ``is_now`` tells that it is the present."""

    instant: datetime
    text: str
    is_now: bool

    @property
    def day(self) -> date:
        """The UTC day of the instant."""
        return self.instant.date()


def parse_as_of(text: str, *, now: datetime) -> AsOf:
    """Read a day (``2020-04-25``: its end, UTC) or an ISO instant (without zone: UTC); empty text is ``now``.

    What lies after ``now`` but on a day that has begun somewhere is the present.
    Raises InvalidAsOfError for any other text and for the future.
    """
    asked = text.strip()
    if not asked:
        return AsOf(now, "", is_now=True)
    instant = _end_of_day(asked) if DAY.fullmatch(asked) else _instant(asked)
    if instant <= now:
        return AsOf(instant, asked, is_now=False)
    if datetime.combine(instant.date(), time.min, UTC) - EARLIEST_ZONE > now:
        raise InvalidAsOfError(_("%(text)s lies in the future.") % {"text": asked})
    return AsOf(now, asked, is_now=True)


def _end_of_day(text: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(text), time.max, UTC)
    except ValueError as error:
        raise InvalidAsOfError(_("%(text)s is no day of the calendar.") % {"text": text}) from error


def _instant(text: str) -> datetime:
    if not INSTANT.fullmatch(text):
        message = _(
            "Write a day (2020-04-25) or an instant (2020-04-25T12:00Z, 2020-04-25T14:00+02:00; in an address + is %2B)."
        )
        raise InvalidAsOfError(message)
    try:
        instant = datetime.fromisoformat(text)
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidAsOfError(_("%(text)s is no instant of the calendar.") % {"text": text}) from error


def version_at(instant: datetime) -> LandscapeVersion | None:
    """The last readable version in force at an instant; None before the first one."""
    versions = LandscapeVersion.objects.filter(status=VersionStatus.READ, effective_at__lte=instant)
    return versions.order_by("-effective_at", "-position").first()


def periods_at(instant: datetime, *, include_delisted: bool = False) -> ItemPeriodQuerySet:
    """The items of the landscape at an instant, each as its period then.

    With ``include_delisted`` also those that had left by then, each as its last period.
    """
    if not include_delisted:
        return ItemPeriod.objects.as_of(instant)
    begun = ItemPeriod.objects.filter(during__startswith__lte=instant)
    last = begun.order_by("item", "-during").distinct("item")
    return ItemPeriod.objects.filter(pk__in=last.values("pk"))
