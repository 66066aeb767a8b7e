"""WHAT IS MEASURED: repository snapshots over time, pure formulas, computed indicators."""
