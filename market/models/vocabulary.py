"""The words in which facts about money and adoption say how sure and how exact they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DatePrecision(models.TextChoices):
    """What of a date is known; the rest of it is filled with the first month or day and means nothing."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    YEAR = "year", _("year")


class Qualifier(models.TextChoices):
    """How a stated figure stands to the true one."""

    EXACT = "exact", _("exactly")
    ABOUT = "about", _("about")
    MORE_THAN = "more_than", _("more than")
    LESS_THAN = "less_than", _("less than")


class Confidence(models.TextChoices):
    """How well a fact is founded: somebody stated it, somebody estimated it, or sources contradict it."""

    REPORTED = "reported", _("reported")
    ESTIMATED = "estimated", _("estimated")
    DISPUTED = "disputed", _("disputed")
