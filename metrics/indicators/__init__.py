"""Indicators: figures of all items at once, for one day."""
