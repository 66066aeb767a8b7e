"""What analysts curate of the market, a module for each part; each registers its models when it is imported."""

from market.admin import funding, surveys

__all__ = ["funding", "surveys"]
