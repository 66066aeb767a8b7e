"""The order of names as readers expect it: neither case nor accents count, so that "Ænix" stands near "Aenix"."""

from django.contrib.postgres.lookups import Unaccent
from django.db.models.functions import Lower


def name_order(path: str = "name") -> Lower:
    """Give what orders by a text column."""
    return Lower(Unaccent(path))
