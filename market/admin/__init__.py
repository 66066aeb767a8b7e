"""What analysts curate of the market, a module for each part; each registers its models when it is imported."""

from market.admin import frameworks, funding, judgements, surveys

__all__ = ["frameworks", "funding", "judgements", "surveys"]
