"""WHAT IT MEANS: concepts, questions, comparisons, timeline, forecasts."""
