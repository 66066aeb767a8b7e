"""Compute the indicators of one day anew."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from metrics.indicators.recompute import recompute


class Command(BaseCommand):
    """``recompute_indicators [DAY]``."""

    help = "Compute the indicators of all items for one day (UTC; today without one); the day's rows are replaced."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("day", nargs="?", help="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.now().date()
        day = _parsed(options["day"]) if options["day"] else today
        if day > today:
            raise CommandError("A day to come has no measurements.")
        counts = recompute(day)
        self.stdout.write(
            f"{day}: {counts.items} items, {counts.values} figures, {counts.refusals} refusals, "
            f"{counts.dropped_days} old days dropped."
        )


def _parsed(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"'{text}' is not a day of the form YYYY-MM-DD.") from error
